"""What rooms above see of an application, its decisions and what comes with them; and how rows become that."""

from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import letters, standing
from vliegwiel.support.grants.lifecycle import NAMES, PENDING, State
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment
from vliegwiel.support.grants.models.application import Participant, ParticipantRole
from vliegwiel.support.grants.models.decision import AWARDING


@dataclass(frozen=True)
class GrantFacts:
    """An application as rooms above see it. `id` is its public id, `number` the file number; `applicant` and `organisation` are public
    ids; `applicants` is everyone of the applicant's side with an account, `along` who applied along (public id, name)."""

    id: str
    number: str
    state: State
    state_name: str
    province: str
    municipality: str
    call: str
    scheme: str
    scheme_title: str
    title: str
    applicant: str
    applicants: tuple[str, ...]
    applicant_name: str
    applicant_kind: str
    organisation: str
    account: str
    account_name: str
    post: tuple[str, ...]
    asked: Money
    awarded: Money
    ceiling: str
    received_on: date | None
    decided_on: date | None
    made_up: bool
    about: Reference
    due_on: date | None = None
    changed_at: datetime | None = None
    pending: bool = False
    along: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DecisionFacts:
    """A decision that was taken. `sent_on` is None while the letter waits for the printer; `by` are the public ids of who prepared and
    who took it, none of whom decides on an objection against it (Awb 7:5, rule 8)."""

    id: str
    kind: str
    kind_name: str
    asked: Money
    awarded: Money
    motivation: str
    letter: str
    sent_on: date | None
    register_from: date | None
    activity_ends: date | None
    by: tuple[str, ...]
    awards: bool
    taken_at: datetime | None = None
    replaces: str = ""
    after_objection: bool = False


@dataclass(frozen=True)
class DutyFacts:
    """A condition or an obligation of a decision; `id` is stable within this installation."""

    id: int
    kind: str
    article: str
    basis: str
    text: str
    evidence: str
    due_on: date | None
    met_on: date | None


@dataclass(frozen=True)
class InstalmentFacts:
    """One payment of the plan; `after` is the duty (id) it waits for, None when it waits for a day only. `owed_from` is the last day to pay
    had the decision come in time, by the article `owed_under` (Awb 4:100, 4:102(2)); None when that is `due_on`."""

    id: int
    place: int
    amount: Money
    due_on: date
    after: int | None
    ordered: bool
    owed_from: date | None = None
    owed_under: str = ""


@dataclass(frozen=True)
class CostFacts:
    """A cost of the budget as it was applied for: kind of the regulation, words of the applicant, amount."""

    kind: str
    text: str
    amount: Money


@dataclass(frozen=True)
class RunningFacts:
    """A granted application in a list: enough for a row, without its people."""

    id: str
    number: str
    title: str
    scheme_title: str
    applicant_name: str
    province: str
    state: State
    awarded: Money
    decided_on: date | None
    made_up: bool


def facts_of(found: Application) -> GrantFacts:
    """An application as rooms above see it."""
    along = standing.participants_of(found)
    people = (found.applicant, *(item.person for item in along))
    return GrantFacts(
        id=found.public_id,
        number=found.number or "",
        state=found.stands,
        state_name=str(NAMES[found.stands]),
        province=found.province,
        municipality=found.municipality,
        call=found.call,
        scheme=found.scheme,
        scheme_title=found.scheme_title,
        title=found.title,
        applicant=found.applicant,
        applicants=tuple(person for person in people if person),
        applicant_name=found.applicant_name,
        applicant_kind=found.applicant_kind,
        organisation=found.organisation,
        account=found.account,
        account_name=found.account_name,
        post=tuple(letters.recipient_of(found).lines),
        asked=Money(found.asked),
        awarded=Money(found.awarded or 0),
        ceiling=found.ceiling,
        received_on=found.received_on,
        decided_on=found.decided_on,
        made_up=found.made_up,
        about=standing.reference(found),
        due_on=found.due_on,
        changed_at=found.changed_at,
        pending=found.stands in PENDING,
        along=tuple((item.person, item.name) for item in along if _applies(item)),
    )


def _applies(item: Participant) -> bool:
    return bool(item.person) and item.role == ParticipantRole.CO_APPLICANT


def decision_facts(row: Decision) -> DecisionFacts:
    """A taken decision as rooms above see it."""
    return DecisionFacts(
        id=row.public_id,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        asked=row.asked_money,
        awarded=row.awarded_money,
        motivation=row.motivation,
        letter=row.letter,
        sent_on=row.sent_on,
        register_from=row.register_from,
        activity_ends=row.activity_ends,
        by=tuple(dict.fromkeys((row.proposed_by, row.taken_by))),
        awards=row.kind in AWARDING,
        taken_at=row.taken_at,
        replaces=row.replaces.public_id if row.replaces else "",
        after_objection=row.replaces_id is not None and not row.comes_back,
    )


def duty_facts(row: Duty) -> DutyFacts:
    """A condition or obligation as rooms above see it."""
    return DutyFacts(row.pk, row.kind, row.article, row.basis, row.text, row.evidence, row.due_on, row.met_on)


def instalment_facts(row: Instalment) -> InstalmentFacts:
    """A payment of the plan as rooms above see it."""
    ordered = row.ordered_at is not None
    return InstalmentFacts(row.pk, row.place, row.money, row.due_on, row.after_id, ordered, row.owed_from, row.owed_under)
