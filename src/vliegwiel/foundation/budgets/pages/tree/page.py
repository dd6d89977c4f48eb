"""`/beheer/budgetten`: every programme down to its budget lines, as it stood on a day."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.foundation.budgets.files import table
from vliegwiel.foundation.budgets.models import Programme
from vliegwiel.foundation.budgets.overview import ProgrammeStand, sum_of, tree
from vliegwiel.foundation.budgets.pages.trail_of import above_budgets
from vliegwiel.foundation.budgets.rules import BUCKETS
from vliegwiel.foundation.people.public import Fields, actor_of, demand_somewhere, may_filter, may_somewhere
from vliegwiel.foundation.questions.public import date_of
from vliegwiel.kernel import clock

COLUMNS = (
    "programma",
    "lijn",
    "instrument",
    "soort",
    "post",
    "nummer",
    "eerste dag",
    "laatste dag",
    "krediet",
    "vrij",
    "gereserveerd",
    "vastgelegd",
    "betaald",
    "terugontvangen",
    "vervallen",
)


def tree_page(request: HttpRequest) -> HttpResponse:
    """`?op=2026-05-01` shows the stand at the end of that day, `?formaat=csv` gives it as a table."""
    actor = actor_of(request)
    demand_somewhere(actor, "read-budgets")
    on = asked_day(request)
    found = tree(may_filter(actor, "read-budgets", Programme.objects.all(), Fields(province="province")), on)
    if request.GET.get("formaat") == "csv":
        made_up = any(item.programme.made_up for item in found)
        return table(f"budgetten-{on.isoformat()}", COLUMNS, _rows(found), made_up=made_up)
    context = {
        "programmes": found,
        "total": sum_of(item.stands for item in found),
        "on": on,
        "is_today": on == clock.today(),
        "above": above_budgets(),
        "may_manage": bool(may_somewhere(actor, "manage-budgets")),
        "made_up": any(item.programme.made_up for item in found),
    }
    return render(request, "foundation/budgets/pages/tree/page.html", context)


def asked_day(request: HttpRequest) -> date:
    """The day in `?op=`, at most today; today without one."""
    return min(date_of(request.GET.get("op", "")) or clock.today(), clock.today())


def _rows(found: list[ProgrammeStand]) -> list[list[object]]:
    return [
        [
            programme.programme.title,
            line.line.title,
            instrument.instrument.title,
            instrument.kind.name,
            item.post.title,
            item.post.code,
            item.post.starts,
            item.post.ends,
            *(getattr(item.stands, bucket) for bucket in BUCKETS),
        ]
        for programme in found
        for line in programme.lines
        for instrument in line.instruments
        for item in instrument.posts
    ]
