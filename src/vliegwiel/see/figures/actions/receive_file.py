"""Take in a file that someone uploads; it waits in quarantine until it is loaded."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from vliegwiel.foundation.papers.public import safe_name
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.see.figures import quarantine
from vliegwiel.see.figures.models import ReceivedFile


@trail.recorded("receive-file", kind="received-file")
def receive_file(
    *,
    actor: Actor,
    name: str,
    size: int,
    start: bytes,
    chunks: Iterable[bytes],
    year: int | None = None,
    published: date | None = None,
    made_up: bool = False,
) -> ReceivedFile:
    """Keep the bytes apart; `start` are the first of them. Raises NotAllowed, or NotValid for what cannot be a delivery of figures."""
    demand(actor, "import-figures")
    clean = safe_name(name)
    quarantine.refuse_unless_figures(clean, size, start)
    token = quarantine.QUARANTINE.keep(clean, chunks)
    try:
        with transaction.atomic():
            received = ReceivedFile.objects.create(
                token=token,
                file_name=clean,
                size=size,
                received_by=actor.id,
                received_at=clock.now(),
                year=year,
                published=published,
                made_up=made_up,
            )
            subject = Reference("received-file", received.public_id, "", "")
            trail.record(actor=actor, action="receive-file", subject=subject, facts={"bytes": size})
    except BaseException:
        quarantine.QUARANTINE.remove(token)
        raise
    return received
