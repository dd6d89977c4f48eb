"""What the pool holds of a case that is destroyed, what stays counted without names, and whom it still needs."""

from collections.abc import Iterable, Sequence

from django.db.models import F, Q, QuerySet

from vliegwiel.kernel.retention import Holding, References, Rows, ids_of
from vliegwiel.support.experts.actions.leave_experts import leave_experts
from vliegwiel.support.experts.lifecycle import ExpertState
from vliegwiel.support.experts.models import (
    Expert,
    ExpertHours,
    ExpertInterest,
    ExpertRequest,
    ExpertTask,
    HelpAnswer,
    MoreHours,
    PoolCount,
)
from vliegwiel.support.experts.queries import counted


def _requests(about: References) -> QuerySet[ExpertRequest]:
    cases = Q(about_kind="support-case", about_id__in=ids_of(about, "support-case"))
    return ExpertRequest.objects.filter(cases | Q(public_id__in=ids_of(about, "expert-request")))


def _rows(about: References) -> Sequence[Rows]:
    found = _requests(about)
    tasks = ExpertTask.objects.filter(request__in=found)
    counter = ExpertHours.objects.filter(task__in=tasks, corrects__isnull=False)
    parts = [model.objects.filter(task__in=tasks) for model in (ExpertHours, MoreHours, HelpAnswer)]
    return [counter, *parts, tasks, ExpertInterest.objects.filter(request__in=found), found]


def _related(about: References) -> Iterable[tuple[str, str]]:
    return (("expert-request", name) for name in _requests(about).values_list("public_id", flat=True))


def _destroy(about: References, rows: Sequence[Rows]) -> int:
    """Count first what stays counted, then delete."""
    found = _requests(about)
    years = {day.year for day in found.values_list("opened_on", flat=True) if day}
    years |= {day.year for day in found.values_list("ended_on", flat=True) if day}
    years |= {day.year for day in ExpertHours.objects.filter(task__request__in=found).values_list("on", flat=True)}
    years |= {day.year for day in HelpAnswer.objects.filter(task__request__in=found).values_list("on", flat=True)}
    for province in set(found.values_list("province", flat=True)):
        for year in years:
            for what, count in counted(found.filter(province=province), year).items():
                if count:
                    row, _made = PoolCount.objects.get_or_create(province=province, year=year, what=what)
                    PoolCount.objects.filter(pk=row.pk).update(count=F("count") + count)
    return sum(part.delete()[0] for part in rows)


def _needs(people: Sequence[str]) -> set[str]:
    """Experts of the pool, and colleagues that a request or decision still names."""
    inside = Expert.objects.filter(person__in=people, state__in=[ExpertState.ASKED.value, ExpertState.ADMITTED.value])
    found = set(inside.values_list("person", flat=True))
    for rows, field in (
        (Expert.objects.filter(decided_by__in=people), "decided_by"),
        (ExpertRequest.objects.filter(adviser__in=people), "adviser"),
        (ExpertTask.objects.filter(assigned_by__in=people), "assigned_by"),
        (MoreHours.objects.filter(answered_by__in=people), "answered_by"),
    ):
        found |= set(rows.order_by().values_list(field, flat=True))
    return found


HOLDINGS = [
    Holding(
        "experts",
        "verzoeken om een deskundige",
        _rows,
        related=_related,
        destroy=_destroy,
        needs=_needs,
        leave=leave_experts,
    )
]
