"""A file with all that rooms hold about it, and the rooms' rules: what has ended, what stands in the way, what it consists of."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import import_string

from vliegwiel.kernel.retention import Holding, References, RetentionRule, Rows

_PIECE = 500


def rules() -> list[RetentionRule]:
    """The rules of all rooms, as `settings.VLIEGWIEL_RETENTION_RULES` names them."""
    return [rule for path in settings.VLIEGWIEL_RETENTION_RULES for rule in import_string(path)]


def rule_of(kind: str) -> RetentionRule:
    """The rule of this kind of record; an unknown kind raises KeyError."""
    return {rule.kind: rule for rule in rules()}[kind]


def holdings() -> list[Holding]:
    """What all rooms hold, in the order in which it is destroyed, as `settings.VLIEGWIEL_HOLDINGS` names it."""
    return [holding for path in settings.VLIEGWIEL_HOLDINGS for holding in import_string(path)]


def blocked(ids: Sequence[str]) -> dict[str, list[str]]:
    """Why files may not go yet, by id: one line for each room that says so."""
    found: dict[str, list[str]] = defaultdict(list)
    for holding in holdings():
        for piece in _pieces(ids):
            for name, why in holding.blocked(piece).items():
                found[name].append(why)
    return found


def latest(ids: Sequence[str]) -> dict[str, date]:
    """The last day on which something happened in any room, by id; a file without one is not there."""
    found: dict[str, date] = {}
    for holding in holdings():
        for piece in _pieces(ids):
            for name, day in holding.latest(piece).items():
                found[name] = max(day, found.get(name, day))
    return found


def needed(people: Sequence[str]) -> set[str]:
    """Those of these persons whom a record still names."""
    return {name for holding in holdings() for piece in _pieces(people) for name in holding.needs(piece)}


@dataclass(frozen=True)
class Part:
    """What one room holds of a file."""

    holding: Holding
    rows: Sequence[Rows]

    def as_json(self) -> str:
        """Every row, as the backup writes it: the same rows give the same text."""
        found = [serializers.serialize("python", rows) for rows in self.rows]
        plain = DjangoJSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return str(plain.encode([row for rows in found for row in rows]))


@dataclass(frozen=True)
class File:
    """A record (kind, id) with all that hangs on it."""

    kind: str
    id: str

    @cached_property
    def references(self) -> References:
        """Its own reference, and those of what hangs on it."""
        found: set[tuple[str, str]] = {(self.kind, self.id)}
        for holding in holdings():
            found |= set(holding.related(frozenset(found)))
        return frozenset(found)

    @cached_property
    def parts(self) -> list[Part]:
        """What each room holds of it; rooms that hold nothing are there too."""
        return [Part(holding, holding.rows(self.references)) for holding in holdings()]

    @cached_property
    def documents(self) -> dict[str, str]:
        """All rows as text, per room that holds something."""
        return {part.holding.room: text for part in self.parts if (text := part.as_json()) != "[]"}

    @property
    def hash(self) -> str:
        """SHA-256 of all rows, in the order of the rooms' names: what was transferred can be laid beside what was destroyed here."""
        found = hashlib.sha256()
        for room, text in sorted(self.documents.items()):
            found.update(f"{room}\n{text}\n".encode())
        return found.hexdigest()

    @property
    def names(self) -> dict[str, str]:
        """Every id and number under which it, or what hangs on it, could be found, with its kind."""
        numbers = {
            row["fields"]["number"]: "number"
            for text in self.documents.values()
            for row in json.loads(text)
            if isinstance(row["fields"].get("number"), str) and "-" in row["fields"]["number"]
        }
        return {**numbers, **{name: kind for kind, name in self.references}}

    def papers(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Name and bytes of each document of it."""
        for part in self.parts:
            yield from part.holding.papers(self.references)

    def destroy(self) -> int:
        """Destroy all of it, in the caller's transaction; returns how many rows went or were emptied."""
        return sum(part.holding.destroy(self.references, part.rows) for part in self.parts)


def _pieces(ids: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(ids)
    yield from (every[start : start + _PIECE] for start in range(0, len(every), _PIECE))
