"""When a file of a grant ends, by which term it is kept, and what this room holds of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from vliegwiel.kernel import clock
from vliegwiel.kernel.retention import Ended, Holding, References, RetentionRule, Rows, ids_of
from vliegwiel.support.grants.lifecycle import CLOSED
from vliegwiel.support.grants.models import (
    Advice,
    AdviceRequest,
    Application,
    Assessment,
    Assignment,
    BudgetRow,
    ClockEvent,
    Decision,
    Duty,
    FileMessage,
    Hearing,
    Instalment,
    Participant,
    RunRow,
    Signature,
)
from vliegwiel.support.grants.models.decision import AWARDING

KIND = "application"
_BY_KEY: Mapping[str, dict[str, bool]] = {
    "granted-file": {"awarded_once": True},
    "refused-file": {"awarded_once": False, "refused_once": True},
    "untreated-file": {"awarded_once": False, "refused_once": False},
}
_TAKEN = Decision.objects.filter(application=OuterRef("pk")).exclude(taken_at=None)


def _files() -> QuerySet[Application]:
    return Application.objects.filter(state__in=[state.value for state in CLOSED]).annotate(
        awarded_once=Exists(_TAKEN.filter(kind__in=AWARDING)), refused_once=Exists(_TAKEN.filter(kind="refusal"))
    )


def _ended(province: str, key: str, until: date) -> Iterator[Ended]:
    before = datetime.combine(until + timedelta(days=1), time(), clock.AMSTERDAM)
    found = _files().filter(**_BY_KEY[key], province=province, changed_at__lt=before).order_by("changed_at", "pk")
    return (_as_ended(row) for row in found.iterator(chunk_size=500))


def _ended_one(name: str) -> Ended | None:
    found = _files().filter(public_id=name).first()
    return _as_ended(found) if found else None


def _as_ended(row: Application) -> Ended:
    known = {name: getattr(row, name) for name in ("awarded_once", "refused_once")}
    key = next(key for key, asked in _BY_KEY.items() if asked.items() <= known.items())
    return Ended(row.public_id, row.number or "", row.province, key, clock.legal_date(row.changed_at))


def _rows(about: References) -> Sequence[Rows]:
    files = Application.objects.filter(public_id__in=ids_of(about, KIND))
    decisions = Decision.objects.filter(application__in=files)
    newest_first = decisions.order_by("-pk").values_list("pk", flat=True)
    of_files = [
        model.objects.filter(application__in=files)
        for model in (
            Hearing,
            AdviceRequest,
            Advice,
            Assessment,
            Assignment,
            RunRow,
            FileMessage,
            Signature,
            ClockEvent,
            BudgetRow,
            Participant,
        )
    ]
    return [
        Instalment.objects.filter(decision__in=decisions),
        Duty.objects.filter(decision__in=decisions),
        *(Decision.objects.filter(pk=pk) for pk in newest_first),  # one that takes the place of another goes before it
        *of_files,
        files,
    ]


def _related(about: References) -> Iterable[tuple[str, str]]:
    taken = Decision.objects.filter(application__public_id__in=ids_of(about, KIND)).values_list("public_id", flat=True)
    return (("decision", name) for name in taken)


def _needs(people: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for rows, field in (
        (Application.objects.filter(applicant__in=people), "applicant"),
        (Participant.objects.filter(person__in=people), "person"),
        (Signature.objects.filter(person__in=people), "person"),
        (FileMessage.objects.filter(person__in=people), "person"),
    ):
        found |= set(rows.values_list(field, flat=True))
    return found


def _find(number: str) -> tuple[str, str] | None:
    return Application.objects.filter(number=number).values_list("public_id", "province").first()


RULES = [RetentionRule(KIND, tuple(_BY_KEY), _ended, _ended_one, _find)]
HOLDINGS = [Holding("grants", "aanvraag en besluit", _rows, related=_related, needs=_needs)]
