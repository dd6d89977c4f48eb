"""The questions a file asks: which columns we do not know, and what they might be."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.catalogue.tables import TableFamily
from vliegwiel.see.figures import readers
from vliegwiel.see.figures.mapping import stem, twice
from vliegwiel.see.figures.readers import CATALOGUE, Knowledge, Opened
from vliegwiel.see.figures.recognise import NOTHING, Told
from vliegwiel.see.figures.rows import series_of

_ENOUGH = 0.55
_SAME_UNIT = 0.1
_NOT_DELIVERED = 0.05


@dataclass(frozen=True)
class Guess:
    """What a column might be: an indicator, and how alike (0–1) title and unit are. Never used without an answer."""

    indicator: str
    name: str
    likeness: float


@dataclass(frozen=True)
class Question:
    """A column we do not know: its key, title and unit as far as the file or its descriptions say, a few cells, and guesses."""

    key: str
    title: str
    unit: str
    examples: tuple[str, ...]
    guesses: tuple[Guess, ...]


@dataclass(frozen=True)
class Questions:
    """All questions of a file."""

    file_name: str
    family: str
    title: str
    columns: tuple[Question, ...]


def questions_of(path: Path, *, told: Told = NOTHING, knowledge: Knowledge = CATALOGUE) -> Questions:
    """What the file asks before it can be loaded; no columns when it asks nothing. Raises NotValid when it is no table of figures."""
    opened = readers.open_delivery(path, told=told, knowledge=knowledge)
    described = _descriptions(path, opened.recognised.table.id)
    known = knowledge.indicators
    delivered = set(opened.columns.known.values())
    found = tuple(_question(opened, name, described.get(name, {}), known, delivered) for name in opened.columns.unknown)
    return Questions(path.name, opened.family.family, opened.family.title, found)


def _question(
    opened: Opened, name: str, described: Mapping[str, Any], known: Mapping[str, Indicator], delivered: set[str]
) -> Question:
    title = " · ".join(filter(None, (described.get("group", ""), described.get("Title") or readable(name))))
    unit = str(described.get("Unit") or _unit_in(name))
    cells = opened.sheet.texts(name) if name in opened.sheet.names else []
    examples = tuple(dict.fromkeys(cell for cell in cells[:500] if cell not in ("", ".")))[:3]
    guesses = _guesses(opened, name, title, unit, known, delivered)
    return Question(name, title, unit, examples, guesses)


def _guesses(
    opened: Opened, name: str, title: str, unit: str, known: Mapping[str, Indicator], delivered: set[str]
) -> tuple[Guess, ...]:
    """By title and unit; what this kind of table usually holds and now lacks comes a little sooner."""
    twin = _twin(opened, name)
    likeness: dict[str, float] = {twin: 1.0} if twin in known else {}
    candidates = {key: [indicator.name] for key, indicator in known.items() if not indicator.computed}
    for source, key in opened.family.columns.items():
        if key in candidates:
            candidates[key].append(readable(source.partition("|")[0]))
    for key, names in candidates.items():
        best = max(_alike(title, other) for other in names)
        best += _SAME_UNIT if unit and _plain(unit) == _plain(known[key].unit) else 0
        best += _NOT_DELIVERED if key in opened.family.columns.values() and key not in delivered else 0
        if best >= _ENOUGH and key not in delivered:
            likeness[key] = max(likeness.get(key, 0), min(best, 1.0))
    ordered = sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    return tuple(Guess(key, known[key].name, round(score, 2)) for key, score in ordered)


def _twin(opened: Opened, name: str) -> str:
    """For a stem that is in the file more than once: what the column in the same turn was in a table we know."""
    family: TableFamily = opened.family
    names = [other for other in series_of(opened.sheet, family) if other not in family.role_columns()]
    if stem(name) not in twice(family, names):
        return ""
    turn = [other for other in names if stem(other) == stem(name)].index(name)
    for table in family.tables.values():
        same = [key for source, key in table.columns.items() if stem(source) == stem(name)]
        if turn < len(same):
            return same[turn]
    return ""


def _descriptions(path: Path, table: str) -> dict[str, dict[str, Any]]:
    """Titles and units from the StatLine list of columns (DataProperties) of this table, when it lies beside the file."""
    for beside in sorted(path.parent.glob(f"*{table}*DataProperties*.json")):
        try:
            records = json.loads(beside.read_text(encoding="utf-8"))["value"]
        except (ValueError, KeyError, UnicodeDecodeError):
            continue
        groups = {record["ID"]: record["Title"] for record in records if record.get("Type") == "TopicGroup"}
        return {
            record["Key"]: {**record, "group": groups.get(record.get("ParentID"), "")}
            for record in records
            if record.get("Type") == "Topic" and record.get("Key")
        }
    return {}


def readable(name: str) -> str:
    """A key as words.

    >>> readable("AfstandTotHuisartsenpraktijk_110"), readable("k_0Tot15Jaar_8"), readable("aantal_inwoners")
    ('afstand tot huisartsenpraktijk', '0 tot 15 jaar', 'aantal inwoners')
    """
    text = stem(name).removeprefix("k_").replace("_", " ")
    text = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ", text)
    return " ".join(text.split()).lower()


def _unit_in(name: str) -> str:
    match = re.search(r"\(([^()]*)\)\s*$", name)
    if match:
        return match[1]
    return "%" if stem(name).lower().startswith("perc") else ""


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> float:
    """How alike two titles are (0–1); that both count something makes nothing alike."""
    matcher = SequenceMatcher(None, _plain(one).removeprefix("aantal "), _plain(other).removeprefix("aantal "))
    return matcher.ratio() if matcher.real_quick_ratio() >= _ENOUGH and matcher.quick_ratio() >= _ENOUGH else 0


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9%]+", " ", text.lower()).strip()
