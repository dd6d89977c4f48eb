"""The pool of experts as data: skills, languages, how far one comes, and what both sides are asked afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid

SIDES = ("initiative", "expert")


@dataclass(frozen=True)
class Skill:
    """What an expert can do (*vaardigheid*), with an example in plain words."""

    key: str
    name: str
    about: str


@dataclass(frozen=True)
class ExpertRules:
    """All of it. `reaches` are kilometres, 0 everywhere; `questions` by side, each with what is asked under `helped` and `again`."""

    skills: Mapping[str, Skill]
    languages: Mapping[str, str]
    reaches: tuple[int, ...]
    matched_within_days: int
    reminded_after_days: int
    questions: Mapping[str, Mapping[str, str]]


@cache
def experts() -> ExpertRules:
    """The data of the pool.

    >>> experts().skills["recht"].name, experts().languages["nl"]
    ('Recht', 'Nederlands')
    """
    return read(values_in((FOLDER / "experts.yml").read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> ExpertRules:
    """The document as records. Raises NotValid with a line per problem."""
    problems = [
        f"{side}: de vragen achteraf ontbreken" for side in SIDES if set(data["questions"].get(side, ())) != {"helped", "again"}
    ]
    if min(data["matched_within_days"], data["reminded_after_days"]) < 1:
        problems.append("een aantal dagen is minstens één")
    if any(not 0 <= reach <= 400 for reach in data["reaches"]):
        problems.append("hoe ver iemand komt, is in kilometers")
    if problems:
        raise NotValid("De gegevens van de expertpool kloppen niet.", details=tuple(problems))
    return ExpertRules(
        {row["key"]: Skill(**row) for row in data["skills"]},
        {row["key"]: row["name"] for row in data["languages"]},
        tuple(data["reaches"]),
        data["matched_within_days"],
        data["reminded_after_days"],
        data["questions"],
    )
