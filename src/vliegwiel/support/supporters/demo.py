"""Village supporters who do not exist, what was asked of made-up authorities, and what was said of them; by the real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from vliegwiel.foundation.people.demo import person_for
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.areas.public import home_of, municipalities_of
from vliegwiel.support.initiatives.demo import makers_of
from vliegwiel.support.initiatives.public import Written, made_by
from vliegwiel.support.supporters.actions.answer_asked import answer_backing, answer_room, promise_backing
from vliegwiel.support.supporters.actions.ask_authority import BackingWish, RoomWish, ask_backing, ask_room
from vliegwiel.support.supporters.actions.ask_network import answer_network, ask_network
from vliegwiel.support.supporters.actions.keep_supporter import Profile, confirm_supporter, keep_supporter
from vliegwiel.support.supporters.actions.rate_authority import close_ratings, rate_authority, rated_by
from vliegwiel.support.supporters.actions.write_to_supporter import write_to_supporter
from vliegwiel.support.supporters.models import Supporter
from vliegwiel.support.supporters.rules import Answers, last_day, period_of

_SEED, _MAKERS = 20260402, 12


def build(province: str) -> int:
    """Make supporters, questions and ratings that are not there yet; returns how many supporters there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen dorpsondersteuners horen alleen in een voorbeeld.", code="no-demo")
    makers = makers_of(province, 3 * _MAKERS)
    places = [code for code, _name in municipalities_of(province) if home_of(code, province)]
    if Supporter.objects.filter(province=province).exists() or len(makers) < _MAKERS or not places:
        return Supporter.objects.filter(province=province).count()
    with clock.at(clock.now() - timedelta(days=200)):
        people = _supporters(province, makers, places)
    _network(province, people)
    _asked(province, makers, people)
    _rated(province, makers)
    return Supporter.objects.filter(province=province).count()


def _supporters(province: str, makers: Sequence[Actor], places: Sequence[str]) -> list[Actor]:
    """Three who are found, and one whom nobody confirmed yet."""
    adviser, own = _acting("adviseur", province), _acting("dorpsondersteuner", province)
    told = (
        Profile(
            "Fabel",
            "Ik drink koffie bij wie dat wil, en weet wie waarmee helpt.",
            "Elke woensdagochtend in De Fabelhof.",
            villages=[_village(makers[0], province) or places[0]],
            knows=["samenleven", "gezondheid"],
            knows_about="Eettafels, en praten met de huisarts.",
            shown=True,
        ),
        Profile(
            "Sprook",
            "Ik help jongeren om zelf iets te bouwen.",
            villages=[places[1 % len(places)]],
            knows=["wonen", "voorzieningen"],
            knows_about="Een gebouw overnemen van de gemeente.",
            shown=True,
        ),
        Profile("", "Ik breng buren bij elkaar.", villages=[places[2 % len(places)]], knows=["omgeving"], shown=True),
        Profile("Ooit", "Ik ben er voor nieuwe bewoners.", villages=[places[3 % len(places)]], shown=True),
    )
    people = [own or makers[4], *makers[5:8]]
    for number, (actor, profile) in enumerate(zip(people, told, strict=True)):
        found = keep_supporter(actor=actor, province=province, profile=profile, made_up=True)
        if adviser is not None and number < len(people) - 1:
            confirm_supporter(actor=adviser, supporter=found.public_id)
    first = Supporter.objects.get(person=people[0].id, province=province)
    text = "Mijn vader komt niet meer buiten. Kunt u eens langs gaan?"
    write_to_supporter(actor=makers[3], supporter=first.public_id, written=Written(text, called="Een dochter"))
    return people[:-1]


def _network(province: str, people: Sequence[Actor]) -> None:
    with clock.at(clock.now() - timedelta(days=20)):
        text = "De zaal is te duur geworden. Wat deden jullie?"
        asked = ask_network(actor=people[0], province=province, title="Wie kreeg de huur van een zaal omlaag?", text=text)
    with clock.at(clock.now() - timedelta(days=18)):
        answer = "Wij spraken af dat we zelf schoonmaken. Dat scheelde de helft."
        answer_network(actor=people[1], question=asked.public_id, text=answer)
    with clock.at(clock.now() - timedelta(days=4)):
        title = "Hoe vraag je een arts om door te sturen naar het dorp?"
        ask_network(actor=people[1], province=province, title=title, theme="gezondheid")


