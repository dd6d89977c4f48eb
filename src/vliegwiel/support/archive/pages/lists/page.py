"""One list: read by a second person, approved or given back, and afterwards the proof of what went."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.people.public import Subject, actor_of, known_person, may
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.archive.actions.decide_list import approve_list, hash_of, leave_out, return_list
from vliegwiel.support.archive.lifecycle import How, ListState, RowState, Verb
from vliegwiel.support.archive.models import DestructionList
from vliegwiel.support.archive.pages.keeping.page import province_for
from vliegwiel.support.archive.queries import list_named


def _list_for(actor: Actor, name: str) -> DestructionList:
    found = list_named(name[:12])
    if found.province != province_for(actor):
        raise NotAllowed(_("Deze lijst is van een andere provincie."), code="elsewhere")
    return found


@require_http_methods(["GET", "POST"])
def list_page(request: HttpRequest, name: str) -> HttpResponse:
    """`/beheer/bewaren/lijsten/<id>`."""
    actor = actor_of(request)
    found = _list_for(actor, name)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _act(actor, found, request)
            return redirect("destruction_list", name=found.public_id)
        except (NotValid, NotNow, NotFound, NotAllowed) as refusal:
            wrong = refusal
    rows = list(found.files.all())
    other = bool(may(actor, Verb.APPROVE, Subject(province=found.province))) and actor.id != found.proposed_by
    context: dict[str, Any] = {
        "list": found,
        "rows": [(row, retentions()[row.key].name) for row in rows],
        "waiting": [row for row in rows if row.state == RowState.WAITING],
        "gone": [row for row in rows if row.state == RowState.DONE],
        "proposer": _name(found.proposed_by),
        "decider": _name(found.decided_by),
        "seen": hash_of(found),
        "decides": other and found.state == ListState.PROPOSED,
        "own": actor.id == found.proposed_by and found.state == ListState.PROPOSED,
        "transfer": found.how == How.TRANSFER,
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": found.made_up,
    }
    return render(request, "support/archive/pages/lists/page.html", context, status=400 if wrong else 200)


def _act(actor: Actor, found: DestructionList, request: HttpRequest) -> None:
    what, sent, on = request.POST.get("doe", ""), request.POST, found.public_id
    if what == "goed":
        approve_list(actor=actor, on=on, seen=sent.get("gezien", ""), receipt=sent.get("bewijs", ""))
    elif what == "terug":
        return_list(actor=actor, on=on, why=sent.get("waarom", ""))
    elif what == "eraf":
        leave_out(actor=actor, on=on, file=sent.get("dossier", ""), why=sent.get("waarom", ""))


def _name(person: str) -> str:
    known = known_person(person) if person else None
    return known.name if known else _("iemand die hier niet meer werkt")


@require_GET
def list_file(request: HttpRequest, name: str) -> HttpResponse:
    """`/beheer/bewaren/lijsten/<id>/lijst.csv`: every file with its term, what came of it, and the hash of what it was."""
    found = _list_for(actor_of(request), name)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.csv"'
    writer = Rows(answer)
    writer.write(["lijst", "nummer", "soort", "van", "tot", "grond", "stand", "op", "regels", "stukken", "sha256", "reden"])
    for row in found.files.all():
        done = row.done_at.date() if row.done_at else ""
        told = [row.key, row.since, row.ends, row.ground, row.get_state_display(), done, row.rows, row.papers, row.record_hash]
        writer.write([found.number, row.number, *told, row.why])
    return answer
