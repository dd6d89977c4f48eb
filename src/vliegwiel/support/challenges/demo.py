"""The made-up challenges of the demo, in every state, made by the real actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.people import demo as people
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.challenges.actions.answer_challenge import agree_challenge, refuse_challenge, try_challenge
from vliegwiel.support.challenges.actions.judge_challenge import (
    Judged,
    ask_challengers,
    forward_challenge,
    grounds_for,
    judge_challenge,
    show_challenge,
)
from vliegwiel.support.challenges.actions.keep_rules import Rules, keep_rules
from vliegwiel.support.challenges.actions.talk_about_it import plan_talk, report_talk, weigh_challenge
from vliegwiel.support.challenges.actions.write_challenge import Told, send_challenge, start_challenge
from vliegwiel.support.challenges.models import Challenge, ChallengeRules
from vliegwiel.support.challenges.standing import find
from vliegwiel.support.grants.demo import a_file
from vliegwiel.support.schemes.demo import acting

_BACK = "Stopt de groep? Dan doet de overheid de taak binnen een maand weer zelf."


@dataclass(frozen=True)
class _Made:
    """A challenge of the demo: days ago, who (key of an account), to which authority (role), and what they write; `then` is what
    followed."""

    ago: int
    who: str
    to: str
    title: str
    task: str
    better: str
    behind: str
    people: int
    euros: int | None
    shows_name: bool
    then: Callable[["_Made", str, Actor], None] | None = None


def build(province: str) -> int:
    """Make the rules and challenges that are not there yet; returns how many. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen uitdagingen horen alleen in een voorbeeld.", code="no-demo")
    officers = {role: acting(role, province) for role in ("gemeente", "programma")}
    for role, weeks in (("gemeente", 8), ("programma", 12)):
        if not ChallengeRules.objects.filter(organisation=officers[role].organisation).exists():
            with clock.at(clock.now() - timedelta(days=400)):
                rules = Rules(
                    "Verzonnen participatieverordening",
                    "artikel 7",
                    clock.today(),
                    weeks,
                    later=4,
                    stands_still=True,
                    grounds=tuple(challenges().grounds),
                    least=10,
                )
                keep_rules(actor=officers[role], province=province, rules=rules)
    if not Challenge.objects.filter(province=province).exists():
        for made in _MADE:
            _make(province, made, officers)
    return Challenge.objects.filter(province=province).count()


def _make(province: str, made: _Made, officers: dict[str, Actor]) -> None:
    known = people.person_for(made.who)
    person = known or open_account(
        actor=Actor.system("demo"), email=f"{made.who}@voorbeeld.invalid", called="U. Dager", made_up=True
    )
    actor = Actor("person", person.public_id, origin="demo")
    officer = officers[made.to]
    told = Told(
        officer.organisation,
        made.title,
        made.task,
        made.better,
        made.behind,
        made.people,
        Money.euros(made.euros) if made.euros is not None else None,
        "de begroting die de gemeente zelf noemt" if made.euros is not None else "",
        name=made.behind.split(",")[0],
        shows_name=made.shows_name,
    )
    with clock.at(_at(made, 0)):
        name = start_challenge(actor=actor, province=province, told=told).public_id
        send_challenge(actor=actor, challenge=name)
    if made.then is not None:
        with clock.at(_at(made, 2)):
            show_challenge(actor=officer, challenge=name, shown=True)
        made.then(made, name, officer)


def _at(made: _Made, days: int) -> datetime:
    return clock.now() - timedelta(days=max(made.ago - days, 0))


def _admitted(made: _Made, name: str, officer: Actor) -> None:
    with clock.at(_at(made, 10)):
        judge_challenge(actor=officer, challenge=name, judged={key: Judged(True) for key in grounds_for(find(name))})
        talk = plan_talk(
            actor=officer, challenge=name, kind="gesprek", on=clock.today(), about="Kennismaken en het plan bespreken"
        )
        report_talk(
            actor=officer,
            challenge=name,
            talk=talk.public_id,
            outcome="De groep legde het plan uit. De vakman kijkt mee naar de kosten.",
        )
        weigh_challenge(
            actor=officer, challenge=name, what="gelijk", text="Elke groep kan dit vragen. Wij zetten het in het dorpsblad."
        )


def _weighed(made: _Made, name: str, officer: Actor) -> None:
    _admitted(made, name, officer)
    with clock.at(_at(made, 20)):
        text = "Het bedrag ligt onder de grens. Aanbesteden is niet nodig."
        weigh_challenge(actor=officer, challenge=name, what="aanbesteden", text=text)


def _tried(made: _Made, name: str, officer: Actor) -> None:
    _weighed(made, name, officer)
    with clock.at(_at(made, 40)):
        reasons = "Het plan is goed. Wij proberen eerst een half jaar of het ook in de winter lukt."
        until = clock.today() + timedelta(days=180)
        try_challenge(actor=officer, challenge=name, until=until, reasons=reasons, way_back=_BACK)


