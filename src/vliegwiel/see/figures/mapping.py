"""Which column of a file is which indicator: what the catalogue says, what people answered, and what is still a question."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vliegwiel.catalogue.tables import Table, TableFamily

_NUMBERED = re.compile(r"_\d+$")


@dataclass(frozen=True)
class Answer:
    """What someone said a column is: an indicator, or nothing we keep (None)."""

    indicator: str | None


#: Answers by family and key; the key is a stem, or `table:whole key` where a stem is found twice.
Answers = Mapping[tuple[str, str], Answer]


@dataclass(frozen=True)
class FileColumns:
    """Columns of one file: `known` (key → indicator, or `key|member` → indicator), `ignored`, and `unknown` ones."""

    known: Mapping[str, str]
    ignored: tuple[str, ...]
    unknown: tuple[str, ...]


def stem(name: str) -> str:
    """A StatLine key without the number that changes every year.

    >>> stem("AantalInwoners_5"), stem("k_0Tot15Jaar_8")
    ('AantalInwoners', 'k_0Tot15Jaar')
    """
    return _NUMBERED.sub("", name)


def twice(family: TableFamily, names: Iterable[str]) -> frozenset[str]:
    """Stems that stand for more than one column of this file; they are never guessed."""
    if not family.numbered:
        return frozenset()
    return frozenset(name for name, count in Counter(map(stem, names)).items() if count > 1)


def answer_key(family: TableFamily, table: Table, name: str, doubled: frozenset[str]) -> str:
    """Under which key an answer about a column is kept: next year's key has another number, unless the stem is found twice."""
    if not family.numbered:
        return name
    return f"{table.id}:{name}" if stem(name) in doubled else stem(name)


def map_columns(family: TableFamily, table: Table, names: Iterable[str], answers: Answers) -> FileColumns:
    """Say for each column what it is. An answer of a person goes before the catalogue."""
    names = [name for name in names if name not in family.role_columns()]
    doubled = twice(family, names)
    known: dict[str, str] = {}
    ignored: list[str] = []
    unknown: list[str] = []
    for name in names:
        bare = stem(name) if family.numbered else name
        answer = answers.get((family.family, answer_key(family, table, name, doubled)))
        if answer is not None:
            if answer.indicator is None:
                ignored.append(name)
            else:
                known[name] = answer.indicator
            continue
        found = _from_catalogue(family, table, name, bare, doubled)
        if found:
            known |= found
        elif {name, bare} & family.ignore or {name, bare} & set(family.attributes):
            ignored.append(name)
        else:
            unknown.append(name)
    return FileColumns(known, tuple(ignored), tuple(unknown))


def _from_catalogue(family: TableFamily, table: Table, name: str, bare: str, doubled: frozenset[str]) -> dict[str, str]:
    if name in table.columns:
        return {name: table.columns[name]}
    key = name if name in family.columns or bare in doubled else bare
    if family.dimension:
        members = {member: f"{key}|{member}" for member in family.members}
        found = {f"{name}|{member}": family.columns[path] for member, path in members.items() if path in family.columns}
        if found:
            return found
    return {name: family.columns[key]} if key in family.columns else {}
