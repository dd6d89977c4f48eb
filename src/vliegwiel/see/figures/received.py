"""Files that were brought and wait in quarantine: each is seen by who brought it only."""

from pathlib import Path

from django.utils.translation import gettext as _

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.figures import quarantine
from vliegwiel.see.figures.models import ReceivedFile
from vliegwiel.see.figures.recognise import Told


def file_of(actor: Actor, name: str) -> ReceivedFile:
    """A file (public id) of this actor. Raises NotFound when it is not there, of someone else, or thrown away."""
    found = ReceivedFile.objects.filter(public_id=name, received_by=actor.id).select_related("release").first()
    if found is None or (found.release is None and not path_of(found).is_file()):
        raise NotFound(_("Dit bestand is er niet meer. Kies het opnieuw."), nearest=((_("Leveringen"), "/beheer/cijfers"),))
    return found


def waiting_of(actor: Actor) -> list[ReceivedFile]:
    """The files of this actor that are not loaded yet, newest first."""
    return list(ReceivedFile.objects.filter(received_by=actor.id, release=None).order_by("-received_at"))


def path_of(file: ReceivedFile) -> Path:
    """Where the bytes lie."""
    return quarantine.QUARANTINE.path_of(file.token, file.file_name)


def told_of(file: ReceivedFile) -> Told:
    """What the person said about it."""
    return Told(file.year, file.published)