def _agreed(made: _Made, name: str, officer: Actor) -> None:
    _tried(made, name, officer)
    with clock.at(_at(made, 230)):
        upload = a_file("Afspraak over het groen")
        reasons = "De proef ging goed: het groen is netter en het kost minder. De groep doet het drie jaar."
        agree_challenge(actor=officer, challenge=name, agreed_on=clock.today(), upload=upload, reasons=reasons, way_back=_BACK)


def _refused(made: _Made, name: str, officer: Actor) -> None:
    _weighed(made, name, officer)
    with clock.at(_at(made, 50)):
        reasons = "De brug draagt ook vrachtwagens. Dat onderhoud vraagt een vakman met een diploma. Schilderen kan de groep wel."
        refuse_challenge(actor=officer, challenge=name, reasons=reasons)


def _inadmissible(made: _Made, name: str, officer: Actor) -> None:
    with clock.at(_at(made, 12)):
        judged = {key: Judged(True) for key in grounds_for(find(name))}
        judged["taak"] = Judged(False, "Het waterschap zorgt voor deze sloot. Wij hielpen de groep daar een afspraak te maken.")
        judge_challenge(actor=officer, challenge=name, judged=judged)


def _asked(made: _Made, name: str, officer: Actor) -> None:
    with clock.at(_at(made, 5)):
        ask_challengers(actor=officer, challenge=name, text="Welke dagen kan de groep rijden, en wie heeft een rijbewijs?")


def _forwarded(made: _Made, name: str, officer: Actor) -> None:
    province = acting("programma", find(name).province)
    with clock.at(_at(made, 4)):
        forward_challenge(actor=officer, challenge=name, organisation=province.organisation, why="Deze weg is van de provincie.")


_MADE = (
    _Made(
        300,
        "u.dager",
        "gemeente",
        "Het groen in onze straat",
        "Maaien, snoeien en schoonhouden van het plantsoen in de Luchtstraat.",
        "Wij zijn er elke dag. Wij zien meteen wat nodig is en planten bloemen voor de bijen.",
        "Buurtvereniging Luchtstraat, met veertig huizen",
        40,
        12_500,
        True,
        _agreed,
    ),
    _Made(
        120,
        "u.dager",
        "gemeente",
        "De brug bij de molen",
        "Schilderen en klein onderhoud van de houten brug.",
        "In ons dorp wonen drie timmerlieden die het gratis doen.",
        "Dorpsbelang Papierdorp, met zestig leden",
        60,
        4_000,
        False,
        _refused,
    ),
    _Made(
        95,
        "u.dager",
        "gemeente",
        "De sloot achter de school",
        "De sloot schoonhouden en de kant maaien.",
        "De school maakt er een les van.",
        "Ouders van de dorpsschool, met vijftien gezinnen",
        30,
        None,
        False,
        _inadmissible,
    ),
    _Made(
        70,
        people.RESIDENT,
        "gemeente",
        "Samen de sporthal open houden",
        "Het beheer van de sporthal in de avond en in het weekend.",
        "Met vrijwilligers kan de hal zeven dagen open. Nu is dat vier dagen.",
        "Vrienden van de sporthal, met vier clubs",
        120,
        38_000,
        True,
        _tried,
    ),
    _Made(
        30,
        "u.dager",
        "gemeente",
        "De buurtbus op zaterdag",
        "De bus naar het ziekenhuis laten rijden op zaterdag.",
        "Wij hebben twaalf mensen die willen rijden.",
        "Belbus Nergens, met twaalf mensen",
        12,
        None,
        False,
        _asked,
    ),
    _Made(
        18,
        "u.dager",
        "gemeente",
        "De bomen langs de Fabelweg",
        "Water geven en snoeien van de jonge bomen langs de weg.",
        "Er gaan elk jaar bomen dood in de zomer. Wij wonen ernaast.",
        "Bewoners van de Fabelweg, met twintig huizen",
        20,
        2_000,
        False,
        _forwarded,
    ),
    _Made(
        14,
        "u.dager",
        "gemeente",
        "Het buurthuis zelf beheren",
        "De sleutels, de agenda en het schoonmaken van het buurthuis.",
        "Dan kan het ook open in het weekend.",
        "Stichting Ons Buurthuis, met acht mensen in het bestuur",
        80,
        21_000,
        True,
        _admitted,
    ),
    _Made(
        2,
        people.RESIDENT,
        "gemeente",
        "De speelplek van onze straat",
        "Controle en klein onderhoud van de speelplek.",
        "Onze kinderen spelen er elke dag.",
        "De straat, met vijfentwintig gezinnen",
        25,
        None,
        False,
    ),
)
