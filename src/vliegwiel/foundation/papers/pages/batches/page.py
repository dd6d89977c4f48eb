"""Batches of letters: the list, one batch row by row, and proof-reading its letters one after the other."""

from collections import Counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.papers.actions.proofread_batch import (
    batch_for,
    free_letter,
    hold_batch,
    hold_letter,
    mark_read,
    row_of,
)
from vliegwiel.foundation.papers.actions.release_batch import release_batch
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.models import Batch, BatchLetter, RowState
from vliegwiel.foundation.papers.pages.paper.page import as_file
from vliegwiel.foundation.papers.prepared import page_of, preview_of
from vliegwiel.foundation.papers.queries import counts_by_batch
from vliegwiel.foundation.papers.rules import may_be_released
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal

_ROOM = "foundation/papers/pages/batches"
_ORDER = (RowState.REFUSED, RowState.HELD, RowState.READY, RowState.RELEASED, RowState.ISSUED)


@require_GET
def batches_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/brieven/stapels`: what is still to be read and released first, then what went."""
    province = settings.VLIEGWIEL_PROVINCE
    demand(actor_of(request), "send-letters", Subject(province=province))
    found = [(batch, sum(counts.values()), _in_order(counts)) for batch, counts in counts_by_batch(province)]
    open_ones = [item for item in found if any(state != RowState.ISSUED for state, _count in item[2])]
    context = {"open": open_ones, "gone": [item for item in found if item not in open_ones]}
    return render(request, f"{_ROOM}/list.html", context)


def batch_page(request: HttpRequest, batch: str, *, wrong: Refusal | None = None) -> HttpResponse:
    """`/beheer/brieven/stapels/<id>`: every letter with its state and why; `?stand=` shows one state only."""
    found = batch_for(actor_of(request), batch)
    rows = list(found.rows.defer("draft").order_by("number"))
    asked = request.GET.get("stand", "")
    counts = Counter(row.state for row in rows)
    ready = [(row.kind, row.read_at is not None) for row in rows if row.state == RowState.READY]
    verdict = may_be_released(ready)
    context = {
        "batch": found,
        "rows": [row for row in rows if asked in ("", row.state)],
        "counts": _in_order(counts),
        "total": len(rows),
        "asked": asked,
        "ready": len(ready),
        "first_unread": next((row.number for row in rows if row.state == RowState.READY and row.read_at is None), 0),
        "why_not": "" if verdict else verdict.reasons[0].text,
        "moving": counts[RowState.RELEASED],
        "can_stop": counts[RowState.RELEASED] + counts[RowState.READY],
        "wrong": wrong,
        "given": request.POST if wrong else {},
    }
    return render(request, f"{_ROOM}/batch.html", context, status=_status(wrong))


@require_POST
def batch_released(request: HttpRequest, batch: str) -> HttpResponse:
    """`/beheer/brieven/stapels/<id>/vrijgeven`."""
    try:
        release_batch(actor=actor_of(request), batch=batch)
    except NotNow as refusal:
        return batch_page(request, batch, wrong=refusal)
    return redirect("letter_batch", batch=batch)


@require_POST
def batch_held(request: HttpRequest, batch: str) -> HttpResponse:
    """`/beheer/brieven/stapels/<id>/vasthouden`."""
    try:
        hold_batch(actor=actor_of(request), batch=batch, why=request.POST.get("reden", ""))
    except NotValid as refusal:
        return batch_page(request, batch, wrong=refusal)
    return redirect("letter_batch", batch=batch)


def batch_letter_page(request: HttpRequest, batch: str, number: int) -> HttpResponse:
    """`/beheer/brieven/stapels/<id>/<number>`: the letter as it would go today; read it, hold it, or let it go along again."""
    actor = actor_of(request)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            return _changed(request, batch, number)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    found = batch_for(actor, batch)
    row = row_of(found, number)
    letter = row.letter
    context = {
        "batch": found,
        "row": row,
        "total": found.rows.count(),
        "html": letter.html if letter else page_of(province=found.province, draft=LetterDraft.from_json(row.draft)),
        "letter": letter,
        "before": _beside(found, number, -1),
        "after": _beside(found, number, 1),
        "may_read": row.state in (RowState.READY, RowState.HELD, RowState.REFUSED),
        "may_hold": row.state in (RowState.READY, RowState.RELEASED, RowState.REFUSED),
        "may_free": row.state in (RowState.HELD, RowState.REFUSED),
        "wrong": wrong,
        "given": request.POST if wrong else {},
    }
    return render(request, f"{_ROOM}/letter.html", context, status=_status(wrong))


@require_GET
def batch_letter_pdf(request: HttpRequest, batch: str, number: int) -> HttpResponse:
    """`/beheer/brieven/stapels/<id>/<number>/pdf`: the draft as PDF; nothing is kept."""
    found = batch_for(actor_of(request), batch)
    draft = LetterDraft.from_json(row_of(found, number).draft)
    return as_file(preview_of(province=found.province, draft=draft).pdf, "application/pdf", f"proef-{number}.pdf", download=False)


def _changed(request: HttpRequest, batch: str, number: int) -> HttpResponse:
    """What the button says, and on to the next letter that nobody read."""
    actor, wanted = actor_of(request), request.POST.get("wat", "")
    if wanted == "gelezen":
        mark_read(actor=actor, batch=batch, number=number)
    elif wanted == "vasthouden":
        hold_letter(actor=actor, batch=batch, number=number, why=request.POST.get("reden", ""))
    elif wanted == "meesturen":
        free_letter(actor=actor, batch=batch, number=number)
        return redirect("batch_letter", batch=batch, number=number)
    unread = BatchLetter.objects.filter(batch__public_id=batch, number__gt=number, read_at=None, state=RowState.READY)
    following = unread.order_by("number").values_list("number", flat=True).first()
    return redirect("batch_letter", batch=batch, number=following) if following else redirect("letter_batch", batch=batch)


def _beside(batch: Batch, number: int, step: int) -> int:
    return number + step if batch.rows.filter(number=number + step).exists() else 0


def _in_order(counts: dict[str, int]) -> list[tuple[RowState, int]]:
    return [(state, counts[state]) for state in _ORDER if counts.get(state)]


def _status(wrong: Refusal | None) -> int:
    return 200 if wrong is None else 409 if isinstance(wrong, NotNow) else 400
