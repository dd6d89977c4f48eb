"""Definitions of indices: which indicators, with which weight and why; kinds of pressure and place; what makes areas alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vliegwiel.catalogue.reader import indicators, themes
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid

FOLDER = Path(__file__).parent / "indices"
NAMES = ("vulnerability", "typology", "similar")


@dataclass(frozen=True)
class Ingredient:
    """One indicator of an index: its public weight in points, whether high or low is pressure, and why it is there.

    `kind` is register, survey or model. Ingredients with the same `same_as` measure the same thing: one of them counts.
    """

    key: str
    name: str
    theme: str
    points: int
    pressure: str
    kind: str
    why: str
    same_as: str = ""

    @property
    def direction(self) -> str:
        """What is better, in the word of the catalogue."""
        return "lower_is_better" if self.pressure == "high" else "higher_is_better"


@dataclass(frozen=True)
class Word:
    """Whether this province calls areas *kwetsbaar*, and what it says otherwise."""

    kwetsbaar: bool
    otherwise: str

    def __str__(self) -> str:
        return "kwetsbaar" if self.kwetsbaar else self.otherwise


@dataclass(frozen=True)
class IndexDefinition:
    """A composite index (*samengestelde index*) as published: ingredients, rules and the settings of its draws."""

    version: str
    title: str
    word: Word
    level: str
    min_inhabitants: int
    min_themes: float
    worst: float
    draws: int
    seed: int
    spread: float
    standardisation: tuple[str, ...]
    max_points: int
    indicators: tuple[Ingredient, ...]

    @property
    def points(self) -> dict[str, int]:
        """The public weights by indicator."""
        return {item.key: item.points for item in self.indicators}


@dataclass(frozen=True)
class PressureKind:
    """A kind of pressure and its rule, in words and in numbers."""

    key: str
    name: str
    rule: str
    at_least: int = 0
    at_most: int | None = None
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bound:
    """A bound on an indicator: at least `least` and below `below`, each if given."""

    indicator: str
    least: float | None = None
    below: float | None = None


@dataclass(frozen=True)
class PlaceKind:
    """A kind of place and its rule, in words and as bounds that must all hold."""

    key: str
    name: str
    rule: str
    conditions: tuple[Bound, ...]


@dataclass(frozen=True)
class Typology:
    """Kinds of pressure and of place, each in the order in which they are tried."""

    version: str
    pressure: tuple[PressureKind, ...]
    places: tuple[PlaceKind, ...]


@dataclass(frozen=True)
class Feature:
    """A structural feature by which areas are alike; `more` and `less` say how another area differs."""

    key: str
    more: str
    less: str
    by_ratio: bool = False


@dataclass(frozen=True)
class SimilarDefinition:
    """What makes areas alike, how many are shown, and how many form the group to compare with, per level."""

    version: str
    shown: int
    min_features: float
    group: Mapping[str, int]
    features: tuple[Feature, ...]


@cache
def vulnerability() -> IndexDefinition:
    """The definition behind *Waar stapelt het zich op?*"""
    record = _load("vulnerability")
    return IndexDefinition(
        **{
            **record,
            "word": Word(**record["word"]),
            "standardisation": tuple(record["standardisation"]),
            "indicators": tuple(Ingredient(**item) for item in record["indicators"]),
        }
    )


@cache
def typology() -> Typology:
    """Kinds of pressure and of place."""
    record = _load("typology")
    kinds = tuple(PressureKind(**{**item, "among": tuple(item.get("among", ()))}) for item in record["pressure"])
    places = tuple(
        PlaceKind(**{**item, "conditions": tuple(Bound(**bound) for bound in item["conditions"])}) for item in record["places"]
    )
    return Typology(record["version"], kinds, places)


@cache
def alike() -> SimilarDefinition:
    """What makes areas alike."""
    record = _load("similar")
    return SimilarDefinition(**{**record, "features": tuple(Feature(**item) for item in record["features"])})


def validate() -> None:
    """Check the definitions against their schema, the themes, and each other. Raises NotValid with one line per problem."""
    from jsonschema import Draft202012Validator

    schemas = values_in((FOLDER / "schema.yml").read_text(encoding="utf-8"))
    problems = [
        f"{name}.yml: {'/'.join(map(str, error.path))}: {error.message}"
        for name in NAMES
        for error in Draft202012Validator(schemas[name]).iter_errors(_load(name))
    ]
    if problems := problems or _contradictions():
        raise NotValid("De definitie van een index klopt niet.", details=tuple(problems))


def _contradictions() -> list[str]:
    """Themes that do not exist, and lines that say something else than the catalogue; an indicator may be unknown still."""
    known, problems = indicators(), []
    for item in vulnerability().indicators:
        if item.theme not in themes():
            problems.append(f"{item.key}: onbekend thema {item.theme}")
        if item.key in known and known[item.key].kind != item.kind:
            problems.append(f"{item.key}: in de catalogus is dit {known[item.key].kind}, hier {item.kind}")
        if item.key in known and known[item.key].direction not in ("neutral", item.direction):
            problems.append(f"{item.key}: de catalogus noemt een andere kant gunstig")
    used = [theme for kind in typology().pressure for theme in kind.among]
    return problems + [f"typologie: onbekend thema {theme}" for theme in used if theme not in themes()]


def _load(name: str) -> dict[str, Any]:
    found: dict[str, Any] = values_in((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return found
