"""Known tables of figures: how to recognise a file, and which indicator each of its columns is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vliegwiel.kernel.figure import Missing


@dataclass(frozen=True)
class Table:
    """One table of a family: the year of its areas, date of publication, status, and what an empty cell means.

    `columns` maps whole keys of this table to indicators, for keys whose stem stands for more than one thing. `published` is None
    for a table that is not in the catalogue and of which nobody has said the date yet. `last_period` recognises a delivery of a table
    without a number by the period it ends with. `estimated`: neither the file nor its source gives the date, `published` is our guess.
    `limits` are sentences for who reads the figures: what this table does not tell, or not exactly.
    """

    id: str
    year: int
    published: date | None
    status: str
    empty: Missing
    columns: Mapping[str, str] = field(default_factory=dict)
    last_period: str = ""
    estimated: bool = False
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Margins:
    """The column that says whether a row is the value or a bound of its interval at `confidence` (0–1)."""

    column: str
    value: str
    lower: str
    upper: str
    confidence: float


@dataclass(frozen=True)
class Stacked:
    """A long table: `column` names the indicator of a row and `value` holds its figure."""

    column: str
    value: str


@dataclass(frozen=True)
class TableFamily:
    """Tables of one kind over the years, and how their columns map to indicators (key or stem → indicator).

    `areas` are the columns that may hold area codes, most precise first; `names` the column with names for a file without codes.
    `signature` are columns that together are found in no other family. `numbered`: StatLine keys end in a number that changes every
    year. `dimension` is a column that splits a column in several indicators; the key is then `stem|member`. `year` are columns
    that may hold the year of the areas. `refusal` says why files
    of this kind hold no figures of areas. `limits` hold for every table of the family.
    """

    family: str
    title: str
    source: str = ""
    licence: str = ""
    areas: tuple[str, ...] = ()
    names: str = ""
    signature: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    register: bool = False
    numbered: bool = False
    period: str = ""
    dimension: str = ""
    members: Mapping[str, str] = field(default_factory=dict)
    margins: Margins | None = None
    stacked: Stacked | None = None
    year: tuple[str, ...] = ()
    empty: Missing = Missing.UNKNOWN
    refusal: str = ""
    limits: tuple[str, ...] = ()

    def role_columns(self) -> frozenset[str]:
        """Columns that say what a row is about; they hold no figures."""
        found = {*self.areas, self.names, self.period, self.dimension, *self.year}
        if self.margins:
            found.add(self.margins.column)
        if self.stacked:
            found.add(self.stacked.column)
        return frozenset(found - {""})


def family_from(record: Mapping[str, Any]) -> TableFamily:
    """A family from its YAML document, which has been checked against the schema by the tests."""
    empty = Missing(record.get("empty", Missing.UNKNOWN.value))
    tables = {name: _table(name, table, empty) for name, table in record.get("tables", {}).items()}
    dimension = record.get("dimension", {})
    return TableFamily(
        family=record["family"],
        title=record["title"],
        source=record.get("source", ""),
        licence=record.get("licence", ""),
        areas=tuple(record.get("areas", ())),
        names=record.get("names", ""),
        signature=frozenset(record.get("signature", ())),
        columns=dict(_flat(record.get("columns", {}))),
        tables=tables,
        attributes=record.get("attributes", {}),
        ignore=frozenset(record.get("ignore", ())),
        register=record.get("register", False),
        numbered=record.get("numbered", False),
        period=record.get("period", ""),
        dimension=dimension.get("column", ""),
        members=dimension.get("members", {}),
        margins=Margins(**record["margins"]) if "margins" in record else None,
        stacked=Stacked(**record["stacked"]) if "stacked" in record else None,
        year=tuple(record.get("year", ())),
        empty=empty,
        refusal=record.get("refusal", ""),
        limits=tuple(record.get("limits", ())),
    )


def _table(name: str, record: Mapping[str, Any], empty: Missing) -> Table:
    return Table(
        name,
        record["year"],
        date.fromisoformat(str(record["published"])),
        record["status"],
        Missing(record["empty"]) if "empty" in record else empty,
        record.get("columns", {}),
        str(record.get("last_period", "")),
        record.get("estimated", False),
        tuple(record.get("limits", ())),
    )


def _flat(columns: Mapping[str, Any]) -> list[tuple[str, str]]:
    """`{Eenzaam: {'20300': eenzaam}}` becomes `Eenzaam|20300: eenzaam`."""
    found: list[tuple[str, str]] = []
    for key, value in columns.items():
        found += [(f"{key}|{member}", name) for member, name in value.items()] if isinstance(value, dict) else [(key, value)]
    return found
