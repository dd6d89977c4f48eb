"""The officer's side of the made-up province: people at work, and files brought to a state by the real actions."""

from datetime import timedelta
from typing import Any

from vliegwiel.foundation.notices.public import choose_channel
from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.models import Mandate, Organisation, Role
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.consents.actions.answer_consent import answer_consent
from vliegwiel.support.consents.models import Consent
from vliegwiel.support.grants.actions.assess_state_aid import assess_state_aid
from vliegwiel.support.grants.actions.assign_application import assign_application, declare_free
from vliegwiel.support.grants.actions.confirm_complete import confirm_complete
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.score_application import Points, score_application, start_assessment
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_submitted_application
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.schemes.tests.given import an_open_call
from vliegwiel.support.state_aid.tests.given import LOCAL


def the_province() -> Organisation:
    """The organisation of who works for the province."""
    return Organisation.objects.filter(name="Provincie Verzonnenland").first() or an_organisation("Provincie Verzonnenland")


def an_officer(number: int = 1, *, most: Money | None = Money.euros(25_000)) -> Actor:
    """A programme officer with a mandate for grants up to an amount (None: without a mandate)."""
    actor = _working("programma", the_province(), f"programma{number}@voorbeeld.invalid")
    return _mandated(actor, most) if most else actor


def a_signer(number: int = 1) -> Actor:
    """Who signs any amount."""
    actor = _working("tekenbevoegde", the_province(), f"tekent{number}@voorbeeld.invalid")
    return _mandated(actor, None)


def an_assessor(number: int = 1) -> Actor:
    """A member of the advisory committee."""
    at = Organisation.objects.filter(name="Commissie Denkbeeldig").first() or an_organisation("Commissie Denkbeeldig")
    return _working("adviescommissie", at, f"commissie{number}@voorbeeld.invalid")


#: A small scheme: no consent, no scores. One with both, first come first served. A tender with four criteria.
PLAIN, FULL, TENDER = "groningen/loket-leefbaarheid", "gelderland/kleine-initiatieven", "groningen/zorg-en-voorzieningen"
#: The municipality is asked; what silence means is for a person to weigh.
CONSENT = {"term_weeks": 4, "silence": "for_a_person", "refuses": False, "article": "5a"}
_ASKED = {PLAIN: Money.euros(8_000), FULL: Money.euros(15_000), TENDER: Money.euros(20_000)}
_GOOD = {"schulden": False, "doel": ["versterken"], "gemeente_doet_mee": True, "eigen_geld": 900_000_00, "aanvrager": "stichting"}


def a_call(scheme: str = PLAIN, amount: Money = Money.euros(100_000), **parts: Any) -> CallFacts:
    """An open call with a ceiling of this amount."""
    method = "tender" if scheme == TENDER else "first-come"
    asked = {} if scheme == PLAIN else {"consent": CONSENT}
    return an_open_call(method=method, scheme=scheme, ceiling=amount, **{**asked, **parts})


def a_received_application(call: CallFacts | None = None, **filled: Any) -> Application:
    """Received, and nobody looked at it yet."""
    found = call or a_call()
    like = next((key for key in _ASKED if key.rsplit("/", 1)[-1] in found.scheme), PLAIN)
    return a_submitted_application(found, **{**good_for(like), **filled})


def good_for(scheme: str = PLAIN) -> dict[str, Any]:
    """An amount and answers with which this scheme says yes."""
    return {"asked": _ASKED[scheme], "answers": _GOOD if scheme != FULL else {}}


def a_complete_application(call: CallFacts | None = None, *, officer: Actor | None = None, **filled: Any) -> Application:
    """Received and confirmed complete."""
    found = a_received_application(call, **filled)
    return confirm_complete(actor=officer or an_officer(), application=found.public_id)


def agreed(application: Application) -> Application:
    """The municipality agrees, where it was asked."""
    for asked in Consent.objects.filter(about_id=application.public_id):
        person = _working("gemeente", _the_municipality(), "gemeente@voorbeeld.invalid", municipality=asked.municipality)
        answer_consent(actor=person, consent=asked.public_id, kind="stemt-in")
    return application


