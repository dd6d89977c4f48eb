"""How people call a file that money was booked on: the ledger keeps its id for ever, the room that owns the file knows its number."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from vliegwiel.kernel.actor import Actor


@dataclass(frozen=True)
class NamedFile:
    """The number of a file, and the page at work where this actor may read it; empty when they may not."""

    number: str
    path: str = ""


@dataclass(frozen=True)
class FileNames:
    """What a room above says of its files of one `kind`: their names by id for who asks, and the ids that go by a number."""

    kind: str
    named: Callable[[Actor, Collection[str]], Mapping[str, NamedFile]]
    numbered: Callable[[str], Collection[str]]


#: So many ids are asked in one question.
_AT_ONCE = 1_000


class _Booked(Protocol):
    """An entry or a payment, as far as it names its file."""

    about_kind: str
    about_id: str


Row = TypeVar("Row", bound=_Booked)


def with_files(actor: Actor, rows: Iterable[Row]) -> list[tuple[Row, NamedFile]]:
    """Each row with its file; one of which no room knows a number is called by its id. The number of questions does
    not grow with the rows, up to a thousand files."""
    found = list(rows)
    names: dict[tuple[str, str], NamedFile] = {}
    for item in _contributed():
        ids = sorted({row.about_id for row in found if row.about_kind == item.kind})
        for first in range(0, len(ids), _AT_ONCE):
            names |= {(item.kind, key): file for key, file in item.named(actor, ids[first : first + _AT_ONCE]).items()}
    return [(row, names.get((row.about_kind, row.about_id), NamedFile(row.about_id))) for row in found]


def ids_of(typed: str) -> set[str]:
    """Every id that a typed number or id may stand for."""
    return {typed, *(key for item in _contributed() for key in item.numbered(typed))}


def _contributed() -> Iterator[FileNames]:
    """As `settings.VLIEGWIEL_BOOKED_FILES` names them: paths of lists in the rooms."""
    for path in settings.VLIEGWIEL_BOOKED_FILES:
        rows: Sequence[FileNames] = import_string(path)
        yield from rows
