"""Which table a file is: by its number in the file name, or by its columns."""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import table_families
from vliegwiel.catalogue.tables import Table, TableFamily
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures.mapping import stem
from vliegwiel.see.figures.sheets import Sheet

_TABLE_ID = re.compile(r"(?<!\d)(\d{5}NED)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)")


@dataclass(frozen=True)
class Told:
    """What someone says about a file: the year of its areas, the date of publication, voorlopig or definitief."""

    year: int | None = None
    published: date | None = None
    status: str = ""


NOTHING = Told()


@dataclass(frozen=True)
class Recognised:
    """The kind of table and the table itself. `in_catalogue`: whether this very table is described there."""

    family: TableFamily
    table: Table
    in_catalogue: bool


def recognise(sheet: Sheet, told: Told) -> Recognised:
    """Find the family and the table. Raises NotValid when there is none, or when nobody says of which year the areas are."""
    match = _TABLE_ID.search(sheet.path.name)
    number = match[1].upper() if match else ""
    family = _family(sheet, number)
    if family.refusal:
        raise NotValid(_("{name}: {refusal}").format(name=sheet.path.name, refusal=family.refusal), code="no-figures")
    known = family.tables.get(number) or _by_last_period(sheet, family)
    year = _year(sheet, family, known, told)
    name = number or f"{family.family}-{year}"
    known = known if known and known.year == year else family.tables.get(name, known if number else None)
    table = known or Table(name, year, None, "voorlopig", family.empty)
    table = replace(table, year=year, status=told.status or table.status)
    if told.published:
        table = replace(table, published=told.published, estimated=False)
    return Recognised(family, table, known is not None)


def _family(sheet: Sheet, number: str) -> TableFamily:
    by_columns = _by_columns(sheet)
    by_number = next((family for family in table_families().values() if number in family.tables), None)
    if by_columns is not None and (by_columns.refusal or by_number is None):
        return by_columns
    if by_number is not None:
        return by_number
    raise NotValid(
        _(
            "{name}: deze tabel kennen we niet. We zoeken een tabelnummer als 85984NED in de bestandsnaam, of "
            "kolommen die we kennen. Staan er grenzen, provincies of overgangen in? Lees het dan in bij de gebieden."
        ).format(name=sheet.path.name),
        code="unknown-table",
    )


def _by_last_period(sheet: Sheet, family: TableFamily) -> Table | None:
    if family.period not in sheet.names:
        return None
    last = max(sheet.texts(family.period))
    return next((table for table in family.tables.values() if table.last_period == last), None)


def _by_columns(sheet: Sheet) -> TableFamily | None:
    """The family with the largest signature that the file has whole."""
    matching = [family for family in table_families().values() if _matches(family, sheet)]
    return max(matching, key=lambda family: len(family.signature), default=None)


def _matches(family: TableFamily, sheet: Sheet) -> bool:
    names = {stem(name) if family.numbered else name for name in sheet.names} | set(sheet.names)
    return bool(family.signature) and family.signature <= names


def _year(sheet: Sheet, family: TableFamily, known: Table | None, told: Told) -> int:
    """The year of the areas: from the file itself, from who brings it, from the catalogue, from the file name."""
    stated = {
        int(match[1])
        for name in family.year
        if name in sheet.names
        for text in set(sheet.texts(name))
        if (match := _YEAR.match(text))
    }
    if len(stated) > 1:
        raise NotValid(
            _("{name} heeft gebieden van meer dan één jaar: {years}. Maak er een bestand per jaar van.").format(
                name=sheet.path.name, years=", ".join(map(str, sorted(stated)))
            ),
            code="other-year",
        )
    if stated and told.year and {told.year} != stated:
        raise NotValid(
            _("{name} hoort bij {stated}, niet bij {year}.").format(name=sheet.path.name, stated=min(stated), year=told.year),
            code="other-year",
        )
    if stated:
        return stated.pop()
    if told.year:
        return told.year
    if known is not None:
        return known.year
    hint = match[1] if (match := _YEAR.search(sheet.path.name)) else str(clock.today().year)
    date_too = "" if told.published else (" " + _("Geef ook --published met de datum van publicatie."))
    raise NotValid(
        _(
            "{name} lijkt op {title}, maar zegt niet van welk jaar de gebieden zijn. Geef --year, zoals --year {hint}.{date_too}"
        ).format(name=sheet.path.name, title=family.title, hint=hint, date_too=date_too),
        code="no-year",
    )