def no_state_aid(application: Application, officer: Actor | None = None) -> Application:
    """Assessed as no state aid."""
    return assess_state_aid(
        actor=officer or an_officer(),
        application=application.public_id,
        answers=LOCAL,
        route="no_aid",
        why="Het is een plaatselijk plan.",
    )


def a_decidable_application(call: CallFacts | None = None, **filled: Any) -> Application:
    """Everything that must come before a decision: complete, scored where the scheme asks it, agreed, and no state aid."""
    found = a_complete_application(call, **filled)
    if rules := rules_for(found).criteria:
        assessed(found)
        for number in (1, 2):
            scored(find(found.public_id), *[80] * len(rules), by=an_assessor(number))
    return no_state_aid(agreed(find(found.public_id)))


def an_application_in_assessment(call: CallFacts | None = None, *, assessors: int = 2, **filled: Any) -> Application:
    """Being assessed by assessors who said to have no interest."""
    return assessed(a_complete_application(call or a_call(FULL), **filled), assessors)


def assessed(application: Application, assessors: int = 2) -> Application:
    """Given to this many assessors, and begun."""
    for number in range(1, assessors + 1):
        person = an_assessor(number)
        assign_application(actor=an_officer(), application=application.public_id, task="assessor", person=person.id)
        declare_free(actor=person, application=application.public_id)
    return start_assessment(actor=an_officer(), application=application.public_id)


def scored(application: Application, *points: int, by: Actor | None = None, why: str = "") -> Application:
    """Scored by one assessor with these tenths, in the order of the criteria."""
    rules = rules_for(application)
    given = {item.key: Points(value, "Dat staat in het plan.") for item, value in zip(rules.criteria, points, strict=True)}
    score_application(
        actor=by or an_assessor(),
        application=application.public_id,
        scores=given,
        outcome="grant",
        motivation="Een goed plan.",
        amount=application.asked_money,
        why=why,
    )
    return find(application.public_id)


def a_proposal(application: Application, **changes: Any) -> Proposal:
    """Grant it all."""
    usual: dict[str, Any] = {
        "kind": "grant",
        "awarded": application.asked_money,
        "summary": "U krijgt het geld dat u vroeg.",
        "motivation": "Uw plan past bij de regeling en helpt het dorp.",
        "public_title": application.title,
    }
    return Proposal(**{**usual, **changes})


def proposed(application: Application, *, by: Actor | None = None, **changes: Any) -> Decision:
    """A decision that waits for its signature."""
    return propose_decision(
        actor=by or an_officer(), application=application.public_id, proposal=a_proposal(application, **changes)
    )


def decided(application: Application, *, by: Actor | None = None, **changes: Any) -> Decision:
    """A decision that was taken, and made known by e-mail as the applicant chose."""
    by_mail(application)
    waiting = proposed(application, **changes)
    return sign_decision(actor=by or a_signer(), decision=waiting.public_id, seen=waiting.content_hash)


def by_mail(application: Application) -> Application:
    """The applicant chose e-mail for letters (Awb 2:8)."""
    if application.applicant:
        person = Actor("person", application.applicant)
        choose_channel(actor=person, person=application.applicant, kind="letters", channel="mail")
    return application


def days_later(days: int) -> Any:
    """The same moment so many days on."""
    return clock.at(clock.now() + timedelta(days=days))


def _working(kind: str, at: Organisation, email: str, *, municipality: str = "") -> Actor:
    """Who holds this role there; the same person each time."""
    held = Role.objects.filter(kind=kind, organisation=at, person__email=email, municipality=municipality).first()
    return acting(held or a_role(kind, organisation=at, email=email, municipality=municipality))


def _the_municipality() -> Organisation:
    return Organisation.objects.filter(name="Gemeente Nergensdam").first() or an_organisation("Gemeente Nergensdam")


def _mandated(actor: Actor, most: Money | None) -> Actor:
    if not Mandate.objects.filter(person__public_id=actor.id).exists():
        give_mandate(
            actor=SYSTEM,
            person=actor.id,
            organisation=actor.organisation,
            province=PROVINCE,
            matter="grants",
            resolution="Verzonnen mandaatbesluit, nummer 1",
            most=most,
        )
    return actor
