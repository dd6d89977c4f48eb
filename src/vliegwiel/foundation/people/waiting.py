"""What waits for someone, over all rooms: the one list of work of a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from vliegwiel.kernel.actor import Actor


@dataclass(frozen=True)
class Waiting:
    """What waits on one page: its name and path, how many, the first legal day among them and how many are late."""

    name: str
    path: str
    count: int = 1
    first: date | None = None
    late: int = 0


#: What a room contributes: what waits for this actor there, with a fixed number of questions to the database.
Waits = Callable[[Actor], Iterable[Waiting]]


def waiting_for(actor: Actor) -> list[Waiting]:
    """What waits for this actor in every room: late first, then by the first day."""
    rooms: list[Waits] = [import_string(path) for path in settings.VLIEGWIEL_WAITING]
    found = [item for room in rooms for item in room(actor) if item.count]
    return sorted(found, key=lambda item: (not item.late, item.first or date.max))
