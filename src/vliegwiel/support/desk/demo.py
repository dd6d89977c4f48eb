"""The made-up desk of the demo: four organisations that cannot exist, questions and cases in every state, made by the real actions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle

from django.conf import settings

from vliegwiel.foundation.people import demo as people
from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.actions.give_role import give_role
from vliegwiel.foundation.people.models import Organisation, Role
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.consents.actions.answer_consent import answer_consent
from vliegwiel.support.desk import consent, links
from vliegwiel.support.desk.actions.answer_enquiry import add_note, answer_enquiry, ask_back, close_enquiry
from vliegwiel.support.desk.actions.ask_expert import ask_expert
from vliegwiel.support.desk.actions.ask_question import Asked, ask_question, enter_question
from vliegwiel.support.desk.actions.follow_enquiry import write_message
from vliegwiel.support.desk.actions.give_advice import Given, answer_advice, give_advice, move_advice
from vliegwiel.support.desk.actions.keep_routing import Rule, keep_desk_contact, write_route
from vliegwiel.support.desk.actions.look_back import Told, rate_support, tell_how_it_goes
from vliegwiel.support.desk.actions.note_hours import agree_year_hours, note_hours
from vliegwiel.support.desk.actions.open_case import close_case, open_case, pause_case, set_goals, start_case
from vliegwiel.support.desk.actions.share_file import share_file
from vliegwiel.support.desk.models import Advice, CaseGoal, Enquiry, Route
from vliegwiel.support.desk.standing import case_of, find
from vliegwiel.support.experts.public import Wish
from vliegwiel.support.schemes.demo import acting
from vliegwiel.support.schemes.public import offers

_SINCE = timedelta(days=500)
_VISITOR = Actor("visitor", origin="demo")
#: The alliance: name, the address of its adviser, how the adviser is called, what the organisation serves.
_ALLIANCE = (
    ("Steunpunt Denkbeeldig", "adviseur", "Verzonnen adviseur", ("samenleven", "voorzieningen")),
    ("Dorpenbond Nergens", "dorpenbond", "Verzonnen adviseur van de Dorpenbond", ("omgeving", "wonen", "energie", "onderweg")),
    ("Zorgkring Zogenaamd", "zorgkring", "Verzonnen adviseur van de Zorgkring", ("gezondheid", "werk-inkomen")),
    ("Jongerenhuis Misschien", "jongerenhuis", "Verzonnen adviseur van het Jongerenhuis", ()),
)


@dataclass(frozen=True)
class _Told:
    """A question of the demo: how many days ago, by whom (a name that cannot exist), what, about which theme and kind of help, in which
    municipality (its place in the list), and what happened then."""

    ago: int
    name: str
    text: str
    theme: str
    kind: str
    place: int
    then: Callable[["_Told", Enquiry, Actor], None] | None = None


def build(province: str) -> int:
    """Make the organisations, rules and questions that are not there yet; returns how many questions there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen vragen horen alleen in een voorbeeld.", code="no-demo")
    advisers = _alliance(province)
    if not Route.objects.filter(province=province).exists():
        for (_name, _key, _called, themes), adviser in zip(_ALLIANCE, advisers, strict=True):
            rule = Rule(adviser=adviser.id, themes=themes, most=40) if themes else Rule()
            write_route(actor=adviser, province=province, organisation=adviser.organisation, rule=rule)
            keep_desk_contact(
                actor=adviser,
                province=province,
                organisation=adviser.organisation,
                phone="000 000 00 00",
                hours="op werkdagen van 9.00 tot 12.00 uur",
                address=f"{_name}, Bedachte Brink 1, Nergensdam",
            )
        year = clock.today().year
        for adviser, hours in zip(advisers, (1_600, 1_200, 900, 600), strict=True):
            for one in (year - 1, year):
                agree_year_hours(
                    actor=acting("programma", province),
                    province=province,
                    organisation=adviser.organisation,
                    year=one,
                    hours=hours,
                )
    if not Enquiry.objects.filter(province=province).exists():
        places = [code for code, _name in municipalities_of(province)]
        for told in _TOLD:
            _make(province, told, places, {adviser.id: adviser for adviser in advisers})
    return Enquiry.objects.filter(province=province).count()


