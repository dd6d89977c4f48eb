"""Proof-read a batch: mark letters read, hold them back, let them go along again."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.compose import dated, problems_of
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.models import Batch, BatchLetter, RowState
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid

_OPEN = (RowState.READY, RowState.HELD, RowState.REFUSED)


@recorded("read-letter", kind="batch", about=lambda arguments: str(arguments["batch"])[:12])
def mark_read(*, actor: Actor, batch: str, number: int) -> None:
    """This letter of the batch was proof-read by the actor. Raises NotFound, NotAllowed, and NotNow when it is on its way."""
    found = batch_for(actor, batch)
    with transaction.atomic():
        _change(found, number, _OPEN, read_at=clock.now(), read_by=actor.id)
        _record(actor, "read-letter", found, {"number": number})


@recorded("hold-letter", kind="batch", about=lambda arguments: str(arguments["batch"])[:12])
def hold_letter(*, actor: Actor, batch: str, number: int, why: str) -> None:
    """Hold this letter back, with the reason. Raises NotFound, NotAllowed, NotValid without a reason, NotNow when it went."""
    found = batch_for(actor, batch)
    if not why.strip():
        raise NotValid(_("Schrijf op waarom u deze brief vasthoudt."), code="no-reason")
    with transaction.atomic():
        _change(found, number, (*_OPEN, RowState.RELEASED), state=RowState.HELD, why=why.strip()[:500])
        _record(actor, "hold-letter", found, {"number": number})


@recorded("free-letter", kind="batch", about=lambda arguments: str(arguments["batch"])[:12])
def free_letter(*, actor: Actor, batch: str, number: int) -> None:
    """Let a letter that was held, or that did not go, go along again. Raises NotFound, NotAllowed, NotNow when it is not held, and
    NotValid when it still lacks something."""
    found = batch_for(actor, batch)
    row = row_of(found, number)
    problems = problems_of(dated(LetterDraft.from_json(row.draft), clock.today()))
    if problems:
        raise NotValid(_("Deze brief kan nog niet weg."), code="not-ready", details=problems)
    with transaction.atomic():
        _change(found, number, (RowState.HELD, RowState.REFUSED), state=RowState.READY, why="")
        _record(actor, "free-letter", found, {"number": number})


@recorded("hold-batch", kind="batch", about=lambda arguments: str(arguments["batch"])[:12])
def hold_batch(*, actor: Actor, batch: str, why: str) -> int:
    """Hold back everything of this batch that did not go yet, also what was released: the brake. Returns how many letters.

    Raises NotFound, NotAllowed, and NotValid without a reason.
    """
    found = batch_for(actor, batch)
    if not why.strip():
        raise NotValid(_("Schrijf op waarom u de stapel vasthoudt."), code="no-reason")
    with transaction.atomic():
        rows = found.rows.filter(state__in=(RowState.READY, RowState.RELEASED))
        count = rows.update(state=RowState.HELD, why=why.strip()[:500])
        _record(actor, "hold-batch", found, {"letters": count})
    return count


def batch_for(actor: Actor, batch: str) -> Batch:
    """The batch with this public id, for who sends letters in its province; raises NotFound and NotAllowed."""
    found = Batch.objects.filter(public_id=batch).first()
    if found is None:
        raise NotFound(_("Deze stapel kennen we niet. Kijk in de lijst met stapels."))
    demand(actor, "send-letters", Subject(province=found.province))
    return found


def row_of(batch: Batch, number: int) -> BatchLetter:
    """The letter with this number; raises NotFound."""
    found = batch.rows.filter(number=number).first()
    if found is None:
        raise NotFound(_("Deze brief zit niet in de stapel."))
    return found


def _change(batch: Batch, number: int, states: tuple[RowState, ...], **values: object) -> None:
    """One conditional change decides: what was sent in the meantime stays as it is."""
    rows: QuerySet[BatchLetter] = batch.rows.filter(number=number, state__in=states)
    if not rows.update(**values):
        row_of(batch, number)
        raise NotNow(_("Deze brief is al verstuurd of gaat net weg."), code="on-its-way")


def _record(actor: Actor, action: str, batch: Batch, facts: dict[str, str | int | bool | None]) -> None:
    subject = Reference("batch", batch.public_id, "", "")
    record(actor=actor, action=action, subject=subject, facts=facts, province=batch.province)
