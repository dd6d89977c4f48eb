"""Throw away a file that is not loaded."""

from django.db import transaction

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.see.figures import quarantine, received


@trail.recorded("discard-file", kind="received-file", about=lambda arguments: str(arguments["file"])[:12])
def discard_file(*, actor: Actor, file: str) -> None:
    """Remove a waiting file (public id) and what was said about it. Raises NotAllowed, NotFound for a file of someone else."""
    demand(actor, "import-figures")
    found = received.file_of(actor, file)
    with transaction.atomic():
        found.delete()
        trail.record(actor=actor, action="discard-file", subject=Reference("received-file", file, "", ""))
    quarantine.QUARANTINE.remove(found.token)