def asker_of_experts(province: str) -> Callable[[Wish], str | None]:
    """Ask for an expert at the next made-up case that runs, by its adviser; None when there is none."""
    running = Enquiry.objects.filter(province=province, case__state="active").order_by("received_on", "pk")
    turn = cycle(running)

    def ask(wish: Wish) -> str | None:
        found = next(turn, None)
        if found is None:
            return None
        adviser = Actor("person", found.adviser, found.organisation, origin="demo", province=province)
        waits = Advice.objects.filter(case__enquiry=found, expert_request="").order_by("pk").first()
        return ask_expert(actor=adviser, enquiry=found.public_id, wish=wish, advice=waits.public_id if waits else "")

    return ask


def _alliance(province: str) -> list[Actor]:
    system = Actor.system("demo")
    found = []
    with clock.at(clock.now() - _SINCE):
        for name, key, called, _themes in _ALLIANCE:
            there = Organisation.objects.filter(name=name, province=province).first()
            at = there or add_organisation(actor=system, name=name, kind="steunorganisatie", province=province, made_up=True)
            role = Role.objects.filter(organisation=at, kind="adviseur", until=None).select_related("person").first()
            if role is None:
                role = give_role(
                    actor=system,
                    email=f"{key}@voorbeeld.invalid",
                    organisation=at.public_id,
                    kind="adviseur",
                    province=province,
                    called=called,
                    made_up=True,
                )
            found.append(Actor("person", role.person.public_id, at.public_id, origin="demo", province=province))
    return found


def _make(province: str, told: _Told, places: list[str], advisers: dict[str, Actor]) -> None:
    """Asked so many days ago, at nine in the morning or a bit later; what followed comes at moments that fit."""
    place = places[told.place % len(places)] if places and told.place >= 0 else ""
    asked = Asked(told.text, told.kind, told.theme, place, name=told.name, form=f"verzonnen-{told.ago}-{told.theme}")
    first = next(iter(advisers.values()))
    with clock.at(clock.now() - timedelta(days=told.ago)):
        if told.name == people.RESIDENT:
            person = people.person_for(people.RESIDENT)
            asker = Actor("person", person.public_id, origin="demo") if person else _VISITOR
            found = ask_question(actor=asker, province=province, asked=_with(asked, name="V. Zonnen"))
        elif told.ago % 5 == 0:
            by_phone = _with(asked, phone="0900 000000")
            found = enter_question(actor=first, province=province, asked=by_phone, channel="phone")
        else:
            address = f"{told.name.split()[-1].lower()}@voorbeeld.invalid"
            found = ask_question(actor=_VISITOR, province=province, asked=_with(asked, email=address))
    if told.then is not None:
        told.then(told, found, advisers.get(found.adviser, first))


def _with(asked: Asked, **more: str) -> Asked:
    return replace(asked, **more)


def _at(told: _Told, days: int) -> datetime:
    """So many days after it was asked, never later than now."""
    return clock.now() - timedelta(days=max(told.ago - days, 0))


def _answered(told: _Told, found: Enquiry, adviser: Actor) -> None:
    with clock.at(_at(told, 2)):
        text = "Ja, dat kan. Voor een feest hebt u een melding nodig bij de gemeente. Het formulier staat op haar website."
        answer_enquiry(actor=adviser, enquiry=found.public_id, text=text)


def _answered_late(told: _Told, found: Enquiry, adviser: Actor) -> None:
    with clock.at(_at(told, 12)):
        text = "Excuses, dit duurde te lang. Wij zochten uit wie de grond heeft: dat is de gemeente. Zij praat graag met u."
        answer_enquiry(actor=adviser, enquiry=found.public_id, text=text)


def _waiting(told: _Told, found: Enquiry, adviser: Actor) -> None:
    with clock.at(_at(told, 1)):
        ask_back(actor=adviser, enquiry=found.public_id, text="Leuk plan. Met hoeveel mensen bent u, en hebt u al een plek?")


def _asked_on(told: _Told, found: Enquiry, adviser: Actor) -> None:
    with clock.at(_at(told, 1)):
        answer_enquiry(
            actor=adviser, enquiry=found.public_id, text="Begin met een avond voor de buurt. Wij hebben een draaiboek."
        )
    with clock.at(_at(told, 3)):
        link = links.token_of(found)
        write_message(actor=_VISITOR, enquiry=found.public_id, text="Dank! Kunt u dat draaiboek sturen?", link=link)


