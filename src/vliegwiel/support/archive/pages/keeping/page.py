"""What is due, what waits for a second person, what stays longer, and how long everything is kept."""

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.foundation.questions.public import date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.archive import queries
from vliegwiel.support.archive.actions.keep_file import end_keeping, keep_file
from vliegwiel.support.archive.actions.propose_list import propose_list
from vliegwiel.support.archive.lifecycle import How, Verb
from vliegwiel.support.archive.models import DestructionList, Keeping

#: So many lists are shown, and of so many kept files is looked whether they ended: of the others the download says it.
_LISTS = 25


def province_for(actor: Actor) -> str:
    """The province whose files this person looks after; raises NotAllowed to who does not."""
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    if not may(actor, Verb.APPROVE, Subject(province=province)):
        demand(actor, Verb.PROPOSE, Subject(province=province))
    return province


@require_http_methods(["GET", "POST"])
def due_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/bewaren`: a form proposes a list of one kind, keeps a file longer, or ends that."""
    actor = actor_of(request)
    province = province_for(actor)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            made = _act(actor, province, request)
            return redirect("destruction_list", name=made.public_id) if made else redirect("retention")
        except (NotValid, NotNow, NotFound) as refusal:
            wrong = refusal
    today = clock.today()
    found = queries.candidates(province, soon=True)
    lists = list(queries.lists_of(province)[:_LISTS])
    context: dict[str, Any] = {
        "kinds": _kinds(found),
        "stuck": [item for item in found if item.over and item.obstacles],
        "lists": lists,
        "keepings": [
            (item, place >= _LISTS or _ended(item))
            for place, item in enumerate(queries.standing_keepings().filter(province=province))
        ],
        "terms": [(kind, kind.on(today)) for kind in retentions().values()],
        "may_propose": bool(may(actor, Verb.PROPOSE, Subject(province=province))),
        "may_approve": bool(may(actor, Verb.APPROVE, Subject(province=province))),
        "most": queries.MOST,
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": settings.VLIEGWIEL_DEMO,
    }
    return render(request, "support/archive/pages/keeping/page.html", context, status=400 if wrong else 200)


def _ended(item: Keeping) -> bool:
    """Whether a file that stays for ever can go to the archive now: it no longer runs."""
    return item.until is None and queries.weighed(item.kind, item.object_id) is not None


def _act(actor: Actor, province: str, request: HttpRequest) -> DestructionList | None:
    what, sent = request.POST.get("doe", ""), request.POST
    if what == "lijst":
        return propose_list(actor=actor, province=province, key=sent.get("soort", ""), how=sent.get("hoe", ""))
    if what == "bewaar":
        number, why = sent.get("nummer", ""), sent.get("waarom", "")
        keep_file(actor=actor, province=province, number=number, why=why, until=_until(sent.get("tot", "")))
    elif what == "beeindig":
        end_keeping(actor=actor, keeping=sent.get("uitzondering", ""))
    return None


def _until(text: str) -> date | None:
    """A day, or None when nothing was typed: for ever."""
    found = date_of(text.strip()) if text.strip() else None
    if text.strip() and found is None:
        raise NotValid(_("Dit is geen datum, zoals 31-12-2030."), code="no-date")
    return found


def _kinds(found: list[queries.Candidate]) -> list[dict[str, Any]]:
    """Per kind of record and what happens with it: how many are ready, stuck and nearly due, and the oldest."""
    rows = []
    for key in {item.key: None for item in sorted(found, key=lambda item: item.key)}:
        for how in How:
            here = [item for item in found if item.key == key and item.how == how]
            counts = Counter("ready" if item.ready else "stuck" if item.over else "soon" for item in here)
            if here:
                oldest = min(item.ends for item in here)
                rows.append({"key": key, "kind": retentions()[key], "how": how, "oldest": oldest, **_numbers(counts)})
    return rows


def _numbers(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in ("ready", "stuck", "soon")}


@require_GET
def due_file(request: HttpRequest) -> HttpResponse:
    """`/beheer/bewaren/aan-de-beurt.csv`: each file that is due or nearly, with what stands in the way; nothing changes."""
    province = province_for(actor_of(request))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="aan-de-beurt.csv"'
    writer = Rows(answer)
    writer.write(["nummer", "soort", "laatste_gebeurtenis", "termijn_tot", "grond", "wat", "staat_in_de_weg"])
    for item in queries.candidates(province, soon=True):
        stops = "; ".join(item.obstacles) or ("" if item.over else "de termijn loopt nog")
        writer.write([item.number, item.key, item.since, item.ends, item.ground, item.how.label, stops])
    return answer
