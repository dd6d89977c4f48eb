"""What a late decision costs by now: counted again each time from the notice and the day on which the decision was made known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms import Penalty, Term
from vliegwiel.foundation.budgets.public import PaymentFacts, payments_of_each
from vliegwiel.foundation.papers.public import sent_days
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import DecisionFacts, GrantFacts, first_decisions_of, grant_of, grants_of
from vliegwiel.support.objections.models import DefaultNotice, ObjectionDecision, PenaltyDecision, PenaltyShare
from vliegwiel.support.objections.terms import grace_ends, penalty_for
from vliegwiel.support.settlements.public import pay_by


@dataclass(frozen=True)
class ShareFacts:
    """The part of one applicant (Awb 4:17(7)), and how much of it was asked of payments."""

    share: PenaltyShare
    asked: Money

    @property
    def to_pay(self) -> Money:
        """What was not asked of payments yet."""
        return Money(max(self.share.amount - self.asked.cents, 0))


@dataclass(frozen=True)
class DefaultFacts:
    """How a notice of default stands: the last day without a penalty, the count so far, the day the decision was made known (None while it
    was not), and the last day to lay the penalty down (Awb 4:18; None while it runs, or when none is due). `laid_down` is the decision
    that holds, `shares` what each applicant gets of it, `pay_by` the last day to pay (4:87)."""

    notice: DefaultNotice
    grace: date
    penalty: Penalty
    decided: date | None
    determine_by: date | None
    laid_down: PenaltyDecision | None = None
    shares: tuple[ShareFacts, ...] = ()
    pay_by: date | None = None
    payments: tuple[PaymentFacts, ...] = ()

    @property
    def to_pay(self) -> Money:
        """What was laid down and not asked of payments yet."""
        return Money(sum(item.to_pay.cents for item in self.shares))

    @property
    def over(self) -> bool:
        """Whether nothing is left to do: laid down and asked of payments, or decided before a penalty was due."""
        if self.notice.determined_on is not None:
            return not self.to_pay.cents
        return self.decided is not None and not self.penalty.days

    @property
    def determinable(self) -> bool:
        """Whether the penalty can be laid down now: it no longer runs, some is due, and it was not done."""
        ended = self.decided is not None or not self.penalty.runs
        return self.notice.determined_on is None and ended and self.penalty.days > 0

    def share_of(self, person: str) -> ShareFacts | None:
        """The part of this person (public id), if any."""
        return next((item for item in self.shares if item.share.person == person), None)


def equal_parts(total: Money, many: int) -> list[Money]:
    """An amount in equal parts that add up to it: the first ones get the cents that are left.

    >>> [part.cents for part in equal_parts(Money(100_00), 3)]
    [3334, 3333, 3333]
    """
    each, left = divmod(total.cents, many)
    return [Money(each + (place < left)) for place in range(many)]


def facts_of(notice: DefaultNotice) -> DefaultFacts:
    """How it stands today."""
    return facts_of_each([notice])[0]


def facts_of_each(notices: Sequence[DefaultNotice]) -> list[DefaultFacts]:
    """How several notices stand today: a fixed number of questions, however many there are."""
    waits = [item for item in notices if item.objection_id is None]
    grants = grants_of({item.application for item in waits})
    first = first_decisions_of(grants)
    decided = ObjectionDecision.objects.filter(taken_at__isnull=False, objection__in=[item.objection_id for item in notices])
    letters = dict(decided.values_list("objection_id", "letter"))
    laid_down: dict[int, PenaltyDecision] = {}
    rows = PenaltyDecision.objects.filter(notice__in=[item.pk for item in notices if item.determined_on])
    for row in rows.prefetch_related("shares").order_by("pk"):
        laid_down[row.notice_id] = row
    sent = sent_days({*letters.values(), *(row.letter for row in laid_down.values())})
    payments = payments_of_each("default-notice", [item.public_id for item in notices if item.determined_on])
    found = []
    for notice in notices:
        on = (
            _decided_on_objection(notice, sent, letters)
            if notice.objection
            else _decided_on(grants.get(notice.application), first.get(notice.application))
        )
        decision = laid_down.get(notice.pk)
        found.append(_facts(notice, on, decision, payments.get(notice.public_id, []), sent))
    return found


def _facts(
    notice: DefaultNotice,
    decided: date | None,
    laid_down: PenaltyDecision | None,
    payments: list[PaymentFacts],
    sent: Mapping[str, date],
) -> DefaultFacts:
    counted = penalty_for(due=notice.due_on, notice=notice.received_on, decided=decided)
    by = None
    if counted.days and not counted.runs:
        last = counted.first_day + timedelta(days=counted.days - 1)
        by = Term(start=last, weeks=2, source="wet", holidays=equated_days()).ends
    grace = grace_ends(notice.received_on)
    if laid_down is None:
        return DefaultFacts(notice, grace, counted, decided, by)
    shares = tuple(ShareFacts(share, _asked(share, payments)) for share in laid_down.shares.all())
    until = pay_by(sent.get(laid_down.letter) or clock.today(), equated_days())
    return DefaultFacts(notice, grace, counted, decided, by, laid_down, shares, until, tuple(payments))


def key_of(share: PenaltyShare) -> str:
    """The key of its payment, once per decision and place."""
    return f"penalty-{share.decision.public_id}-{share.place}"


def _asked(share: PenaltyShare, payments: Iterable[PaymentFacts]) -> Money:
    """What was asked of payments for this place, also under the decision whose place this one took."""
    return Money(sum(item.amount.cents for item in payments if item.key.endswith(f"-{share.place}") and "penalty-" in item.key))


def sent_on(decision: PenaltyDecision) -> date | None:
    """The day on which it was made known; None while the letter waits for the printer."""
    return sent_days([decision.letter]).get(decision.letter)


def about_words(notice: DefaultNotice) -> str:
    """What it is about, as a letter says it."""
    return f"bezwaar {notice.objection.number}" if notice.objection else f"aanvraag {notice.application_number}"


def _decided_on_objection(notice: DefaultNotice, sent: Mapping[str, date], letters: Mapping[int, str]) -> date | None:
    """The day on which the decision on the objection was made known (Awb 3:41); withdrawing it ends the waiting too."""
    objection = notice.objection
    if objection is None or objection.closed_on is None or objection.outcome == "withdrawn":
        return objection.closed_on if objection else None
    return sent.get(letters.get(objection.pk, ""))


def _decided_on(grant: GrantFacts | None, first: DecisionFacts | None) -> date | None:
    """The same of an application."""
    if grant is None or grant.pending:
        return None
    if first is not None:
        return first.sent_on
    return clock.legal_date(grant.changed_at) if grant.changed_at else None


def applicants_of(notice: DefaultNotice) -> list[tuple[str, str]]:
    """Who the penalty is owed to, with their names (Awb 4:17(1), (7)): who applied and who applied along, or who objected."""
    grant = grant_of(notice.application)
    if notice.objection is not None:
        return [(notice.objection.objector or grant.applicant, notice.objection.objector_name)]
    return [(grant.applicant, grant.applicant_name), *grant.along]
