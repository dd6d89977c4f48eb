"""Questions and cases at the desk, reached by the real actions."""

from datetime import UTC, datetime, timedelta
from typing import Any

from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.models import Organisation
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk import links
from vliegwiel.support.desk.actions.ask_question import Asked, ask_question
from vliegwiel.support.desk.actions.keep_routing import Rule, write_route
from vliegwiel.support.desk.actions.open_case import close_case, open_case, pause_case, start_case
from vliegwiel.support.desk.lifecycle import CaseState
from vliegwiel.support.desk.models import Enquiry, Route
from vliegwiel.support.desk.standing import case_of, find
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_municipality

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
VISITOR = Actor("visitor")
TEXT = "Wij willen samen eten in het dorpshuis van Nergensdam en zoeken € 5.000 voor een keuken."


def an_alliance(name: str = "Steunpunt Denkbeeldig") -> Organisation:
    """A support organisation of the alliance; the same one when it is there."""
    found = Organisation.objects.filter(name=name, province=PROVINCE).first()
    return found or add_organisation(actor=SYSTEM, name=name, kind="steunorganisatie", province=PROVINCE, made_up=True)


def an_adviser(number: int = 1, organisation: str = "Steunpunt Denkbeeldig", municipality: str = "") -> Actor:
    """An adviser of an organisation of the alliance; the same one for the same number."""
    email = f"adviseur{number}@voorbeeld.invalid"
    at = an_alliance(organisation)
    there = at.roles.filter(person__email=email, until=None).select_related("person", "organisation").first()
    return acting(there or a_role("adviseur", organisation=at, email=email, municipality=municipality))


def an_observer() -> Actor:
    """Someone of the municipality, who may look along on what is shared."""
    at = Organisation.objects.filter(name="Gemeente Nergensdam").first() or add_organisation(
        actor=SYSTEM, name="Gemeente Nergensdam", kind="gemeente", province=PROVINCE, municipality=MUNICIPALITY, made_up=True
    )
    there = at.roles.filter(person__email="kijkt@voorbeeld.invalid").select_related("person", "organisation").first()
    return acting(there or a_role("gemeente", organisation=at, email="kijkt@voorbeeld.invalid", municipality=MUNICIPALITY))


def a_route(adviser: Actor, **rule: Any) -> Route:
    """A rule that gives this adviser what fits."""
    return write_route(actor=adviser, province=PROVINCE, organisation=adviser.organisation, rule=Rule(adviser=adviser.id, **rule))


def an_enquiry(text: str = TEXT, *, actor: Actor = VISITOR, routed: bool = True, **asked: Any) -> Enquiry:
    """A question by a resident of Nergensdam, given to the first adviser."""
    a_municipality()
    if routed and not Route.objects.exists():
        a_route(an_adviser())
    words = {"kind": "geld", "theme": "samenleven", "place": MUNICIPALITY, "name": "V. Zonnen"}
    if actor.kind == "visitor":
        words["email"] = "bewoner@voorbeeld.invalid"
    return ask_question(actor=actor, province=PROVINCE, asked=Asked(text, **{**words, **asked}))


def link_of(found: Enquiry) -> str:
    """The secret of the link that who asked has."""
    return links.token_of(found)


def a_case(found: Enquiry | None = None, state: CaseState = CaseState.ACTIVE, *, place: str = "") -> Enquiry:
    """A file with a support case in this state. Without a place nobody has to be asked, so that it starts at once."""
    found = found or an_enquiry(place=place)
    adviser = an_adviser()
    name = found.public_id
    open_case(
        actor=adviser,
        enquiry=name,
        title="Samen eten",
        summary="Bewoners koken elke week.",
        goals=["Elke week samen eten", "Een goede keuken"],
    )
    case = case_of(find(name))
    if state in (CaseState.ACTIVE, CaseState.PAUSED) and case is not None and case.stands is CaseState.OPEN:
        start_case(actor=adviser, enquiry=name)
    if state is CaseState.PAUSED:
        pause_case(actor=adviser, enquiry=name, until=clock.today() + timedelta(days=30), reason="Wacht op de bouw")
    if state is CaseState.CLOSED:
        close_case(actor=adviser, enquiry=name, outcome="running", text="Het loopt goed.")
    return find(name)


def a_case_closed(found: Enquiry) -> Enquiry:
    """The running case of this question, closed by its adviser."""
    close_case(actor=an_adviser(), enquiry=found.public_id, outcome="running", text="Het loopt goed.")
    return find(found.public_id)