def _asked(province: str, makers: Sequence[Actor], people: Sequence[Actor]) -> None:
    """Backing that was given in time, too late, and waits; room that was given, partly, not, and waits."""
    resident = _acting("inwoner", province, resident=True) or makers[0]
    officer, municipal = _acting("programma", province), _acting("gemeente", province)
    town = _town(province)
    backing = (
        (60, resident, province, officer, "Mag de eettafel ook door in de zomer?", 10, 8),
        (50, people[0], town, municipal, "Wie betaalt de verzekering van onze vrijwilligers?", 7, 15),
        (30, makers[1], town, municipal, "Mogen wij het plein gebruiken op woensdag?", 12, 6),
        (6, resident, town, municipal, "Houdt de gemeente zich aan de afspraak over de sleutel?", 14, None),
        (3, people[1], province, officer, "Mag een fonds bij ons meetellen als eigen geld?", None, None),
    )
    for ago, actor, key, by, subject, days, answered in backing:
        moment = clock.now() - timedelta(days=ago)
        with clock.at(moment):
            text = "Wij willen verder, en wachten hierop. Een kort antwoord is genoeg."
            found = ask_backing(actor=actor, province=province, wish=BackingWish(key, subject, text), made_up=True)
            if by is not None and days is not None:
                promise_backing(actor=by, request=found.public_id, on=clock.today() + timedelta(days=days))
        if by is not None and answered is not None:
            with clock.at(moment + timedelta(days=answered)):
                answer_backing(
                    actor=by, request=found.public_id, text="Ja. Wij staan hierachter. Bel gerust als iemand het anders zegt."
                )
    rooms = (
        (
            90,
            town,
            municipal,
            "Koken voor dertig mensen zonder keukenpapieren",
            "Voor elke maaltijd is een certificaat nodig.",
            "given",
        ),
        (70, province, officer, "Eén verslag voor drie subsidies", "Elke regeling vraagt een eigen verslag.", "partly"),
        (40, town, municipal, "Bankjes op het plein", "Op het plein mag niets vast staan, voor de hulpdiensten.", "refused"),
        (9, town, municipal, "Een buurtbus zonder vaste halte", "Een bus mag alleen stoppen bij een halte.", ""),
    )
    reasons = {
        "given": "Een keer per week mag het zonder. U hebt iemand die weet hoe je veilig kookt.",
        "partly": "Onder 5.000 euro is één verslag genoeg. Daarboven vraagt de wet meer.",
        "refused": "De brandweer moet erdoor kunnen. Naast het plein is er wel plek. Daar helpen wij u bij.",
    }
    for ago, key, by, title, rule, outcome in rooms:
        moment = clock.now() - timedelta(days=ago)
        with clock.at(moment):
            wish = RoomWish(key, title, rule, "Mag het een jaar anders? Dan kijken we samen hoe het gaat.", "Dorpsbelang Bedacht")
            asked = ask_room(actor=resident, province=province, wish=wish, made_up=True)
        if outcome and by is not None:
            with clock.at(moment + timedelta(days=21)):
                answer_room(actor=by, request=asked.public_id, outcome=outcome, reason=reasons[outcome])


def _rated(province: str, makers: Sequence[Actor]) -> None:
    """Everyone who makes something rated the province last half-year; too few rated each municipality."""
    chance = Random(_SEED)  # noqa: S311 - the same made-up world each time
    now = clock.now()
    before = last_day(period_of((now - timedelta(days=183)).date()))
    with clock.at(datetime(before.year, before.month, before.day, 12, tzinfo=clock.AMSTERDAM)):
        for maker in makers:
            for one in rated_by(maker, province):
                said = Answers(*(chance.choice(["yes", "yes", "partly", "no"]) for _each in range(3)))
                rate_authority(actor=maker, province=province, authority=one.key, answers=said)
    close_ratings(actor=Actor.system("demo"), province=province)


def _village(maker: Actor, province: str) -> str:
    """Where a maker has an initiative: its municipality."""
    made = made_by(maker.id, province)
    return made[0].municipality if made else ""


def _town(province: str) -> str:
    """The municipality that the made-up colleague of a municipality can answer for: the first."""
    return next((code for code, _name in municipalities_of(province) if home_of(code, province)), "")


def _acting(key: str, province: str, *, resident: bool = False) -> Actor | None:
    """The made-up person with this key, for their organisation when they have a role."""
    person = person_for(key)
    if person is None:
        return None
    role = None if resident else person.roles.filter(kind=key, province=province).select_related("organisation").first()
    if role is None:
        return Actor("person", person.public_id, origin="demo") if resident else None
    return Actor("person", person.public_id, role.organisation.public_id, origin="demo", province=province)
