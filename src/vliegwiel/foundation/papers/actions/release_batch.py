"""Release a batch that was proof-read: its letters go one by one, in the background."""

import logging

from django.db import transaction

from vliegwiel.foundation.papers.actions.proofread_batch import batch_for
from vliegwiel.foundation.papers.batches import purpose_of
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.models import BatchLetter, Letter, RowState
from vliegwiel.foundation.papers.prepared import prepare_letter
from vliegwiel.foundation.papers.rules import may_be_released
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, Refusal

log = logging.getLogger(__name__)


@recorded("release-batch", kind="batch", about=lambda arguments: str(arguments["batch"])[:12])
def release_batch(*, actor: Actor, batch: str) -> int:
    """Let every letter of this batch go that is ready; what is held stays. Returns how many.

    The letters go in the background, each in a transaction of its own with the act it belongs to, in the name of the actor. Raises
    NotFound, NotAllowed, and NotNow with every reason when the batch was not proof-read.
    """
    from vliegwiel.foundation.papers.tasks import send_released

    found = batch_for(actor, batch)
    with transaction.atomic():
        ready = found.rows.filter(state=RowState.READY)
        verdict = may_be_released([(row.kind, row.read_at is not None) for row in ready.only("kind", "read_at")])
        if not verdict:
            lines = tuple(reason.text for reason in verdict.reasons)
            raise NotNow(lines[0], code=verdict.reasons[0].code)
        count = ready.update(
            state=RowState.RELEASED, released_at=clock.now(), released_by=actor.id, released_for=actor.organisation
        )
        subject = Reference("batch", found.public_id, "", "")
        record(actor=actor, action="release-batch", subject=subject, facts={"letters": count}, province=found.province)
        send_released.enqueue()
    return count


def send_released_letters() -> int:
    """Send every letter that was released and did not go yet, oldest batch first; returns how many went.

    Harmless when it stops anywhere or runs twice at once: a letter goes together with the change of its row, or not at all.
    """
    count = 0
    numbers = BatchLetter.objects.filter(state=RowState.RELEASED).order_by("batch_id", "number").values_list("pk", flat=True)
    for pk in list(numbers):
        row = BatchLetter.objects.select_related("batch").filter(pk=pk, state=RowState.RELEASED).first()
        if row is not None:
            count += _tried(row)
    return count


def _tried(row: BatchLetter) -> bool:
    actor = Actor("person", row.released_by, row.released_for, origin="job", province=row.batch.province)
    actor = actor if row.released_by != "vliegwiel" else Actor.system("job")
    try:
        return send_row(actor=actor, row=row, province=row.batch.province)
    except Refusal as refusal:
        why = "\n".join((refusal.message, *refusal.details))
        BatchLetter.objects.filter(pk=row.pk, state=RowState.RELEASED).update(state=RowState.REFUSED, why=why)
    except Exception:  # a fault of ours in one letter does not hold up the others; it is tried again at the next turn
        log.exception("letter %s of batch %s could not be sent", row.number, row.batch.public_id)
    return False


@recorded("send-batch-letter", kind="batch", about=lambda arguments: arguments["row"].batch.public_id)
def send_row(*, actor: Actor, row: BatchLetter, province: str) -> bool:
    """One letter: prepared first, then in one transaction the act, the letter, its delivery and the row; false when it was taken.

    The row is taken first, so that of two processes the second finds it gone before it acts. Raises a Refusal of the act.
    """
    ready = prepare_letter(province=province, draft=LetterDraft.from_json(row.draft))
    about = Reference(row.about_kind, row.about_id, "", row.about_path)
    with transaction.atomic():
        mine = BatchLetter.objects.filter(pk=row.pk, state=RowState.RELEASED)
        if not mine.update(released_at=clock.now()):
            return False
        letter = purpose_of(row.batch.purpose).send(actor, about, ready, row.person)
        issued = Letter.objects.only("pk").get(public_id=letter)
        if not mine.update(state=RowState.ISSUED, why="", letter=issued):
            raise NotNow("De rij is al verstuurd.", code="on-its-way")
    return True
