"""What rooms above say beside a file of this room: that another funder takes part, and what it decided."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class FileNote:
    """A line beside a file (*aantekening*): the text, the page it leads to with the words of that link, and whether it is for the
    applicant's own pages or for who works on the file."""

    text: str
    path: str
    link: str
    for_applicant: bool = False


#: The public id of an application → its notes.
NotesOf = Callable[[str], list[FileNote]]


def notes_about(application: str, *, for_applicant: bool) -> list[FileNote]:
    """Every note of the rooms above about an application (public id), for one of the two sides."""
    found: list[FileNote] = []
    for path in settings.VLIEGWIEL_FILE_NOTES:
        notes: NotesOf = import_string(path)
        found += [note for note in notes(application) if note.for_applicant == for_applicant]
    return found
