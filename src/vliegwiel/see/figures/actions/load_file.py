"""Load a file from quarantine, with the answers about its columns; then throw the file away."""

from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.figures import quarantine, received
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.answers import GivenAnswers
from vliegwiel.see.figures.models import ReceivedFile


@trail.recorded("import-figures", kind="received-file", about=lambda arguments: str(arguments["file"])[:12])
def load_file(*, actor: Actor, file: str, answers: GivenAnswers | None = None) -> ReceivedFile:
    """Import the file (public id) as `import_release` does. Raises what that raises; the file then still waits.

    Raises NotFound for a file that is not there or that someone else brought, NotNow when it was loaded already.
    """
    demand(actor, "import-figures")
    found = received.file_of(actor, file)
    if found.release_id is not None:
        raise NotNow(_("Dit bestand is al geladen."), code="loaded")
    done = import_release(
        actor=actor, path=received.path_of(found), told=received.told_of(found), answers=answers, made_up=found.made_up
    )
    found.release = done.release
    found.outcome = {
        "ignored": list(done.ignored),
        "left_out": list(done.left_out),
        "already_there": done.already_there,
        "unknown_areas": list(done.unknown_areas),
    }
    found.save(update_fields=["release", "outcome"])
    quarantine.QUARANTINE.remove(found.token)
    return found
