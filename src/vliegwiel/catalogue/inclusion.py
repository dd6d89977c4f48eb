"""The short step "who can take part, who is missing?" (*wie kan meedoen, wie ontbreekt?*) as data: questions, groups, and a tip each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in


@dataclass(frozen=True)
class InclusionGroup:
    """People that may be missing (*groep die ontbreekt*): key, name, and what often helps."""

    key: str
    name: str
    tip: str


@dataclass(frozen=True)
class InclusionStep:
    """The step: two open questions (text and hint) and the groups to choose from. No answer is better than another."""

    joins: tuple[str, str]
    misses: tuple[str, str]
    groups_text: str
    groups: tuple[InclusionGroup, ...]

    def chosen(self, keys: Iterable[str]) -> tuple[InclusionGroup, ...]:
        """The groups with these keys, in the order of the step; unknown keys are left out."""
        wanted = set(keys)
        return tuple(group for group in self.groups if group.key in wanted)


@cache
def inclusion() -> InclusionStep:
    """The step as it ships."""
    document: dict[str, Any] = values_in((FOLDER / "inclusion.yml").read_text(encoding="utf-8"))
    joins, misses = document["who_joins"], document["who_misses"]
    return InclusionStep(
        (joins["text"], joins["hint"]),
        (misses["text"], misses["hint"]),
        document["groups_text"],
        tuple(InclusionGroup(group["key"], group["name"], group["tip"]) for group in document["groups"]),
    )
