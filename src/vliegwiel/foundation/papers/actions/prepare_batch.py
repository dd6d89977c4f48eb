"""Make letters ready together, to be proof-read and released."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.batches import BatchRow, purpose_of
from vliegwiel.foundation.papers.compose import dated, problems_of
from vliegwiel.foundation.papers.models import Batch, BatchLetter, RowState
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid


@recorded("prepare-batch", kind="batch")
def prepare_batch(*, actor: Actor, province: str, title: str, rows: Sequence[BatchRow], purpose: str = "", key: str = "") -> str:
    """Put these drafts together as a batch and return its public id; nothing goes yet.

    A draft that lacks something is held from the start, with what it lacks. Leave dates out of the drafts: they are dated on the day they
    go. With a `key` the same batch is made once: a second time its id is returned. Raises NotAllowed for who does not send letters in
    this province, and NotValid for an unknown purpose or a batch without letters or title.
    """
    demand(actor, "send-letters", Subject(province=province))
    purpose_of(purpose)
    if not rows or not title.strip():
        raise NotValid(_("Geef de stapel een naam en minstens één brief."), code="empty-batch")
    if found := _made(province, purpose, key):
        return found
    today = clock.today()
    checked = [(row, problems_of(dated(row.draft, today))) for row in rows]
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                province=province, title=title.strip()[:120], purpose=purpose, key=key, made_by=actor.id, made_at=clock.now()
            )
            made = [_row(batch, number, row, problems) for number, (row, problems) in enumerate(checked, 1)]
            BatchLetter.objects.bulk_create(made, batch_size=100)
            facts: dict[str, str | int | bool | None] = {
                "letters": len(made),
                "held": sum(row.state == RowState.HELD for row in made),
                "purpose": purpose,
            }
            subject = Reference("batch", batch.public_id, "", "")
            record(actor=actor, action="prepare-batch", subject=subject, facts=facts, province=province)
    except IntegrityError:  # somebody made it at the same moment
        return _made(province, purpose, key)
    return batch.public_id


def _made(province: str, purpose: str, key: str) -> str:
    same = Batch.objects.filter(province=province, purpose=purpose, key=key) if key else Batch.objects.none()
    return same.values_list("public_id", flat=True).first() or ""


def _row(batch: Batch, number: int, row: BatchRow, problems: tuple[str, ...]) -> BatchLetter:
    return BatchLetter(
        batch=batch,
        number=number,
        about_kind=row.about.kind,
        about_id=row.about.id,
        about_path=row.about.path,
        person=row.person,
        kind=row.draft.kind,
        name=row.draft.recipient.name[:120],
        summary=row.draft.summary_b1,
        draft=row.draft.to_json(),
        state=RowState.HELD if problems else RowState.READY,
        why="\n".join(problems),
    )
