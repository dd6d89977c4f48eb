"""The spreadsheet of running grants: its template, and its rows as values or with what is wrong in them."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import is_workbook, rows_of
from vliegwiel.foundation.questions.public import amount_of, date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.iban import is_iban
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.spreadsheet import Rows

#: The columns, in order, each with an example.
COLUMNS: Mapping[str, str] = {
    "nummer": "2021-0042",
    "ontvanger": "Stichting Verzonnen Voorbeeld",
    "straat": "Luchtstraat 12",
    "plaats": "0000 AB Nergensdam",
    "kvk": "",
    "rekening": "",
    "waarvoor": "Kleding voor wie het nodig heeft",
    "verleend": "40.000,00",
    "betaald": "30.000,00",
    "besluit": "15-03-2021",
    "loopt tot": "31-12-2026",
    "budgetpost": "Lopende subsidies",
    "plafond": "",
    "regeling": "",
}
#: Columns that a file may leave out.
_MAY_LACK = frozenset({"plafond", "regeling"})
#: The number of a row that gives the opening balance of a budget line in the column *verleend*.
OPENING = "BEGINSTAND"
MOST_ROWS, MOST_BYTES = 5_000, 2_000_000


@dataclass(frozen=True)
class SheetRow:
    """One row: its place in the file, the values, and what is wrong, one line each. `scheme` is the name of our scheme under which it
    counts as a year (Awb 4:51), as typed."""

    place: int
    former: str
    recipient: str
    street: str
    city: str
    kvk: str
    account: str
    title: str
    awarded: Money
    paid: Money
    decided_on: date | None
    ends: date | None
    line: str
    ceiling: str = ""
    scheme: str = ""
    problems: tuple[str, ...] = ()

    @property
    def left(self) -> Money:
        """What is granted and not paid yet."""
        return self.awarded - self.paid

    @property
    def hash(self) -> str:
        """The same row has the same hash, wherever it stands in the file."""
        days = [day.isoformat() if day else "" for day in (self.decided_on, self.ends)]
        values = [self.former, self.recipient, self.title, self.awarded.cents, self.paid.cents, *days, self.line.casefold()]
        values += [self.ceiling.casefold()] if self.ceiling else []
        values += [self.scheme.casefold()] if self.scheme else []
        return content_hash(values)


@dataclass(frozen=True)
class Sheet:
    """A whole file: rows, and the opening balance per name of a budget line and of a ceiling on it (empty without one)."""

    rows: list[SheetRow]
    opening: dict[tuple[str, str], Money] = field(default_factory=dict)


def template() -> str:
    """An empty spreadsheet with an example of a grant and of an opening balance, as every spreadsheet program opens it."""
    out = io.StringIO()
    writer = Rows(out, delimiter=";")
    writer.write(COLUMNS)
    writer.write(COLUMNS.values())
    left = {"nummer": OPENING, "verleend": "10.000,00", "budgetpost": COLUMNS["budgetpost"]}
    writer.write([left.get(name, "") for name in COLUMNS])
    return f"\ufeff{out.getvalue()}"


def read(data: bytes) -> Sheet:
    """The rows of a file, XLSX or CSV. Raises NotValid for what is no such spreadsheet; what is wrong in a row stands at that row."""
    if len(data) > MOST_BYTES:
        raise NotValid(_("Dit bestand is te groot. Deel het op."), code="too-large")
    found = rows_of(data, MOST_ROWS + 2) if is_workbook(data) else _lines(data)
    names = [name.strip().lower() for name in found[0]] if found else []
    if lacking := [name for name in COLUMNS if name not in names and name not in _MAY_LACK]:
        text = _("Deze kolommen ontbreken: {names}. Begin met het sjabloon.").format(names=", ".join(lacking))
        raise NotValid(text, code="no-columns")
    if len(found) > MOST_ROWS + 1:
        raise NotValid(_("Een bestand heeft hoogstens {count} regels.").format(count=MOST_ROWS), code="too-many-rows")
    sheet, seen = Sheet([]), set()
    for place, cells in enumerate(found[1:], start=2):
        given = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if not any(given.values()):
            continue
        if given.get("nummer", "").upper() == OPENING:
            balance = amount_of(given.get("verleend", ""))
            if balance is not None:
                sheet.opening[given.get("budgetpost", "").casefold(), given.get("plafond", "").casefold()] = balance
            continue
        row = _row(place, given, given.get("nummer", "") in seen)
        seen.add(row.former)
        sheet.rows.append(row)
    if not sheet.rows:
        raise NotValid(_("Er staat geen subsidie in dit bestand."), code="empty")
    return sheet


def _lines(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotValid(_("Sla het bestand op als ‘CSV UTF-8’ en probeer het opnieuw."), code="no-text") from None
    lines = text.splitlines()
    first = lines[0] if lines else ""
    return list(csv.reader(lines, delimiter=";" if first.count(";") >= first.count(",") else ","))


def _row(place: int, given: Mapping[str, str], double: bool) -> SheetRow:
    problems = [_("{name} is leeg.").format(name=name) for name in _NEEDED if not given.get(name)]
    problems += [_("dit nummer staat twee keer in het bestand.")] if double else []
    awarded, paid = (_money(given.get(name, ""), problems, name) for name in ("verleend", "betaald"))
    decided_on, ends = (_day(given.get(name, ""), problems, name) for name in ("besluit", "loopt tot"))
    problems += [_("betaald is meer dan verleend.")] if paid > awarded else []
    problems += [_("het besluit ligt in de toekomst.")] if decided_on and decided_on > clock.today() else []
    account, kvk = given.get("rekening", "").replace(" ", "").upper(), given.get("kvk", "")
    if kvk.isdecimal() and len(kvk) == 7:
        kvk = kvk.zfill(8)  # a spreadsheet that takes it for a number drops the zero before it
    problems += [_("dit rekeningnummer klopt niet.")] if account and not is_iban(account) else []
    problems += [_("een KvK-nummer heeft acht cijfers.")] if kvk and not re.fullmatch(r"[0-9]{8}", kvk) else []
    return SheetRow(
        place=place,
        former=given.get("nummer", "")[:40],
        recipient=given.get("ontvanger", "")[:120],
        street=given.get("straat", ""),
        city=given.get("plaats", ""),
        kvk=kvk,
        account=account,
        title=given.get("waarvoor", "")[:120],
        awarded=awarded,
        paid=paid,
        decided_on=decided_on,
        ends=ends,
        line=given.get("budgetpost", ""),
        ceiling=given.get("plafond", ""),
        scheme=given.get("regeling", ""),
        problems=tuple(problems),
    )


_NEEDED = ("nummer", "ontvanger", "straat", "plaats", "waarvoor", "verleend", "besluit", "budgetpost")


def _money(text: str, problems: list[str], name: str) -> Money:
    if not text:
        return Money(0)
    found = amount_of(text)
    if found is None:
        problems.append(_("{name}: dit is geen bedrag.").format(name=name))
        return Money(0)
    return found


def _day(text: str, problems: list[str], name: str) -> date | None:
    found = date_of(text) if text else None
    if text and found is None:
        problems.append(_("{name}: dit is geen datum, zoals 31-12-2026.").format(name=name))
    return found
