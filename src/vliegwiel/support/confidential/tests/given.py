"""Teams and confidential cases, reached by the real actions."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.models import Organisation, Role
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import provinces_of
from vliegwiel.support.confidential.actions.follow_signal import hand_signal_over, note_signal
from vliegwiel.support.confidential.actions.judge_retention import propose_end
from vliegwiel.support.confidential.actions.keep_team import add_team_member, open_team
from vliegwiel.support.confidential.actions.open_confidential import CaseFacts, open_confidential
from vliegwiel.support.confidential.actions.take_steps import close_confidential
from vliegwiel.support.confidential.lifecycle import State
from vliegwiel.support.confidential.models import CaseSignal, ConfidentialCase, ConfidentialTeam, SignalHandover
from vliegwiel.support.confidential.standing import case_for

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
AFTERWARDS = datetime(2028, 3, 3, 9, tzinfo=UTC)
PLACES = [("GM9901", "Nergensdam"), ("GM9902", "Bedachtveen"), ("GM9903", "Fabeldam")]
SECRET = "Bakkerij Nooitgedacht"
TEXT = "De deur staat elke nacht open en er brandt geen licht."


def known_places(folder: Path) -> None:
    """The municipalities of the made-up province."""
    folder.mkdir(parents=True, exist_ok=True)
    import_areas(
        actor=SYSTEM,
        path=provinces_of(folder, [(2024, code, name, PROVINCE) for code, name in PLACES]),
        year=None,
        made_up=True,
    )
    areas.stamp.forget()


def at(name: str = "Gemeente Nergensdam") -> Organisation:
    """An organisation with teams; the same one when it is there."""
    found = Organisation.objects.filter(name=name, province=PROVINCE).first()
    return found or add_organisation(actor=SYSTEM, name=name, kind="gemeente", province=PROVINCE, made_up=True)


def someone(kind: str, number: int = 1, organisation: str = "Gemeente Nergensdam") -> Actor:
    """Someone with a role; the same one for the same number and organisation."""
    where = at(organisation)
    email = f"{kind}{number}.{where.public_id}@voorbeeld.invalid"
    held = Role.objects.filter(person__email=email, kind=kind, until=None).select_related("person", "organisation").first()
    return acting(held or a_role(kind, organisation=where, email=email))


def a_member(number: int = 1, organisation: str = "Gemeente Nergensdam") -> Actor:
    """Someone with the role for this work; in a team only when `a_team` put them there."""
    return someone("vertrouwelijk", number, organisation)


def a_team(members: int = 2, *, name: str = "Team Omzien", organisation: str = "Gemeente Nergensdam") -> ConfidentialTeam:
    """A team with so many people in it."""
    coordinator = someone("teamcoordinator", 1, organisation)
    found = ConfidentialTeam.objects.filter(name=name, organisation=coordinator.organisation).first()
    if found is None:
        found = open_team(actor=coordinator, province=PROVINCE, name=name)
        for number in range(1, members + 1):
            add_team_member(actor=coordinator, team=found.public_id, person=a_member(number, organisation).id)
    return found


def a_case(
    state: State = State.OPEN, *, team: ConfidentialTeam | None = None, actor: Actor | None = None, **facts: Any
) -> ConfidentialCase:
    """A case about a building, in this state; a proposed one is made after its term."""
    own, by = team or a_team(), actor or a_member()
    usual = {"kind": "empty", "municipality": "GM9901", "title": SECRET, "address": "Verzonnen straat 4"}
    made = open_confidential(actor=by, team=own.public_id, facts=CaseFacts(**{**usual, **facts}))
    if state is not State.OPEN:
        close_confidential(actor=by, case=made.public_id, outcome="solved", reason="De eigenaar maakte het dicht.")
    if state is State.PROPOSED:
        with clock.at(AFTERWARDS):
            propose_end(actor=by, case=made.public_id)
    return case_for(by, made.public_id)


def a_signal(found: ConfidentialCase, actor: Actor | None = None) -> CaseSignal:
    """A signal in this case."""
    return note_signal(actor=actor or a_member(), case=found.public_id, what=TEXT, seen_by="resident", seen_on=date(2026, 3, 1))


def handed_over(found: ConfidentialCase, signal: CaseSignal, **changes: Any) -> SignalHandover:
    """This signal, with the fire brigade."""
    usual: dict[str, Any] = {
        "party": "fire-brigade",
        "shared": ["address", "safety"],
        "text": "Verzonnen straat 4: de deur staat open.",
    }
    return hand_signal_over(actor=a_member(), case=found.public_id, signal=signal.public_id, **{**usual, **changes})