def _closed(told: _Told, found: Enquiry, adviser: Actor) -> None:
    with clock.at(_at(told, 3)):
        text = "U hebt wat u nodig hebt. Wij ronden de vraag af. Veel plezier met het plein."
        close_enquiry(actor=adviser, enquiry=found.public_id, text=text)


def _opened(told: _Told, found: Enquiry, adviser: Actor) -> None:
    with clock.at(_at(told, 2)):
        open_case(
            actor=adviser,
            enquiry=found.public_id,
            title=_TITLES[told.ago],
            summary="Bewoners willen dit samen opzetten. Zij vragen hulp bij een plan en bij geld.",
            goals=["Een plan waar de buurt achter staat", "Genoeg mensen die meedoen"],
            expected_until=clock.today() + timedelta(days=200),
            missing="Voor de vaste bezoekers. Nieuwe bewoners missen we nog.",
            carried="Vier mensen. Een van hen regelt bijna alles.",
        )
        add_note(actor=adviser, enquiry=found.public_id, text="Belt het liefst na vijf uur.")


def _active(told: _Told, found: Enquiry, adviser: Actor) -> None:
    _opened(told, found, adviser)
    first, reason, needed = _ADVISED[told.ago]
    with clock.at(_at(told, 6)):
        _agreed(found)
        advice = give_advice(
            actor=adviser,
            enquiry=found.public_id,
            given=Given(f"Praat eerst met {first}", reason, clock.today() + timedelta(days=14)),
        )
        money = next((offer.call for offer in offers(found.province, theme=found.theme) if offer.is_open), "")
        give_advice(
            actor=adviser,
            enquiry=found.public_id,
            given=Given(f"Vraag geld voor {needed}", "Doe eerst de check. Dat kost twee minuten.", call=money),
        )
        note_hours(actor=adviser, enquiry=found.public_id, minutes=90, on=clock.today(), what="Gesprek in het dorp")
    with clock.at(_at(told, 9)):
        move_advice(
            actor=adviser,
            enquiry=found.public_id,
            advice=advice.public_id,
            state="accepted",
            follow_up_on=clock.today() + timedelta(days=5),
        )


def _active_shared(told: _Told, found: Enquiry, adviser: Actor) -> None:
    _active(told, found, adviser)
    with clock.at(_at(told, 10)):
        municipality = acting("gemeente", found.province)
        share_file(
            actor=adviser,
            enquiry=found.public_id,
            organisation=municipality.organisation,
            role="observer",
            why="Praat mee over de vergunning.",
        )
        advice = Advice.objects.filter(case__enquiry=found).order_by("pk")[0]
        link = links.token_of(found)
        answer_advice(
            actor=_VISITOR,
            enquiry=found.public_id,
            advice=advice.public_id,
            state="blocked",
            answer="Het waterschap reageert niet.",
            link=link,
        )


def _paused(told: _Told, found: Enquiry, adviser: Actor) -> None:
    _active(told, found, adviser)
    with clock.at(_at(told, 12)):
        until = clock.today() + timedelta(days=120)
        pause_case(actor=adviser, enquiry=found.public_id, until=until, reason="Wacht tot de verbouwing van de kerk klaar is.")


def _ended(told: _Told, found: Enquiry, adviser: Actor) -> None:
    _active(told, found, adviser)
    with clock.at(_at(told, 60)):
        reached = [goal.pk for goal in CaseGoal.objects.filter(case__enquiry=found)]
        set_goals(actor=adviser, enquiry=found.public_id, reached=reached)
        note_hours(actor=adviser, enquiry=found.public_id, minutes=480, on=clock.today(), what="Plan en begroting samen gemaakt")
        text = "De eettafel draait elke week, met dertig bezoekers. Het dorpshuis doet mee."
        close_case(actor=adviser, enquiry=found.public_id, outcome="running", text=text)
    link = links.token_of(found)
    with clock.at(_at(told, 63)):
        rate_support(
            actor=_VISITOR,
            enquiry=found.public_id,
            helped="yes",
            on_time="partly",
            recommend="yes",
            text="Fijne hulp.",
            link=link,
        )
    with clock.at(_at(told, 250)):
        told_now = Told("Voor de oudere bewoners. Jongeren komen nog weinig.", "Zes mensen, en iedereen kan stoppen.", "running")
        tell_how_it_goes(actor=_VISITOR, enquiry=found.public_id, months=6, told=told_now, link=link)


