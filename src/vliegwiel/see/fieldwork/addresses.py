"""A file of people to invite, as CSV or spreadsheet: read, and refused with what, where and what to do."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import is_workbook, rows_of
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.public import known_codes
from vliegwiel.see.fieldwork.document import AREA, STRATUM
from vliegwiel.see.fieldwork.rules import SMALLEST_GROUP, too_small

#: The columns of the file; the last three may be left out.
COLUMNS = ("naam", "adres", "postcode en plaats", AREA, STRATUM, "gewicht")
_MOST = 20_000
_LONGEST = 80


@dataclass(frozen=True)
class Address:
    """Someone to invite: the lines of the address, and what is known of the group they are drawn from."""

    lines: tuple[str, str, str]
    facts: Mapping[str, str | float]


def addresses_in(data: bytes, area_year: int) -> list[Address]:
    """Everybody in the file. Raises NotValid with a sentence per mistake; nobody is invited then.

    What is known of the group goes along with answers, so no group may be smaller than ten people.
    """
    if not data:
        raise NotValid(_("Kies eerst een bestand."), code="no-file")
    header, *rows = _rows(data)
    names = [" ".join(name.split()).lower() for name in header]
    if names[:3] != list(COLUMNS[:3]) or set(names[3:]) - set(COLUMNS[3:]) or len(set(names)) != len(names):
        raise NotValid(
            _("Het bestand hoort de kolommen {wanted} te hebben. Gemeente, stratum en gewicht mogen weg.").format(
                wanted=", ".join(COLUMNS)
            ),
            code="odd-columns",
        )
    if not rows:
        raise NotValid(_("In het bestand staat niemand."), code="nobody")
    known = {code for code in known_codes(area_year) if code.startswith("GM")}
    found, problems, seen = [], [], set()
    for place, row in enumerate(rows, start=2):
        record = dict(zip(names, [cell.strip() for cell in row] + [""] * len(names), strict=False))
        wrong, address = _address(record, known)
        if wrong:
            problems.append(_("Regel {place}: {wrong}").format(place=place, wrong=wrong))
        elif (key := tuple(line.casefold() for line in address.lines)) in seen:
            problems.append(_("Regel {place}: deze naam met dit adres staat er al.").format(place=place))
        else:
            seen.add(key)
            found.append(address)
    small = too_small(tuple(sorted(one.facts.items())) for one in found)
    if small and not problems:
        some = ", ".join(" ".join(str(value) for _name, value in group) for group in small[:3])
        problems.append(
            _("{count} groepen hebben minder dan {least} mensen, zoals {some}. Maak grotere groepen.").format(
                count=len(small), least=SMALLEST_GROUP, some=some
            )
        )
    if problems:
        raise NotValid(
            _("Er is nog niemand uitgenodigd. Verbeter het bestand."), code="bad-addresses", details=tuple(problems[:20])
        )
    return found


def _address(record: Mapping[str, str], known: set[str]) -> tuple[str, Address]:
    lines = (record["naam"], record["adres"], record["postcode en plaats"])
    facts: dict[str, str | float] = {}
    wrong = ""
    if not all(lines) or max(map(len, lines)) > _LONGEST:
        wrong = _("naam, adres, postcode en plaats horen elk 1 tot 80 tekens te hebben.")
    if area := record.get(AREA, ""):
        facts[AREA] = area
        if known and area not in known:
            wrong = _("{code} is geen gemeente van dit jaar.").format(code=area[:12])
    if stratum := record.get(STRATUM, ""):
        facts[STRATUM] = stratum[:40]
    if weight := record.get("gewicht", ""):
        try:
            facts["gewicht"] = round(float(weight.replace(",", ".")), 6)
        except ValueError:
            wrong = _("{weight} is geen gewicht.").format(weight=weight[:12])
        else:
            if not 0 < float(facts["gewicht"]) < 1e9:
                wrong = _("een gewicht is meer dan nul.")
    return wrong, Address(lines, facts)


def _rows(data: bytes) -> list[list[str]]:
    if is_workbook(data):
        found = rows_of(data, _MOST + 2, decimals=6)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("windows-1252", errors="replace")
        first = text.partition("\n")[0]
        try:
            found = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count)))
        except csv.Error as error:
            raise NotValid(_("Dit bestand is geen CSV of spreadsheet."), code="no-table") from error
    found = [row for row in found if any(cell.strip() for cell in row)]
    if not found or any("\x00" in cell for row in found for cell in row):
        raise NotValid(_("Dit bestand is leeg, of geen CSV of spreadsheet."), code="no-table")
    if len(found) > _MOST + 1:
        raise NotValid(_("Er staan meer dan {most} mensen in. Deel het bestand op.").format(most=_MOST), code="too-many")
    return found
