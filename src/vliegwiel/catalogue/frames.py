"""Ways of dividing what matters into themes (*kaders*), the seventeen goals, and the words we use: all as data, read once."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER, indicators
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid


@dataclass(frozen=True)
class FramePart:
    """One theme, capital, dimension or indicator of a frame.

    `official` are the frame's own measures that we have; `indicators` are figures of ours that fit. Both hold indicator keys. `group`
    is the half of the frame it stands in (*hier en nu*, *later*), `note` says what is uncertain.
    """

    key: str
    name: str
    group: str = ""
    official: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    note: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every indicator of the part, the frame's own first."""
        return (*self.official, *(key for key in self.indicators if key not in self.official))


@dataclass(frozen=True)
class Frame:
    """A frame (*kader*): the themes by which somebody looks at a place, in order, with its source.

    `kind` is what its parts are called in Dutch. `unnamed` is the number of parts that exist but that the source does not name: they
    stay empty. `ended` is the last year in which the maker kept it.
    """

    key: str
    name: str
    source: str
    kind: str
    note: str
    parts: tuple[FramePart, ...]
    unnamed: int = 0
    ended: int | None = None

    @property
    def size(self) -> int:
        """The number of parts by the source, named or not."""
        return len(self.parts) + self.unnamed


@dataclass(frozen=True)
class Goal:
    """A Sustainable Development Goal (*ontwikkelingsdoel*): its number, short name and cluster (physical, social or economic)."""

    number: int
    name: str
    cluster: str


@dataclass(frozen=True)
class Term:
    """A word (*begrip*) as it stands on screen, what it means in plain Dutch, and its name in the code, if it has one.

    `forms` are other forms of the same word in our texts, such as the plural.
    """

    term: str
    meaning: str
    code: str = ""
    forms: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Where the word stands on the page of words."""
        return re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", self.term.casefold())).strip("-")


@cache
def frames() -> Mapping[str, Frame]:
    """The frames by key, in the order of their files."""
    records = [_load(f"frames/{path.name}") for path in sorted((FOLDER / "frames").glob("*.yml"))]
    return {record["key"]: _frame(record) for record in records}


@cache
def goals() -> Mapping[int, Goal]:
    """The seventeen goals by number."""
    return {record["number"]: Goal(**record) for record in _load("sdgs.yml")}


@cache
def glossary() -> Mapping[str, Term]:
    """The words by their Dutch term, in alphabetical order."""
    terms = [Term(**{**record, "forms": tuple(record.get("forms", ()))}) for record in _load("glossary.yml")]
    return {term.term: term for term in sorted(terms, key=lambda term: term.term.casefold())}


def frames_of(indicator: str) -> tuple[tuple[Frame, FramePart], ...]:
    """Where an indicator stands in each frame."""
    return tuple((frame, part) for frame in frames().values() for part in frame.parts if indicator in part.keys)


def validate() -> None:
    """Check frames, goals and glossary against their schema and the indicators. Raises NotValid with one line per problem."""
    from jsonschema import Draft202012Validator

    schemas = _load("frames-schema.yml")
    documents = {f"frames/{path.name}": "frame" for path in sorted((FOLDER / "frames").glob("*.yml"))}
    documents |= {"sdgs.yml": "goals", "glossary.yml": "glossary"}
    problems = [
        f"{name}: {'/'.join(map(str, error.path))}: {error.message}"
        for name, schema in documents.items()
        for error in Draft202012Validator(schemas[schema]).iter_errors(_load(name))
    ]
    if not problems:
        problems = _broken_references()
    if problems:
        raise NotValid("De kaders of begrippen kloppen niet.", details=tuple(problems))


def _broken_references() -> list[str]:
    problems = [
        f"{frame.key}: {part.key}: onbekende indicator {key}"
        for frame in frames().values()
        for part in frame.parts
        for key in part.keys
        if key not in indicators()
    ]
    words = [record["term"] for record in _load("glossary.yml")]
    problems += [
        f"glossary.yml: {word} staat er twee keer in" for word in sorted({word for word in words if words.count(word) > 1})
    ]
    return problems


def _frame(record: dict[str, Any]) -> Frame:
    parts = tuple(
        FramePart(**{**part, "official": tuple(part.get("official", ())), "indicators": tuple(part.get("indicators", ()))})
        for part in record["parts"]
    )
    return Frame(**{**record, "parts": parts})


def _load(name: str) -> Any:
    return values_in((FOLDER / name).read_text(encoding="utf-8"))
