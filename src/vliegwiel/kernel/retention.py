"""What a room says about what it keeps: which records have ended, and what it holds of one, so that it can be destroyed in its time.

A *file* is a record with all that rooms hold about it. Rooms name it by references (kind, id): its own, and those of records that hang
on it, such as an objection, a decision or a letter.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from vliegwiel.kernel.actor import Actor

#: References (kind, id) to a record and to what hangs on it.
References = frozenset[tuple[str, str]]


class Leaving(Protocol):
    """What a room does when an account goes, in the transaction in which it goes."""

    def __call__(self, *, actor: Actor, person: str, email: str) -> None:
        """Let go of this person (public id), who signed in with this address."""
        ...


class Rows(Protocol):
    """Rows that are read for the export and the hash, and then deleted; a queryset is one."""

    def __iter__(self) -> Iterator[Any]:
        """Each row."""
        ...

    def delete(self) -> tuple[int, Mapping[str, int]]:
        """Delete them truly; says how many."""
        ...


@dataclass(frozen=True)
class Ended:
    """A record whose term runs (*afgesloten dossier*): codes and dates only. `key` is its kind in `catalogue/retention.yml`.

    `number` is what people call it; `since` the day on which something last happened as far as this room knows.
    """

    id: str
    number: str
    province: str
    key: str
    since: date


@dataclass(frozen=True)
class RetentionRule:
    """Records of one kind that end: `ended(province, key, until)` gives those of one term that did so on or before a day, oldest first.

    `keys` are its terms in `catalogue/retention.yml`. `ended_one(id)` gives one record as it is now, or None while it still runs or is
    not there; `find(number)` its id and province by what people call it.
    """

    kind: str
    keys: tuple[str, ...]
    ended: Callable[[str, str, date], Iterable[Ended]]
    ended_one: Callable[[str], Ended | None]
    find: Callable[[str], tuple[str, str] | None]


def _no_references(_about: References) -> Iterable[tuple[str, str]]:
    return ()


def _nothing(_ids: Sequence[str]) -> Mapping[str, Any]:
    return {}


def _nobody(_people: Sequence[str]) -> set[str]:
    return set()


def _stays(*, actor: Actor, person: str, email: str) -> None:
    """Nothing here goes with an account."""


def _no_files(_about: References) -> Iterable[tuple[str, Callable[[], bytes]]]:
    return ()


def _deleted(_about: References, rows: Sequence[Rows]) -> int:
    return sum(found.delete()[0] for found in rows)


@dataclass(frozen=True)
class Holding:
    """What a room holds about a file. `name` is what people call it.

    `rows` are in the order in which they can be deleted. `related` names records of this room that hang on the file. `destroy` deletes
    the rows, or empties what must stay; it is part of the caller's transaction and returns how many rows it touched. For many files at
    once, by their id: `blocked` says in Dutch why a file may not go yet, `latest` on which day something last happened. `needs` gives
    those of these persons (public ids) that a record still names. `papers` gives the name and bytes of documents, for the export.
    `leave` is what goes or ends with an account.
    """

    room: str
    name: str
    rows: Callable[[References], Sequence[Rows]]
    related: Callable[[References], Iterable[tuple[str, str]]] = _no_references
    destroy: Callable[[References, Sequence[Rows]], int] = _deleted
    blocked: Callable[[Sequence[str]], Mapping[str, str]] = _nothing
    latest: Callable[[Sequence[str]], Mapping[str, date]] = _nothing
    needs: Callable[[Sequence[str]], set[str]] = _nobody
    papers: Callable[[References], Iterable[tuple[str, Callable[[], bytes]]]] = _no_files
    leave: Leaving = _stays


def ids_of(about: References, *kinds: str) -> list[str]:
    """The ids among these references of one of these kinds."""
    return sorted(name for kind, name in about if kind in kinds)


def pointing_at(about: References) -> dict[str, list[str]]:
    """The same as a filter on the columns `about_kind` and `about_id`; ids are random, so one of another kind never fits."""
    return {"about_kind__in": sorted({kind for kind, _name in about}), "about_id__in": sorted({name for _kind, name in about})}
