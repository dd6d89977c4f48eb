"""The Right to Challenge as data: grounds of admissibility, what is weighed before agreeing, and kinds of talks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid


@dataclass(frozen=True)
class Ground:
    """A ground on which an authority may look at a challenge or not (*ontvankelijkheidsgrond*): its name, the question, and the sentence
    when it is not met."""

    key: str
    name: str
    question: str
    unmet: str


@dataclass(frozen=True)
class Weighed:
    """What is written down before an authority agrees (*afweging*)."""

    key: str
    name: str
    question: str


@dataclass(frozen=True)
class ChallengeData:
    """All of it; `steps` are names by key."""

    grounds: Mapping[str, Ground]
    checks: Mapping[str, Weighed]
    steps: Mapping[str, str]
    reminded_days: int
    silent_days: int


@cache
def challenges() -> ChallengeData:
    """The data of the Right to Challenge.

    >>> challenges().grounds["taak"].name, challenges().checks["gelijk"].name
    ('Het is een taak van deze overheid', 'Gelijke kansen')
    """
    return read(values_in((FOLDER / "challenges.yml").read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> ChallengeData:
    """The document as records. Raises NotValid with a line per problem."""
    problems = [
        f"{row['key']}: een vraag eindigt met een vraagteken" for row in data["grounds"] if not row["question"].endswith("?")
    ]
    if min(data["reminded_days"], data["silent_days"]) < 1:
        problems.append("een aantal dagen is minstens één")
    if problems:
        raise NotValid("De gegevens van het uitdaagrecht kloppen niet.", details=tuple(problems))
    return ChallengeData(
        {row["key"]: Ground(**row) for row in data["grounds"]},
        {row["key"]: Weighed(**row) for row in data["checks"]},
        {row["key"]: row["name"] for row in data["steps"]},
        data["reminded_days"],
        data["silent_days"],
    )
