"""Put a letter on the list to print, and take it off when it was printed."""

from collections.abc import Sequence

from django.db import transaction

from vliegwiel.foundation.papers import access
from vliegwiel.foundation.papers.models import Letter, PrintJob
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound


@recorded("put-to-print", kind="letter", about=lambda arguments: str(arguments["letter"])[:12])
def put_to_print(*, actor: Actor, letter: str) -> None:
    """A letter (public id) goes by post: it stands on the list until it was printed. Harmless when repeated.

    Raises NotFound, and NotAllowed for who may not add papers to the record.
    """
    found = Letter.objects.filter(public_id=letter).first()
    if found is None:
        raise NotFound("Deze brief kennen we niet.")
    access.demand(access.may_add(actor, found.about_kind, found.about_id))
    with transaction.atomic():
        _job, new = PrintJob.objects.get_or_create(letter=found, defaults={"province": found.province})
        if new:
            record(actor=actor, action="put-to-print", subject=Reference("letter", letter, "", ""))


@recorded("mark-printed", kind="letter")
def mark_printed(*, actor: Actor, letters: Sequence[str], province: str) -> int:
    """These letters (public ids) of this province were printed and posted; returns how many were still on the list."""
    demand(actor, "send-letters", Subject(province=province))
    count = 0
    with transaction.atomic():
        for letter in letters:
            open_jobs = PrintJob.objects.filter(letter__public_id=letter, province=province, printed_at=None)
            if open_jobs.update(printed_at=clock.now(), printed_by=actor.id):
                count += 1
                record(actor=actor, action="mark-printed", subject=Reference("letter", letter, "", ""))
    return count
