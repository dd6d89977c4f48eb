"""Columns of a part: how a value of the document stands in a field, and how it is read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook.conditions import share_of
from vliegwiel.foundation.questions.public import amount_of, as_typed, date_of, number_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.schemes.builder import comparisons

Words = str | Promise
Choices = tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Column:
    """A value of a part. `path` is its place in the record, as `term.weeks`. `kind`: text, area, whole, score, euros, share, day, choice,
    many, flag, options or condition. `needed`: a row without it is no row, and a part without it is not right."""

    path: str
    label: Words
    kind: str = "text"
    hint: Words = ""
    choices: Choices = ()
    needed: bool = False
    #: For a flag: what it is when the record says nothing.
    usual: bool = False


@dataclass(frozen=True)
class Cell:
    """A column on screen: with what stands there or was typed, what is wrong, and for a condition its comparisons."""

    column: Column
    id: str
    typed: str
    chosen: tuple[str, ...] = ()
    problem: str = ""
    condition: comparisons.Typed | None = None
    words: str = ""
    choices: Choices = ()
    facts: comparisons.Facts = field(default_factory=dict)

    @property
    def comparisons(self) -> list["ComparisonField"]:
        """The comparisons of a condition on screen, with one more to fill in."""
        typed = self.condition or comparisons.Typed()
        rows = [*typed.rows, *([comparisons.Comparison()] if len(typed.rows) < comparisons.MOST else [])]
        return [_comparison_field(f"{self.id}-{place}", row, self.facts) for place, row in enumerate(rows)]

    @property
    def described_by(self) -> str:
        """The ids of hint and error."""
        parts = [f"{self.id}-{name}" for name, there in (("uitleg", self.column.hint), ("fout", self.problem)) if there]
        return " ".join(parts)


@dataclass(frozen=True)
class ComparisonField:
    """A comparison on screen: what its question allows."""

    id: str
    row: comparisons.Comparison
    kind: str = ""
    hows: list[tuple[str, str]] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)


def _comparison_field(name: str, row: comparisons.Comparison, facts: comparisons.Facts) -> ComparisonField:
    fact = facts.get(row.fact)
    if fact is None:
        return ComparisonField(name, row)
    kind = comparisons.kind_of(fact)
    options = [(option["key"], option["name"]) for option in fact.get("options", ())]
    if kind == "yes_no":
        options = [("ja", _("Ja")), ("nee", _("Nee"))]
    return ComparisonField(name, row, kind, comparisons.hows(kind), options)


def at(record: Mapping[str, Any], path: str) -> Any:
    """The value at a path, or None."""
    here: Any = record
    for step in path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else None
    return here


def put(record: dict[str, Any], path: str, value: Any) -> None:
    """Set the value at a path; None takes it away."""
    first, _dot, rest = path.partition(".")
    if rest:
        inner = dict(record.get(first) or {})
        put(inner, rest, value)
        value = inner or None
    if value is None:
        record.pop(first, None)
    else:
        record[first] = value


def shown(column: Column, record: Mapping[str, Any], name: str, facts: comparisons.Facts, choices: Choices = ()) -> Cell:
    """A column with what the record holds."""
    value, offered = at(record, column.path), choices or column.choices
    if column.kind == "condition":
        typed = comparisons.opened(value, facts)
        words = comparisons.in_words(typed.whole, facts) if typed.whole else ""
        return Cell(column, name, "", condition=typed, words=words, facts=facts)
    if column.kind in ("many", "choice", "flag"):
        return Cell(column, name, "", chosen=_chosen(column, value), choices=offered)
    return Cell(column, name, _written(column.kind, value), choices=offered)


def read(
    column: Column, data: QueryDict, name: str, record: Mapping[str, Any], facts: comparisons.Facts, choices: Choices = ()
) -> tuple[Cell, Any]:
    """What came in for a column: the cell as typed (with what is wrong), and the value (None for empty)."""
    offered = choices or column.choices
    if column.kind == "condition":
        kept = comparisons.opened(at(record, column.path), facts)
        if kept.whole is not None and data.get(f"{name}-houd") == "ja":
            words = comparisons.in_words(kept.whole, facts)
            return Cell(column, name, "", condition=kept, words=words, facts=facts), kept.whole
        typed, condition, problem = comparisons.read(data, name, facts)
        if column.needed and condition is None and not problem:
            problem = _("Kies een vraag om mee te vergelijken.")
        return Cell(column, name, "", condition=typed, problem=problem, facts=facts), condition
    if column.kind in ("many", "choice", "flag"):
        chosen = tuple(key for key in data.getlist(name) if key in {"ja", *(key for key, _words in offered)})
        problem = _("Maak een keuze.") if column.needed and not chosen else ""
        value: Any = _value_of(column, chosen, at(record, column.path))
        return Cell(column, name, "", chosen=chosen, problem=problem, choices=offered), value
    text = data.get(name, "").strip()
    found, problem = _read_text(column, text)
    return Cell(column, name, text, problem=problem, choices=offered), found


def _value_of(column: Column, chosen: tuple[str, ...], kept: Any) -> Any:
    """What was chosen; of many the order in which they stood stays, for it may mean something."""
    if column.kind == "flag":
        ticked = bool(chosen)
        return None if ticked == column.usual else ticked
    if column.kind == "many":
        there = [key for key in kept or () if key in chosen]
        return [*there, *(key for key in chosen if key not in there)] or None
    return next((key for key in chosen if key), None)


def _chosen(column: Column, value: Any) -> tuple[str, ...]:
    if column.kind == "flag":
        return ("ja",) if (column.usual if value is None else value) else ()
    if value is None:
        return ()
    return tuple(value) if column.kind == "many" else (str(value),)


def _written(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "euros":
        return as_typed(Money.euros(value)).removesuffix(",00")
    if kind == "share":
        return str(value).removesuffix("%")
    if kind == "options":
        return "\n".join(f"{option['key']} = {option['name']}" for option in value)
    if kind == "list":
        return ", ".join(value)
    return as_typed(date.fromisoformat(value)) if kind == "day" else as_typed(value)


def _read_text(column: Column, text: str) -> tuple[Any, str]:
    if not text:
        return None, _("Vul dit nog in.") if column.needed else ""
    if column.kind == "euros":
        money = amount_of(text)
        whole = money is not None and money.cents % 100 == 0
        return (money.cents // 100, "") if money and whole else (None, _("Vul een bedrag in hele euro’s in, bijvoorbeeld 5.000."))
    if column.kind == "day":
        found = date_of(text)
        return (found.isoformat(), "") if found else (None, _("Schrijf de datum zo: 16-3-2026."))
    if column.kind in ("whole", "score"):
        value = number_of(text)
        fits = value is not None and value >= 0 and (column.kind == "score" or isinstance(value, int))
        return (value, "") if fits else (None, _("Vul een getal in, bijvoorbeeld 5."))
    if column.kind == "share":
        return _read_share(text)
    if column.kind == "options":
        return _read_options(text)
    if column.kind == "list":
        return [part.strip() for part in text.split(",") if part.strip()], ""
    return text, ""


def _read_share(text: str) -> tuple[str | None, str]:
    plain = text.removesuffix("%").removesuffix("procent").strip()
    written = plain if "/" in plain else f"{plain}%"
    try:
        fits = 0 < share_of(written) <= 1
    except (ValueError, ZeroDivisionError):
        fits = False
    return (written, "") if fits else (None, _("Vul een deel in, bijvoorbeeld 75 of 1/3."))


def _read_options(text: str) -> tuple[list[dict[str, str]] | None, str]:
    """One answer per line, as a name or as `key = name`."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        key, sign, name = line.partition("=")
        name = name.strip() if sign else line
        found.append({"key": key.strip() if sign else slugify(line)[:40], "name": name})
    keys = [option["key"] for option in found]
    if len(found) < 2 or not all(option["key"] and option["name"] for option in found) or len(set(keys)) < len(keys):
        return None, _("Schrijf ten minste twee verschillende antwoorden, elk op een eigen regel.")
    return found, ""