def _agreed(found: Enquiry) -> None:
    """The municipality agrees, and the work begins."""
    case = case_of(find(found.public_id))
    if case is None:
        return
    case.enquiry = find(found.public_id)
    for asked in consent.asked(case):
        answer_consent(actor=acting("gemeente", found.province), consent=asked.id, kind="stemt-in")
        start_case(actor=Actor.system("demo"), enquiry=found.public_id)


_TITLES = {
    16: "Eettafel in het dorpshuis",
    23: "Buurttuin aan de sloot",
    31: "Dorpswinkel met vrijwilligers",
    44: "Wandelclub voor jong en oud",
    62: "Muziekles in de kerk",
    318: "Samen eten op woensdag",
}
#: With whom to talk first and why, and what money is for.
_ADVISED = {
    23: ("het waterschap", "De grond naast de sloot is van hen.", "de tuin"),
    31: ("de eigenaar van de oude winkel", "Het pand staat leeg. Hij wil het verhuren.", "de koeling"),
    44: ("de huisarts", "Zij weet wie graag mee wil lopen.", "de paaltjes langs de route"),
    62: ("het bestuur van de kerk", "Zij zoeken een doel voor de zaal op woensdag.", "de instrumenten"),
    318: ("het bestuur van het dorpshuis", "Zij hebben een keuken die op woensdag leeg staat.", "de keuken"),
}
_TOLD = (
    _Told(318, "A. Fabel", "Wij willen elke week samen eten in het dorpshuis.", "samenleven", "begeleiding", 0, _ended),
    _Told(62, "B. Sprook", "Kinderen krijgen hier geen muziekles meer. Wij willen dat in de kerk doen.", "samenleven", "geld", 1, _paused),
    _Told(44, "C. Alsof", "Wij zoeken mensen voor een wandelclub.", "gezondheid", "mensen", 2, _active),
    _Told(31, people.RESIDENT, "Wij willen een dorpswinkel met vrijwilligers en zoeken geld.", "voorzieningen", "geld", 0, _active),
    _Told(23, "D. Zogenaamd", "Naast de sloot ligt een stuk grond. Daar willen wij een buurttuin.", "omgeving", "plek", 3, _active_shared),
    _Told(21, "E. Stelvoor", "Van wie is de grond achter de school?", "omgeving", "plek", 4, _answered_late),
    _Told(18, "F. Bedacht", "Wij geven een buurtfeest op het plein. Mag dat zomaar?", "samenleven", "regels", 5, _answered),
    _Told(17, "G. Droom", "Wie helpt ons met bankjes op het plein?", "omgeving", "plek", 6, _closed),
    _Told(16, "H. Nergens", "Wij willen koken voor wie alleen is.", "samenleven", "geld", 0, _opened),
    _Told(12, "I. Ooit", "De bus rijdt niet meer. Kunnen wij zelf een belbus beginnen?", "onderweg", "begeleiding", 1),
    _Told(8, "J. Misschien", "Wij willen een repaircafé. Hoe beginnen we?", "werk-inkomen", "begeleiding", 2, _asked_on),
    _Told(6, "K. Denkbeeld", "Wij zoeken een zaal voor toneel.", "samenleven", "plek", 3, _waiting),
    _Told(5, "L. Luchtkasteel", "Een mevrouw belt: haar straat wil een moestuin.", "omgeving", "begeleiding", 4),
    _Told(3, "M. Papier", "Hello, we live in the village and would like a language café for our neighbours.", "werk-inkomen", "mensen", 5),
    _Told(2, "N. Schijn", "Mijn buurman heeft dementie. Ik wil iets doen voor mensen zoals hij.", "gezondheid", "begeleiding", 6),
    _Told(1, "O. Proef", "Wij willen zonnepanelen op het dak van de gymzaal.", "energie", "geld", -1),
    _Told(0, "P. Nietbestaan", "Wij willen een speelplek maken met de hele straat.", "voorzieningen", "geld", 0),
)  # fmt: skip
