"""What a late decision costs by now: counted again each time from the notice and the day on which the decision was made known."""

from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms import Penalty, Term
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel import clock
from vliegwiel.support.grants.public import decisions_of, grant_of
from vliegwiel.support.objections.models import DefaultNotice
from vliegwiel.support.objections.terms import grace_ends, penalty_for


@dataclass(frozen=True)
class DefaultFacts:
    """How a notice of default stands: the last day without a penalty, the count so far, the day the decision was made known (None while it
    was not), and the last day to lay the penalty down (Awb 4:18; None while it runs, or when none is due)."""

    notice: DefaultNotice
    grace: date
    penalty: Penalty
    decided: date | None
    determine_by: date | None

    @property
    def over(self) -> bool:
        """Whether nothing is left to do: laid down, or decided before a penalty was due."""
        return self.notice.determined_on is not None or (self.decided is not None and not self.penalty.days)

    @property
    def determinable(self) -> bool:
        """Whether the penalty can be laid down now: it no longer runs, some is due, and it was not done."""
        ended = self.decided is not None or not self.penalty.runs
        return self.notice.determined_on is None and ended and self.penalty.days > 0


def facts_of(notice: DefaultNotice) -> DefaultFacts:
    """How it stands today."""
    decided = _decided_on(notice)
    counted = penalty_for(due=notice.due_on, notice=notice.received_on, decided=decided)
    by = None
    if counted.days and not counted.runs:
        last = counted.first_day + timedelta(days=counted.days - 1)
        by = Term(start=last, weeks=2, source="wet", holidays=equated_days()).ends
    return DefaultFacts(notice, grace_ends(notice.received_on), counted, decided, by)


def about_words(notice: DefaultNotice) -> str:
    """What it is about, as a letter says it."""
    return f"bezwaar {notice.objection.number}" if notice.objection else f"aanvraag {notice.application_number}"


def _decided_on(notice: DefaultNotice) -> date | None:
    """The day on which the late decision was made known (Awb 3:41); a withdrawal ends the waiting too."""
    if notice.objection is not None:
        if notice.objection.closed_on is None or notice.objection.outcome == "withdrawn":
            return notice.objection.closed_on
        taken = notice.objection.decisions.filter(taken_at__isnull=False).first()
        about = grant_of(notice.application).about
        return next((item.sent_on for item in letters_of(about) if taken and item.id == taken.letter), None)
    grant = grant_of(notice.application)
    if grant.pending:
        return None
    first = decisions_of(notice.application)
    if first:
        return first[0].sent_on
    return clock.legal_date(grant.changed_at) if grant.changed_at else None
