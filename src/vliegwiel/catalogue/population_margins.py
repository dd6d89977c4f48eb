"""Population totals that a survey can be weighted to, as dated figures hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from vliegwiel.catalogue.text import values_in

_FILE = Path(__file__).parent / "population_margins.yml"


@dataclass(frozen=True)
class Category:
    """One category: its name, other names for it, and the indicators (with −1 when taken off) that add up to it."""

    name: str
    also: tuple[str, ...]
    terms: tuple[tuple[str, int], ...]

    def is_called(self, text: str) -> bool:
        """Whether a file means this category."""
        return _bare(text) in {_bare(name) for name in (self.name, *self.also)}


@dataclass(frozen=True)
class PopulationMargin:
    """A set of totals (*populatiemarge*) of one `population`; either categories, or one total per municipality (`places`)."""

    key: str
    name: str
    population: str
    categories: tuple[Category, ...]
    places: tuple[tuple[str, int], ...]


@lru_cache(maxsize=1)
def population_margins() -> Mapping[str, PopulationMargin]:
    """All of them by key, in the order of the file.

    >>> population_margins()["geslacht"].population
    'alle inwoners'
    """
    record: dict[str, Any] = values_in(_FILE.read_text(encoding="utf-8"))
    return {key: _margin(key, one) for key, one in record.items()}


def _margin(key: str, record: Mapping[str, Any]) -> PopulationMargin:
    categories = tuple(
        Category(one["name"], tuple(map(str, one.get("also", ()))), _terms(one["sum"])) for one in record.get("categories", ())
    )
    return PopulationMargin(key, record["name"], record["population"], categories, _terms(record.get("places", ())))


def _terms(names: Any) -> tuple[tuple[str, int], ...]:
    return tuple((name.removeprefix("-"), -1 if name.startswith("-") else 1) for name in names)


def _bare(text: str) -> str:
    return " ".join(text.replace("–", "-").casefold().split())
