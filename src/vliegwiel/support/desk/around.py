"""What rooms above show at the desk: links beside a file, and for who is looking for one kind of help; heaps beside the inbox."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from vliegwiel.kernel.actor import Actor


@dataclass(frozen=True)
class DeskLink:
    """A line with a link: the text before it, the page it leads to, and the words of the link."""

    text: str
    path: str
    link: str


#: Who looks, the kind of help (a key of catalogue/desk.yml), the file (public id; empty for who is still looking), whether they work on it.
DeskLinks = Callable[[Actor, str, str, bool], Iterable[DeskLink]]


def links_for(actor: Actor, kind: str, *, file: str = "", works: bool = False) -> list[DeskLink]:
    """Every link of the rooms above."""
    rooms: list[DeskLinks] = [import_string(path) for path in settings.VLIEGWIEL_DESK_LINKS]
    return [link for room in rooms for link in room(actor, kind, file, works)]


@dataclass(frozen=True)
class DeskHeap:
    """A heap of another room beside the inbox: its name, the page where it lies, how many wait there, and how many of those are late."""

    name: Promise | str
    path: str
    count: int
    late: int = 0


#: The heaps of this person, with a fixed number of questions; none for who has nothing to do with them.
DeskHeaps = Callable[[Actor], Iterable[DeskHeap]]


def heaps_for(actor: Actor) -> list[DeskHeap]:
    """Every heap of the rooms above."""
    rooms: list[DeskHeaps] = [import_string(path) for path in settings.VLIEGWIEL_DESK_HEAPS]
    return [heap for room in rooms for heap in room(actor)]
