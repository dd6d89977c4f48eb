"""Say of which year a waiting file is and when it was published."""

from datetime import date

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.figures import received
from vliegwiel.see.figures.models import ReceivedFile


@trail.recorded("describe-file", kind="received-file", about=lambda arguments: str(arguments["file"])[:12])
def describe_file(*, actor: Actor, file: str, year: int | None, published: date | None) -> ReceivedFile:
    """Keep what the person says about a file (public id). Raises NotAllowed, NotFound for a file of someone else."""
    demand(actor, "import-figures")
    found = received.file_of(actor, file)
    found.year, found.published = year, published
    found.save(update_fields=["year", "published"])
    return found
