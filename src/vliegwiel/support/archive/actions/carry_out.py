"""Carry out an approved list, file by file: each is destroyed whole in a transaction of its own, or not at all."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.search.public import remove_document, sweep_index
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.support.archive.files import File
from vliegwiel.support.archive.lifecycle import ListState, RowState
from vliegwiel.support.archive.models import DestructionList, ListedFile, Tombstone
from vliegwiel.support.archive.queries import list_named, weighed
from vliegwiel.support.archive.standing import reference


def carry_out(*, actor: Actor, on: str) -> int:
    """Destroy what waits on an approved list; returns how many files went. It may be stopped anywhere and begun again.

    What changed since the list was approved is looked at again: a file that is blocked by then stays, and the row says why. Only the
    installation does this. Raises NotAllowed, and NotNow for a list that nobody approved.
    """
    if actor.kind != "system":
        raise NotAllowed(_("Dit doet de computer, als een tweede persoon de lijst goedkeurt."), code="by-the-clock")
    found = list_named(on)
    if found.state == ListState.DONE:
        return 0
    if found.state != ListState.APPROVED:
        raise NotNow(_("Deze lijst is niet goedgekeurd."), code="state")
    gone = sum(_destroy(actor, found, row) for row in list(found.files.filter(state=RowState.WAITING)))
    with transaction.atomic():
        if DestructionList.objects.filter(pk=found.pk, state=ListState.APPROVED).update(
            state=ListState.DONE, done_at=clock.now()
        ):
            done = found.files.filter(state=RowState.DONE).count()
            trail.record(
                actor=actor, action="carry-out-list", subject=reference(found), facts={"count": done}, province=found.province
            )
    erase_traces(actor=actor)
    return gone


def erase_traces(*, actor: Actor) -> None:
    """Clear what a database and an index keep of rows that are gone: words that nothing has any more, and pages in the log of SQLite."""
    sweep_index(actor=actor)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@transaction.atomic
def _destroy(actor: Actor, on: DestructionList, row: ListedFile) -> bool:
    """One file: taken by who gets its row first, looked at again, destroyed, and its tombstones set."""
    now = weighed(row.kind, row.object_id)
    why = _("het dossier loopt weer") if now is None else "; ".join(now.obstacles)
    if now is not None and not why and not (now.over and now.how == on.how):
        why = _("de termijn of de bestemming is veranderd")
    if why:
        ListedFile.objects.filter(pk=row.pk, state=RowState.WAITING).update(state=RowState.REFUSED, why=why)
        return False
    file = File(row.kind, row.object_id)
    digest, names, papers = file.hash, file.names, sum(1 for _paper in file.papers())
    taken = ListedFile.objects.filter(pk=row.pk, state=RowState.WAITING)
    if not taken.update(state=RowState.DONE, done_at=clock.now(), record_hash=digest, papers=papers):
        return False
    rows = file.destroy()
    for name, kind in names.items():
        remove_document(actor=actor, kind=kind, id=name)
    ListedFile.objects.filter(pk=row.pk).update(rows=rows)
    Tombstone.objects.bulk_create(Tombstone(name=name, kind=kind, file=row) for name, kind in sorted(names.items()))
    trail.record(
        actor=actor,
        action="destroy-file",
        subject=Reference(row.kind, row.object_id, "", ""),
        facts={"list": on.number, "term": row.key, "how": on.how, "rows": rows, "sha256": digest},
        province=row.province,
    )
    return True
