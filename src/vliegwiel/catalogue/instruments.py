"""Kinds of instrument, their phases, and the roles of the province, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in


@dataclass(frozen=True)
class InstrumentKind:
    """A kind of instrument (*soort instrument*): its Dutch name, its legal frame, what makes money committed, and whether the life of a
    grant belongs to it, and whether it spends under a ceiling (Awb 4:22) only."""

    key: str
    name: str
    frame: str
    committed_by: str
    grants: bool
    ceiling: bool


@cache
def instrument_kinds() -> Mapping[str, InstrumentKind]:
    """The kinds by key, in the order of the file."""
    return {key: InstrumentKind(key, **record) for key, record in _document()["kinds"].items()}


def phases() -> Mapping[str, str]:
    """The phases of an instrument by key, in order."""
    found: Mapping[str, str] = _document()["phases"]
    return found


def province_roles() -> Mapping[str, str]:
    """The roles a province can take, by key."""
    found: Mapping[str, str] = _document()["roles"]
    return found


@cache
def _document() -> dict[str, Any]:
    found: dict[str, Any] = values_in((FOLDER / "instruments.yml").read_text(encoding="utf-8"))
    return found
