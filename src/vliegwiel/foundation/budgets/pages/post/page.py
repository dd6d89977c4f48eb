"""The page of a budget line: how it stands on a day, its ceilings, its contracts, and what was booked last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.catalogue.instruments import instrument_kinds
from vliegwiel.foundation.budgets.actions.keep_contract import KIND
from vliegwiel.foundation.budgets.named_files import with_files
from vliegwiel.foundation.budgets.overview import ceiling_line, line_of, rows_of
from vliegwiel.foundation.budgets.pages.trail_of import to_instrument
from vliegwiel.foundation.budgets.pages.tree.page import asked_day
from vliegwiel.foundation.budgets.queries import budget_line, position_of
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.kernel import clock

_LAST = 10


def post_page(request: HttpRequest, post: str) -> HttpResponse:
    """`/beheer/budgetten/posten/<id>`; `?op=2026-05-01` shows the stand at the end of that day."""
    actor, found = actor_of(request), budget_line(post)
    at = Subject(province=found.province)
    demand(actor, "read-budgets", at)
    on = asked_day(request)
    stands = position_of(found, on)
    kind = instrument_kinds()[found.instrument.kind]
    entries = (
        found.entries.filter(on__lte=on)
        .select_related("ceiling", "words", "corrects", "corrected_by", "decision")
        .order_by("-on", "-number")
    )
    context = {
        "post": found,
        "kind": kind,
        "on": on,
        "is_today": on == clock.today(),
        "stands": stands,
        "line": line_of(stands),
        "rows": rows_of(stands),
        "ceilings": [(item, ceiling_line(item)) for item in found.ceilings.select_related("within").order_by("starts", "name")],
        "contracts": found.balances.filter(about_kind=KIND).order_by("about_id"),
        "entries": with_files(actor, entries[:_LAST]),
        "above": to_instrument(found.instrument),
        "may_manage": bool(may(actor, "manage-budgets", at)),
        "may_pay": bool(may(actor, "prepare-payments", at)),
        "made_up": found.instrument.line.programme.made_up,
    }
    return render(request, "foundation/budgets/pages/post/page.html", context)
