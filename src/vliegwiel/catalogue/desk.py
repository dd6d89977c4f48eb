"""The front desk as data: kinds of help and their promised terms, words of themes, consent per kind of help, limits, languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER, themes
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid

CONSENT_RULES = ("never", "may_object", "by_scheme")
SILENCES = ("agrees", "does_not_agree", "for_a_person")


@dataclass(frozen=True)
class HelpKind:
    """A kind of help (*soort hulp*) that people ask for, with the promised term in working days and the words it is recognised by."""

    key: str
    name: str
    days: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class DeskTheme:
    """A theme with the words by which the desk recognises it; the key and name are those of `themes`."""

    key: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ConsentNeed:
    """Whether a kind of help needs the municipality (*instemming per soort hulp*): by which rule, with how many weeks, what silence means,
    and whether "does not agree" stops it."""

    help: str
    rule: str
    weeks: int = 0
    silence: str = ""
    refuses: bool = False


@dataclass(frozen=True)
class OtherLanguage:
    """A language beside Dutch: everyday words to recognise it by, and what we answer in it."""

    key: str
    name: str
    words: frozenset[str]
    answer: str


@dataclass(frozen=True)
class DeskRules:
    """All of it. `shadow` and `satisfaction` are questions by key, `limits` counts by name."""

    kinds: Mapping[str, HelpKind]
    themes: Mapping[str, DeskTheme]
    consent: Mapping[str, ConsentNeed]
    alike: tuple[str, ...]
    learned: tuple[str, ...]
    follow_up_months: tuple[int, ...]
    shadow: Mapping[str, str]
    satisfaction: Mapping[str, str]
    sensitive: tuple[str, ...]
    limits: Mapping[str, int]
    dutch: frozenset[str]
    languages: tuple[OtherLanguage, ...]


@cache
def desk() -> DeskRules:
    """The data of the front desk.

    >>> desk().kinds["geld"].days, desk().consent["traject"].rule
    (5, 'may_object')
    """
    return read(values_in((FOLDER / "desk.yml").read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> DeskRules:
    """The document as records. Raises NotValid with a line per problem."""
    problems = [f"{row['key']}: dit thema kennen we niet" for row in data["themes"] if row["key"] not in themes()]
    problems += [f"{row['key']}: een termijn is minstens één dag" for row in data["kinds"] if row["days"] < 1]
    for row in data["consent"]:
        if row["rule"] not in CONSENT_RULES:
            problems.append(f"{row['help']}: de regel {row['rule']} kennen we niet")
        if row["rule"] == "may_object" and (row.get("weeks", 0) < 1 or row.get("silence") not in SILENCES):
            problems.append(f"{row['help']}: noem de weken en wat zwijgen betekent")
    if problems:
        raise NotValid("De gegevens van het loket kloppen niet.", details=tuple(problems))
    return DeskRules(
        {row["key"]: HelpKind(row["key"], row["name"], row["days"], tuple(row["words"])) for row in data["kinds"]},
        {row["key"]: DeskTheme(row["key"], themes()[row["key"]].name, tuple(row["words"])) for row in data["themes"]},
        {row["help"]: ConsentNeed(**row) for row in data["consent"]},
        tuple(data["alike"]),
        tuple(data["learned"]),
        tuple(data["follow_up_months"]),
        data["shadow"],
        {row["key"]: row["question"] for row in data["satisfaction"]},
        tuple(data["sensitive"]["words"]),
        data["limits"],
        frozenset(data["dutch"]),
        tuple(OtherLanguage(row["key"], row["name"], frozenset(row["words"]), row["answer"]) for row in data["languages"]),
    )
