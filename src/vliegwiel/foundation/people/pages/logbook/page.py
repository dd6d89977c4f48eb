"""The trail on a page: who did what, and when. Reading it is recorded too."""

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from vliegwiel.foundation.people.pages.logbook.words import ACTIONS, OBJECTS
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.foundation.trail import queries
from vliegwiel.foundation.trail.public import Result, record
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.canonical import content_hash

PAGE = 50


def logbook_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/logboek?handeling=&door=&over=&uitkomst=&van=&tot=&voor=`: newest first, fifty a page; the address holds the filter."""
    actor = actor_of(request)
    demand(actor, "read-trail")
    asked = request.GET
    chosen = queries.Filter(
        action=asked.get("handeling", "")[:60],
        actor=asked.get("door", "").strip()[:20],
        object=asked.get("over", "").strip()[:80],
        result=asked.get("uitkomst", "")[:10],
        since=_day(asked.get("van", "")),
        until=_day(asked.get("tot", "")),
    )
    found = queries.entries(chosen)
    before = asked.get("voor", "")
    rows = list((found.filter(pk__lt=int(before)) if before.isdecimal() else found).select_related("sealed__seal")[: PAGE + 1])
    context = {
        "rows": [
            (row, ACTIONS.get(row.action, row.action), OBJECTS.get(row.object_kind, row.object_kind)) for row in rows[:PAGE]
        ],
        "chosen": chosen,
        "asked": asked,
        "actions": [(key, ACTIONS.get(key, key)) for key in queries.actions()],
        "results": Result.choices,
        "older": f"?{urlencode([*((key, str(value)) for key, value in asked.items() if key != 'voor'), ('voor', str(rows[PAGE - 1].pk))])}"
        if len(rows) > PAGE
        else "",
    }
    record(
        actor=actor,
        action="read-trail",
        subject=Reference("trail", "", "", ""),
        result=Result.READ,
        facts={"filter": content_hash(asdict(chosen)), "rows": len(rows[:PAGE])},
    )
    return render(request, "foundation/people/pages/logbook/page.html", context)


def _day(text: str) -> date | None:
    """A day from the address; None for nothing or for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
