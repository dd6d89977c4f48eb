"""Validated scales whose words are locked, as data: every question of them with its words, answers and ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in


@dataclass(frozen=True)
class LockedScale:
    """A validated scale (*gevalideerde schaal*): what it measures, who made it, on which terms, and its questions as plain records."""

    key: str
    name: str
    measures: str
    source: str
    free: str
    items: tuple[Mapping[str, Any], ...]


@cache
def locked_scales() -> Mapping[str, LockedScale]:
    """All of them by key."""
    document: dict[str, Any] = values_in((FOLDER / "locked_scales.yml").read_text(encoding="utf-8"))
    return {key: LockedScale(key, **{**record, "items": tuple(record["items"])}) for key, record in document.items()}
