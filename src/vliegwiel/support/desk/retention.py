"""When a question or case at the desk ends, what the desk holds of it, whom it still needs, and what stays counted without names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from vliegwiel.kernel import clock
from vliegwiel.kernel.retention import Ended, Holding, References, RetentionRule, Rows, ids_of
from vliegwiel.support.desk.actions.leave_desk import leave_desk
from vliegwiel.support.desk.counting import keep_counted
from vliegwiel.support.desk.lifecycle import State
from vliegwiel.support.desk.models import (
    Advice,
    CaseGoal,
    Enquiry,
    EnquiryEvent,
    EnquiryMessage,
    FileMember,
    HourEntry,
    Look,
    Rating,
    Route,
    SupportCase,
)

KIND = "enquiry"
_DONE = (State.ANSWERED.value, State.CLOSED.value)
_BY_KEY: Mapping[str, bool] = {"desk-question": True, "desk-case": False}


def _ended(province: str, key: str, until: date) -> Iterator[Ended]:
    before = datetime.combine(until + timedelta(days=1), time(), clock.AMSTERDAM)
    found = Enquiry.objects.filter(state__in=_DONE, case__isnull=_BY_KEY[key], province=province, changed_at__lt=before)
    ordered = found.select_related("case").order_by("changed_at", "pk")
    return (_as_ended(row) for row in ordered.iterator(chunk_size=500))


def _ended_one(name: str) -> Ended | None:
    found = Enquiry.objects.filter(public_id=name, state__in=_DONE).select_related("case").first()
    return _as_ended(found) if found else None


def _as_ended(row: Enquiry) -> Ended:
    key = "desk-case" if hasattr(row, "case") else "desk-question"
    return Ended(row.public_id, row.number, row.province, key, clock.legal_date(row.changed_at))


def _find(number: str) -> tuple[str, str] | None:
    return Enquiry.objects.filter(number=number).values_list("public_id", "province").first()


def _files(about: References) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(public_id__in=ids_of(about, KIND))


def _rows(about: References) -> Sequence[Rows]:
    files = _files(about)
    cases = SupportCase.objects.filter(enquiry__in=files)
    of_cases = [model.objects.filter(case__in=cases) for model in (Advice, CaseGoal, Look, Rating)]
    of_files = [model.objects.filter(enquiry__in=files) for model in (EnquiryMessage, EnquiryEvent, FileMember)]
    return [*of_cases, cases, *of_files, files]


def _related(about: References) -> Iterable[tuple[str, str]]:
    cases = SupportCase.objects.filter(enquiry__in=_files(about)).values_list("public_id", flat=True)
    return (("support-case", name) for name in cases)


def _destroy(about: References, rows: Sequence[Rows]) -> int:
    """Count first what stays counted, and take the person and the work from hours; then delete the rest."""
    files = _files(about)
    keep_counted(files)
    hours = HourEntry.objects.filter(case__enquiry__in=files).update(case=None, person="", what="")
    return hours + sum(found.delete()[0] for found in rows)


def _needs(people: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for rows, field in (
        (Enquiry.objects.filter(person__in=people), "person"),
        (Enquiry.objects.filter(adviser__in=people), "adviser"),
        (EnquiryMessage.objects.filter(person__in=people), "person"),
        (FileMember.objects.filter(person__in=people), "person"),
        (Advice.objects.filter(given_by__in=people), "given_by"),
        (HourEntry.objects.filter(person__in=people), "person"),
        (Route.objects.filter(adviser__in=people), "adviser"),
    ):
        found |= set(rows.order_by().values_list(field, flat=True))
    return found


RULES = [RetentionRule(KIND, tuple(_BY_KEY), _ended, _ended_one, _find)]
HOLDINGS = [
    Holding("desk", "vragen aan het loket", _rows, related=_related, destroy=_destroy, needs=_needs, leave=leave_desk),
]
