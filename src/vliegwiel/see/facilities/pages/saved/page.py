"""A saved question: its answer as it was given, shared, sent, printed, and what becomes of the buildings."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.people.public import actor_of, known_person, organisation_names
from vliegwiel.foundation.questions.public import money_or_none
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.share_outcome import plan_next_use, send_outcome, share_outcome
from vliegwiel.see.facilities.models import ClosureScenario, KeepQuestion
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.keep.shown import keep_context
from vliegwiel.see.facilities.pages.what_if.page import as_csv, outcome_context
from vliegwiel.see.facilities.pages.what_if.shown import use_text
from vliegwiel.see.facilities.queries import Filter
from vliegwiel.see.facilities.standing import Saved, kind_of, may_change, may_read, saved_named

_FOLDER = "see/facilities/pages/saved"


@require_http_methods(["GET", "POST"])
def scenario_page(request: HttpRequest, saved: str) -> HttpResponse:
    """`/voorzieningen/scenarios/<id>`."""
    return _page(request, "closure-scenario", saved)


@require_http_methods(["GET", "POST"])
def keep_page(request: HttpRequest, saved: str) -> HttpResponse:
    """`/voorzieningen/keuzes/<id>`."""
    return _page(request, "keep-question", saved)


@require_GET
def scenario_csv(request: HttpRequest, saved: str) -> HttpResponse:
    """`/voorzieningen/scenarios/<id>.csv`: the neighbourhoods, as they were worked out."""
    found = _readable(actor_of(request), "closure-scenario", saved)
    if found.state != "done":
        raise NotNow(_("Deze berekening is nog niet klaar."), code="not-ready")
    return as_csv(found.outcome, "wat-als")


def _page(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    actor = actor_of(request)
    found = _readable(actor, kind, name)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _deed(request, actor, kind, name)
            return redirect(found.path)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    context = _context(actor, found) | {"wrong": wrong}
    template = "scenario" if isinstance(found, ClosureScenario) else "choice"
    return render(request, f"{_FOLDER}/{template}.html", context, status=400 if wrong else 200)


def _readable(actor: Actor, kind: str, name: str) -> Saved:
    found = saved_named(kind, name)
    verdict = may_read(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return found


def _deed(request: HttpRequest, actor: Actor, kind: str, name: str) -> None:
    """One of the three things that can be done with a saved question."""
    given = request.POST
    deeds: dict[str, Callable[[], Any]] = {
        "deel": lambda: share_outcome(actor=actor, kind=kind, saved=name),
        "stuur": lambda: send_outcome(actor=actor, kind=kind, saved=name, municipalities=given.getlist("gemeente")),
        "gebruik": lambda: plan_next_use(
            actor=actor, kind=kind, saved=name, facility=given.get("gebouw", ""), use=given.get("straks", ""),
            owner=given.get("eigenaar", ""),
            yearly=money_or_none(given, "kosten"),
        ),
    }  # fmt: skip
    deed = deeds.get(given.get("wat", ""))
    if deed is None:
        raise NotFound(_("Dit kan hier niet."))
    deed()


def _context(actor: Actor, found: Saved) -> dict[str, Any]:
    municipalities = municipalities_of(found.province)
    mine = bool(may_change(actor, found))
    author = known_person(found.author)
    context: dict[str, Any] = {
        "saved": found,
        "kind": kind_of(found),
        "mine": mine,
        "author": author.name if author else "",
        "organisation": organisation_names([found.organisation]).get(found.organisation, ""),
        "sent": [name for code, name in municipalities if code in found.sent_to],
        "municipalities": [(code, name, code in _concerned(found)) for code, name in municipalities if code not in found.sent_to],
        "vintage": told.vintage(found.vintage),
        "made_up": found.made_up,
        "next_uses": facility_words().next_uses.items(),
        "csv": f"{found.path}.csv",
        "how": told.how(found.profile),
    }
    if found.state != "done":
        return context | {"progress": _progress(found)}
    context["going"] = _going(found)
    if isinstance(found, ClosureScenario):
        items = list(queries.facilities(found.province, Filter(kind=found.kind, open_only=False))[:1000])
        context |= outcome_context(found.outcome, items, lambda item: item.path)
    elif isinstance(found, KeepQuestion):
        context |= keep_context(found) | {"ask_otherwise": _ask_otherwise(found)}
    return context | {"made_up": found.made_up}


def _ask_otherwise(found: KeepQuestion) -> str:
    """The page where the question can be asked again with what was filled in; empty when none of its buildings is there any more."""
    building = next(iter(queries.facilities_named(found.province, found.candidates)), None)
    if building is None:
        return ""
    asked = {"gemeente": building.municipality, "soort": building.kind, "van": found.public_id}
    return f"{reverse('keep_choose')}?{urlencode(asked)}"


def _progress(found: Saved) -> dict[str, Any] | None:
    """How far the work is, in words and as a bar; None before it began."""
    told_us = found.progress
    if "of" in told_us:
        text = _("Klaar: {done} van {of} manieren van reizen.").format(done=told_us["done"], of=told_us["of"])
        return {"done": told_us["done"], "of": told_us["of"], "text": text}
    if "gap" in told_us:
        share = round(100 * (1 - told_us["gap"]), 1)
        text = _("Een goede keuze is er. Het bewijs is voor {share} procent rond.").format(share=number(share, 1))
        return {"done": share, "of": 100, "text": text}
    return None


def _going(found: Saved) -> list[dict[str, Any]]:
    """The buildings that close or are not kept, with what becomes of each as far as anybody said."""
    if isinstance(found, ClosureScenario):
        leaving = found.outcome["closed"]
    else:
        kept = set(found.outcome.get("chosen", []))
        leaving = [item for item in found.outcome["candidates"] if item["id"] not in kept] if kept else []
    rows = []
    for item in leaving:
        said = found.next_uses.get(item["id"], {})
        yearly = said.get("yearly")
        rows.append(
            {
                "id": item["id"],
                "name": item["name"],
                "use": use_text(said),
                "key": said.get("use", ""),
                "owner": said.get("owner", ""),
                "yearly": Money(yearly) if yearly is not None else None,
            }
        )
    return rows


def _concerned(found: Saved) -> set[str]:
    """The municipalities in which somebody notices, or whose buildings it is about."""
    if isinstance(found, ClosureScenario):
        return {row["municipality"] for row in found.outcome.get("places", [])}
    return {item.municipality for item in queries.facilities_named(found.province, found.candidates)}
