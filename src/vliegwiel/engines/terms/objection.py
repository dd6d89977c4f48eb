"""Objection (*bezwaar*): when it must be in, whether it was in time, and when the decision on it is due (Awb 6:7–6:9, 7:10)."""

from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.engines.terms.holidays import Equated
from vliegwiel.engines.terms.term import Term
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.verdict import Reason, Verdict


@dataclass(frozen=True)
class Objection:
    """How an objection came in: the day of receipt, and by post the day it was posted when that is known."""

    received: date
    by_post: bool = False
    posted: date | None = None


def objection_term(announced: date, *, holidays: Equated = ()) -> Term:
    """Six weeks (6:7) from the day after the decision was announced as prescribed (6:8).

    >>> objection_term(date(2026, 3, 24)).ends
    datetime.date(2026, 5, 6)
    """
    return Term(start=announced, weeks=6, source="wet", holidays=holidays)


def received_in_time(term: Term, objection: Objection) -> Verdict:
    """In time when received before the end (6:9(1)); by post also when posted in time and received within a week after (6:9(2)).

    By post without a known day of posting, and received within that week, is unknown: a person judges the envelope.
    """
    facts = {"received": objection.received.isoformat(), "ends": term.ends.isoformat()}
    if objection.received <= term.ends:
        return Verdict.yes(Reason("in-time", "Het bezwaar is binnen de termijn ontvangen.", "6:9, eerste lid", facts))
    last_by_post = term.ends + timedelta(days=7)
    if objection.by_post and objection.received <= last_by_post:
        if objection.posted is None:
            return Verdict.unknown(
                Reason("no-postmark", "Het is niet bekend wanneer het bezwaar is gepost.", "6:9, tweede lid", facts)
            )
        if objection.posted <= term.ends:
            return Verdict.yes(
                Reason("posted-in-time", "Het bezwaar is op tijd gepost en binnen een week ontvangen.", "6:9, tweede lid", facts)
            )
    return Verdict.no(Reason("too-late", "Het bezwaar is na de termijn ontvangen.", "6:9", facts))


def decision_on_objection(announced: date, *, committee: bool, holidays: Equated = ()) -> Term:
    """Six weeks, or twelve with an advisory committee (7:13), from the day after the objection term ended (7:10(1)).

    Adjourn with `adjourn`; suspend with article 7:10(2).
    """
    ended = objection_term(announced, holidays=holidays).ends
    return Term(start=ended, weeks=12 if committee else 6, source="wet", holidays=holidays)


def adjourn(term: Term, *, until: date, sent: date, adjourned_before: bool) -> Term:
    """Adjourn (*verdagen*) the decision on an objection once, by at most six weeks (7:10(3)). Raises NotValid otherwise."""
    if adjourned_before:
        raise NotValid("Verdagen kan één keer. Verder uitstel kan alleen op een grond van artikel 7:10, vierde lid.")
    if (until - term.ends).days > 42:
        raise NotValid("Verdagen kan voor ten hoogste zes weken (artikel 7:10, derde lid).")
    return term.extend(until=until, article="7:10, derde lid", sent=sent)
