"""The trail on a page: who did what, and when. Reading it is recorded too."""

from dataclasses import asdict, dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from vliegwiel.foundation.people.pages.logbook.words import ACTIONS, ACTORS, OBJECTS, ORIGINS, REASONS, fact_in_words, word_of
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.foundation.trail import queries
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.foundation.trail.public import Result, record
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.canonical import content_hash

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One line of the trail in Dutch words, with the entry it tells."""

    entry: Entry
    action: str
    about: str
    reason: str
    who: str
    origin: str
    facts: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry) -> "Row":
        """The words of an entry."""
        return cls(
            entry,
            word_of(ACTIONS, entry.action),
            word_of(OBJECTS, entry.object_kind),
            word_of(REASONS, entry.reason),
            entry.actor_id if entry.actor_kind == "person" else word_of(ACTORS, entry.actor_kind),
            word_of(ORIGINS, entry.origin),
            tuple(fact_in_words(name, value) for name, value in entry.facts.items()),
        )


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
    rows = list(queries.before(found, asked.get("voor", "")[:12]).select_related("sealed")[: PAGE + 1])
    kept = [(key, str(value)) for key, value in asked.items() if key != "voor"]
    context = {
        "rows": [Row.of(entry) for entry in rows[:PAGE]],
        "chosen": chosen,
        "asked": asked,
        "actions": sorted(ACTIONS.items(), key=lambda pair: str(pair[1])),
        "results": Result.choices,
        "older": f"?{urlencode([*kept, ('voor', rows[PAGE - 1].public_id)])}" if len(rows) > PAGE else "",
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
