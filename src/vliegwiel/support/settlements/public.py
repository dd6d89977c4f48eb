"""What rooms above may know of and do with a grant after its decision: objections.

They never hold a row of this room: they name a decision by its public id and get facts. `redress_decision`, `redress_interest` and
`grant_after_all` put another decision in the place of one that was objected to, in the transaction of the caller, who demands the
permission and sends the letter. `pay_own_debt` pays what we owe besides a grant.
"""

from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.settlements.actions import redress_decision as redressing
from vliegwiel.support.settlements.actions.change_plan import grant_after_all, refused_change
from vliegwiel.support.settlements.actions.determine_interest import (
    BURDENS,
    OwnDebt,
    most_interest,
    pay_own_debt,
    redress_interest,
)
from vliegwiel.support.settlements.actions.redress_decision import Redress, redress_decision
from vliegwiel.support.settlements.files import PAPERS, account_problem
from vliegwiel.support.settlements.models import Act, ChangeRequest, InterestDecision, LaterDecision
from vliegwiel.support.settlements.owed import OwnPayee
from vliegwiel.support.settlements.own_debts import OwnDebts
from vliegwiel.support.settlements.rules import GROUNDS, pay_by

__all__ = [
    "BURDENS",
    "PAPERS",
    "LaterFacts",
    "OwnDebt",
    "OwnDebts",
    "OwnPayee",
    "Redress",
    "account_problem",
    "application_of",
    "grant_after_all",
    "grounds_of",
    "later_decisions_of",
    "pay_by",
    "pay_own_debt",
    "redress_decision",
    "redress_interest",
    "redress_problems",
    "redress_words",
]


@dataclass(frozen=True)
class LaterFacts:
    """A decision after the one that granted, as rooms above see it. `kind` is a value of `Act`, "change" or "interest". `amount` is what
    counts from then on, is asked back or is paid; `best` the most that may come of it for the recipient. `sent_on` is None while the
    letter waits for the printer; `by` prepared or took it (Awb 7:5); `replaces` says that it came after an objection."""

    id: str
    kind: str
    kind_name: str
    article: str
    amount: Money
    best: Money
    motivation: str
    letter: str
    sent_on: date | None
    taken_at: datetime | None
    by: tuple[str, ...]
    replaces: bool
    replaced: bool
    ground: str = ""


def later_decisions_of(name: str) -> list[LaterFacts]:
    """Every decision taken on an application (public id or number) after it was granted, and each refusal of a change; oldest first."""
    grant = grant_of(name)
    sent = {letter.id: letter.sent_on for letter in letters_of(grant.about)}
    laters = LaterDecision.objects.filter(application=grant.id, taken_at__isnull=False).select_related("replaced_by")
    found = [_later(item) for item in laters]
    changes = ChangeRequest.objects.filter(application=grant.id, decided_on__isnull=False).select_related("replaced_by")
    found += [_change(item, sent.get(item.letter)) for item in changes if not item.granted or item.replaces_id]
    interest = InterestDecision.objects.filter(application=grant.id).select_related("replaced_by")
    found += [_interest(item, sent.get(item.letter)) for item in interest]
    return sorted(found, key=lambda item: (item.taken_at or clock.now(), item.replaces))


def application_of(decision: str) -> str:
    """The application (public id) of a later decision, an answer to a request to change or a decision on interest; empty for another."""
    for rows in (LaterDecision.objects, ChangeRequest.objects, InterestDecision.objects):
        found = rows.filter(public_id=decision).values_list("application", flat=True).first()
        if found:
            return str(found)
    return ""


def grounds_of(kind: str) -> list[tuple[str, str, str]]:
    """The grounds of a kind of later decision: key, article and words."""
    return [(ground.key, ground.article, ground.text) for ground in GROUNDS.values() if ground.act == kind]


def redress_problems(decision: str, redress: Redress) -> list[str]:
    """What stands in the way of this instead of a later decision (public id), one Dutch line each."""
    return redressing.problems(redressing.replaceable(decision), redress)


def redress_words(decision: str, redress: Redress) -> dict[str, str | None]:
    """What a letter says of it: the effect, and what is paid when."""
    return redressing.words(redressing.replaceable(decision), redress)


def _later(item: LaterDecision) -> LaterFacts:
    recovers = item.act == Act.RECOVER
    return LaterFacts(
        id=item.public_id,
        kind=item.act,
        kind_name=item.get_act_display(),
        article=item.article,
        amount=item.money,
        best=Money(0) if recovers else item.was_money,
        motivation=item.motivation,
        letter=item.letter,
        sent_on=item.sent_on,
        taken_at=item.taken_at,
        by=tuple(dict.fromkeys((item.proposed_by, item.taken_by))),
        replaces=item.replaces_id is not None,
        replaced=hasattr(item, "replaced_by"),
        ground=item.ground,
    )


def _change(item: ChangeRequest, sent_on: date | None) -> LaterFacts:
    return LaterFacts(
        id=item.public_id,
        kind="change",
        kind_name=refused_change(item),
        article="",
        amount=Money(0),
        best=Money(0),
        motivation=item.motivation,
        letter=item.letter,
        sent_on=sent_on,
        taken_at=item.decided_at,
        by=(item.decided_by,),
        replaces=item.replaces_id is not None,
        replaced=hasattr(item, "replaced_by"),
    )


def _interest(item: InterestDecision, sent_on: date | None) -> LaterFacts:
    return LaterFacts(
        id=item.public_id,
        kind="interest",
        kind_name="rente vaststellen",
        article="4:99 Awb",
        amount=item.money,
        best=most_interest(item),
        motivation=item.why,
        letter=item.letter,
        sent_on=sent_on,
        taken_at=item.taken_at,
        by=tuple(dict.fromkeys(filter(None, (item.prepared_by, item.taken_by)))),
        replaces=item.replaces_id is not None,
        replaced=hasattr(item, "replaced_by"),
    )
