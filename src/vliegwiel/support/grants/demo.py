"""The made-up applications of the demo, in every state in which officers meet them, made by the real actions at moments that fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from vliegwiel.foundation.notices.public import choose_channels
from vliegwiel.foundation.people import demo as people
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.consents.actions.answer_consent import answer_consent
from vliegwiel.support.consents.public import consents_of
from vliegwiel.support.grants.actions.advise_application import advise_application
from vliegwiel.support.grants.actions.ask_completion import ask_completion
from vliegwiel.support.grants.actions.assess_state_aid import assess_state_aid
from vliegwiel.support.grants.actions.assign_application import assign_application, declare_free
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.confirm_complete import confirm_complete
from vliegwiel.support.grants.actions.divide_call import divide_call, publish_seed, trial_hash
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.score_application import Points, score_application, start_assessment
from vliegwiel.support.grants.actions.sign_application import sign_application
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.actions.start_application import start_application
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.completion import Item
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.duties import usual
from vliegwiel.support.grants.form import PLAN, WHO
from vliegwiel.support.grants.made_up import answer_everything, fill_in_block, fill_in_costs
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.ranking import entrants_of
from vliegwiel.support.grants.readiness import documents_of
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tasks import issue_receipt
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.demo import acting, catch_up
from vliegwiel.support.schemes.public import CallFacts, call_of, calls_in
from vliegwiel.support.state_aid.public import Answered

#: How far an application of the demo came; each includes those before it that its scheme asks.
RECEIVED, INCOMPLETE, COMPLETE, SCORED, ADVISED, PROPOSED, DECIDED = range(7)
_COMMITTEE = ("adviescommissie", "tweede-adviescommissie")
_SMALL, _TENDER, _DESK = "Kleine plannen voor dorp en wijk", "Zorg en voorzieningen dichtbij", "Loket voor leefbaarheid"
_EARLIER, _LOTTERY = "Geld voor plannen in de buurt", "Geld voor uw straat"
_OF_THE_RESIDENT = "Stichting Buurtfeest Verzonnen"
_GOOD = {
    "aantal_inwoners": 12,
    "plaats_in_provincie": True,
    "aanvrager": "stichting",
    "al_begonnen": False,
    "draagvlak": True,
    "gewone_kosten": False,
    "schulden": False,
    "doel": ["versterken"],
    "gemeente_doet_mee": True,
    "eigen_geld": 900_000_00,
    "soort_plan": "project",
}
_STATE_AID = {
    "economic": Answered(False, "Vrijwilligers doen het werk, zonder winst."),
    "advantage": Answered(True, "Het geld is een gift."),
    "selective": Answered(True, "Alleen wie aanvraagt krijgt het."),
    "trade": Answered(False, "Alleen het dorp zelf komt er."),
}


@dataclass(frozen=True)
class _Plan:
    """An application of the demo: its scheme, title and applicant (a role, or a made-up name), how many days ago it came, the amount in
    euros, how far it is, and the points of each member of the committee in tenths. `lasts`: days from the decision to the end of the
    activity; `refused`: the ground on which nothing was given."""

    scheme: str
    title: str
    name: str
    ago: int
    euros: int
    stage: int
    points: tuple[int, ...] = ()
    aid: str = "no_aid"
    lasts: int = 0
    refused: str = ""


_PLANS = (
    _Plan(_SMALL, "Een moestuin bij de school", "Stichting Groen Denkbeeldig", 2, 11_000, RECEIVED),
    _Plan(_SMALL, "Een podium in het park", "Stichting Parkmuziek Verzonnen", 6, 17_500, RECEIVED),
    _Plan(_SMALL, "Fietsles voor nieuwe buren", "Vereniging Trappers Nergens", 12, 10_500, INCOMPLETE),
    _Plan(_SMALL, "Een keuken voor het buurthuis", "Stichting Buurthuis Luchtig", 14, 22_000, COMPLETE),
    _Plan(_SMALL, "Samen eten op donderdag", "Vereniging Aanschuiven Misschien", 16, 12_500, SCORED, (70,)),
    _Plan(_SMALL, "Een klusschuur voor iedereen", "Stichting De Verzonnen Hamer", 17, 18_000, ADVISED, (80, 70)),
    _Plan(_SMALL, "Een ommetje langs de wolken", "Vereniging Wandelaars Zogenaamd", 18, 14_000, PROPOSED, (90, 80)),
    _Plan(_TENDER, "Een huisarts aan huis", "Stichting Zorg Uit De Lucht", 20, 60_000, SCORED, (80, 75)),
    _Plan(_TENDER, "De winkel blijft open", "Coöperatie Dorpswinkel Fictie", 18, 45_000, SCORED, (65, 70)),
    _Plan(_TENDER, "Een steunpunt in de oude school", "Stichting Denkbeeldig Thuis", 9, 80_000, COMPLETE),
    _Plan(_DESK, "Een buurtfeest met iedereen", people.RESIDENT, 26, 6_500, DECIDED),
    _Plan(_DESK, "Een winkel met gemaakte spullen", "Coöperatie Heel Verzonnen", 20, 6_400, DECIDED, aid="de_minimis"),
    _Plan(_EARLIER, "Een speelplek bij het water", people.RESIDENT, 200, 8_000, DECIDED, lasts=240),
    _Plan(_EARLIER, "Muziekles in de oude kerk", "Stichting Klank Uit Niets", 215, 7_500, DECIDED, lasts=150),
    _Plan(_EARLIER, "Een bakfiets voor de buurt", "Vereniging Rijdend Verzonnen", 220, 6_000, DECIDED, lasts=100),
    _Plan(_EARLIER, "Een tentoonstelling over het dorp", "Stichting Dorpsverhaal Fabel", 225, 9_000, DECIDED, lasts=90),
    _Plan(_EARLIER, "Een tuin op het dak", "Stichting Luchtgroen", 210, 7_000, DECIDED, refused="al-begonnen"),
    _Plan(_DESK, "Een avond met verhalen", "Vereniging Er Was Eens Nergens", 60, 5_500, DECIDED, refused="al-begonnen"),
    _Plan(_DESK, "Een bank bij de brug", "Vereniging Zitten Zogenaamd", 60, 5_400, DECIDED, refused="al-begonnen"),
    _Plan(_DESK, "Een schommel voor groot en klein", "Stichting Hoog En Laag Verzonnen", 62, 5_800, COMPLETE),
    _Plan(_DESK, "Een ruilkast bij de bushalte", "Stichting Geven Zonder Bestaan", 30, 5_200, DECIDED, refused="al-begonnen"),
    _Plan(_LOTTERY, "Stoelen voor de hele straat", "Vereniging Samen Buiten Nergens", 35, 5_800, COMPLETE),
    _Plan(_LOTTERY, "Een plantenbak op elke hoek", "Stichting Groene Hoek Fictie", 30, 5_600, COMPLETE),
    _Plan(_LOTTERY, "Een tent tegen de regen", "Vereniging Droog Verzonnen", 25, 6_000, COMPLETE),
)


def build(province: str) -> int:
    """Make the applications that are not there yet; returns how many there are. Only in the demo."""
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Verzonnen aanvragen horen alleen in een voorbeeld.", code="no-demo")
    calls = {call.scheme_title: call for call in calls_in(province)}
    for plan in _PLANS:
        if plan.scheme in calls and not Application.objects.filter(province=province, title=plan.title).exists():
            _make(province, plan, calls[plan.scheme])
    catch_up()
    if _LOTTERY in calls:
        _draw(province, calls[_LOTTERY].id)
    return Application.objects.filter(province=province).count()


def _draw(province: str, name: str) -> None:
    """The closed lottery (public id of the call) drawn on the day after, once; an officer can decide from there."""
    call = call_of(name)
    if newest_division(name) is not None or call.state != "closed":
        return
    with clock.at(call.closes_at + timedelta(days=1)):
        officer = acting("programma", province)
        publish_seed(actor=officer, call=name)
        divide_call(actor=officer, call=name, seen=trial_hash(call, entrants_of(call)))


def application_of(province: str, title: str) -> str:
    """The public id of the application of the demo with this title; empty when it was not made."""
    found = Application.objects.filter(province=province, title=title, made_up=True).values_list("public_id", flat=True)
    return next(iter(found), "")


def _make(province: str, plan: _Plan, call: CallFacts) -> None:
    """From the first word to where it stands; each step a day after the one before, as far as there were days."""
    start = clock.now() - timedelta(days=plan.ago)
    with clock.at(start):
        name = _received(province, plan, call)
    if plan.stage == INCOMPLETE:
        with clock.at(_later(start, 2)):
            own = [Item("other", "Een foto van de plek waar u oefent", affects_scores=False)]
            ask_completion(actor=acting("programma", province), application=name, items=(), own=own)
    if plan.stage >= COMPLETE:
        with clock.at(_later(start, 1)):
            _completed(province, name)
    if plan.points:
        with clock.at(_later(start, 3)):
            _assessed(province, name, plan.points)
    if plan.stage >= ADVISED:
        with clock.at(_later(start, 6)):
            _decided(province, plan, name)


def _later(start: datetime, days: int) -> datetime:
    return min(start + timedelta(days=days), clock.now())


def _received(province: str, plan: _Plan, call: CallFacts) -> str:
    """Filled in, signed and sent by the applicant; returns its public id."""
    actor = _applicant(plan.name)
    name = start_application(actor=actor, call=call.id, answers=_GOOD).public_id
    fill_in_block(actor, name, PLAN, {"title": plan.title, "municipality": municipalities_of(province)[0][0]})
    fill_in_block(actor, name, WHO, _who(plan))
    day = clock.today()
    dates = {"start": (day + timedelta(days=150)).isoformat(), "klaar": (day + timedelta(days=300)).isoformat()}
    answer_everything(actor, name, {**_GOOD, **dates})
    fill_in_costs(actor, name, Money.euros(plan.euros))
    for document in documents_of(Draft(find(name))):
        attach_document(actor=actor, application=name, key=document.key, upload=a_file(document.name))
    sign_application(actor=actor, application=name, name="V. Zonnen", seen=hash_of(find(name)))
    submit_application(actor=actor, application=name)
    issue_receipt.call(application=name)  # the job would do it too, but on the day on which the demo is built
    return name


def _applicant(name: str) -> Actor:
    """The person who applies: the resident of the demo, or someone of their own; both chose e-mail."""
    person = people.person_for(name)
    if person is None:
        address = f"{name.lower().replace(' ', '-').replace('ö', 'o')}@voorbeeld.invalid"
        person = open_account(actor=Actor.system("demo"), email=address, called="V. Zonnen", made_up=True)
    actor = Actor("person", person.public_id, origin="demo")
    choose_channels(actor=actor, person=actor.id, channels={"letters": "mail", "file": "mail", "reminders": "mail"})
    return actor


def _who(plan: _Plan) -> Mapping[str, Any]:
    """An organisation that cannot exist, with numbers of its own that pass their checks: the bank of its account is made up too."""
    place = _PLANS.index(plan) + 1
    account = f"VERZ{place:010d}"
    check = 98 - int("".join(str(int(sign, 36)) for sign in f"{account}NL00")) % 97
    name = _OF_THE_RESIDENT if plan.name == people.RESIDENT else plan.name
    return {
        "applicant_kind": "organisation",
        "applicant_name": name,
        "kvk": f"9{place:07d}",
        "street": f"Luchtstraat {place}",
        "place": "0000 AB Nergensdam",
        "account": f"NL{check:02d}{account}",
        "account_name": name,
    }


def _completed(province: str, name: str) -> None:
    """Complete, with who handles it; the municipality agrees where it is asked."""
    officer = acting("programma", province)
    assign_application(actor=officer, application=name, task="handler", person=officer.id)
    confirm_complete(actor=officer, application=name)


def _assessed(province: str, name: str, points: tuple[int, ...]) -> None:
    """The municipality agrees; as many members of the committee as there are points have scored."""
    for asked in consents_of(reference(find(name))):
        answer_consent(actor=acting("gemeente", province), consent=asked.id, kind="stemt-in")
    committee = [acting(role, province) for role in _COMMITTEE]
    for member in committee:
        assign_application(actor=acting("programma", province), application=name, task="assessor", person=member.id)
        declare_free(actor=member, application=name)
    start_assessment(actor=acting("programma", province), application=name)
    for member, given in zip(committee, points, strict=False):
        score_application(
            actor=member,
            application=name,
            scores={item.key: Points(given, "Dat blijkt uit het plan.") for item in rules_for(find(name)).criteria},
            outcome="grant",
            motivation="Een goed plan voor het hele dorp.",
            amount=find(name).asked_money,
        )


def _decided(province: str, plan: _Plan, name: str) -> None:
    """Advised, proposed and signed, as far as this plan goes."""
    officer, amount = acting("programma", province), Money(0) if plan.refused else Money.euros(plan.euros)
    why = "Het plan past bij de regeling en helpt het dorp. De kosten zijn redelijk."
    if plan.refused:
        why = "Uit uw aanvraag blijkt dat u al spullen kocht. Deze regeling betaalt alleen wat nog moet gebeuren."
    outcome = "refuse" if plan.refused else "grant"
    advise_application(actor=officer, application=name, outcome=outcome, amount=amount, motivation=why)
    if plan.stage < PROPOSED:
        return
    _aid_assessed(officer, plan, name)
    proposal = _refusal(plan, why) if plan.refused else _grant(plan, name, amount, why)
    waiting = propose_decision(actor=officer, application=name, proposal=proposal)
    if plan.stage >= DECIDED:
        sign_decision(actor=acting("tekenbevoegde", province), decision=waiting.public_id, seen=waiting.content_hash)


def _grant(plan: _Plan, name: str, amount: Money, why: str) -> Proposal:
    ends = clock.today() + timedelta(days=plan.lasts) if plan.lasts else None
    return Proposal(
        kind="grant",
        awarded=amount,
        summary=f"U krijgt geld voor uw plan: {plan.title[:1].lower()}{plan.title[1:]}.",
        motivation=why,
        duties=tuple(usual(rules_for(find(name)), ends)),
        public_title=plan.title,
        activity_ends=ends,
    )


def _refusal(plan: _Plan, why: str) -> Proposal:
    return Proposal("refusal", Money(0), "U krijgt geen geld voor uw plan.", why, grounds=(plan.refused,))


def _aid_assessed(officer: Actor, plan: _Plan, name: str) -> None:
    """Most plans are no state aid; one is, so that there is something to report."""
    if plan.aid == "no_aid":
        assess_as_local(officer, name)
        return
    answers = {key: Answered(True, "Dat blijkt uit het plan.") for key in _STATE_AID}
    why = "Een klein bedrag voor wie iets verkoopt."
    assess_state_aid(
        actor=officer, application=name, answers=answers, route=plan.aid, why=why, declared_on=find(name).received_on
    )


def assess_as_local(officer: Actor, name: str) -> None:
    """No state aid: the plan is local."""
    assess_state_aid(actor=officer, application=name, answers=_STATE_AID, route="no_aid", why="Het is een plaatselijk plan.")


def sign_waiting(province: str, name: str) -> None:
    """Sign the decision that waits on an application, as who has the mandate."""
    waiting = find(name).decisions.get(taken_at=None, returned_at=None)
    sign_decision(actor=acting("tekenbevoegde", province), decision=waiting.public_id, seen=waiting.content_hash)


def a_file(title: str) -> SimpleUploadedFile:
    """A one-page PDF that says what it stands for and that it is made up."""
    text = f"VERZONNEN VOORBEELD - {title}".encode("latin-1", "replace").replace(b"(", b"[").replace(b")", b"]")
    drawn = b"BT /F1 20 Tf 60 760 Td (" + text + b") Tj ET"
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(data))
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + table + end
    return SimpleUploadedFile(f"{title.lower().replace(' ', '-')}.pdf", data)
