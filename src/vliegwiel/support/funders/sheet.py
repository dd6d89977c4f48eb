"""The spreadsheet of decisions of a fund: its template, and its rows as values or with what is wrong in them."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import amount_of, date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.funders.models import Outcome

#: The columns, in order, each with an example.
COLUMNS: Mapping[str, str] = {
    "nummer": "F-2026-017",
    "uitkomst": "toegekend",
    "ontvanger": "Stichting Verzonnen Voorbeeld",
    "organisatie": "ja",
    "kvk": "",
    "gemeente": "GM9900",
    "waarvoor": "Een tafel op het plein",
    "besluit": "15-03-2026",
    "bedrag": "8.000,00",
    "kosten": "",
    "opgehaald": "",
    "staatssteun": "",
    "verklaring": "",
}
#: Columns that a file may leave out: then what was agreed holds.
OPTIONAL = frozenset({"staatssteun", "verklaring"})
#: How a file says that an award goes along another route than was agreed.
ROUTES = {"": "", "geen": "no_aid", "de-minimis": "de_minimis", "daeb": "daeb_de_minimis"}
OUTCOMES = {"toegekend": Outcome.GRANTED, "afgewezen": Outcome.REFUSED}
MOST_ROWS, MOST_BYTES = 2_000, 1_000_000
#: Less than a euro cannot be shared.
LEAST = Money.euros(1)


@dataclass(frozen=True)
class FundRow:
    """One decision of the fund as it stands in the file: `place` is its line, `problems` what is wrong, one Dutch line each. Amounts are
    cents; `amount` is what both give together, with a crowd what the province gives. `route` is the route of state aid when it is another
    than was agreed, `declared_on` the day of the recipient's declaration about earlier aid."""

    place: int
    number: str
    outcome: str
    recipient: str
    organisation: bool
    kvk: str
    municipality: str
    title: str
    decided_on: str
    amount: int
    costs: int
    raised: int
    route: str = ""
    declared_on: str = ""
    problems: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day of the decision."""
        return date.fromisoformat(self.decided_on)

    @property
    def money(self) -> Money:
        """The amount in the file."""
        return Money(self.amount)

    @property
    def initiative(self) -> str:
        """What tells the same initiative again: its number in the trade register, or its name."""
        return self.kvk or " ".join(self.recipient.casefold().split())

    @property
    def hash(self) -> str:
        """The same decision has the same hash, wherever it stands in a file."""
        return content_hash({key: value for key, value in asdict(self).items() if key not in ("place", "problems")})

    def kept(self) -> dict[str, Any]:
        """As plain values, to keep."""
        return {key: value for key, value in asdict(self).items() if key != "problems"}


def template() -> str:
    """An empty spreadsheet with one example, as every spreadsheet program opens it."""
    return written([COLUMNS])


def written(rows: list[Mapping[str, str]]) -> str:
    """Rows as a spreadsheet in the columns of the template."""
    out = io.StringIO()
    writer = Rows(out, delimiter=";")
    writer.write(COLUMNS)
    writer.write_all([row.get(name, "") for name in COLUMNS] for row in rows)
    return f"\ufeff{out.getvalue()}"


def read(data: bytes) -> list[FundRow]:
    """The decisions in a file. Raises NotValid for what is no such spreadsheet; what is wrong in a row stands at that row."""
    if len(data) > MOST_BYTES:
        raise NotValid(_("Dit bestand is te groot. Deel het op."), code="too-large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotValid(_("Sla het bestand op als ‘CSV UTF-8’ en probeer het opnieuw."), code="no-text") from None
    if "\x00" in text:
        raise NotValid(_("Sla het bestand op als ‘CSV UTF-8’ en probeer het opnieuw."), code="no-text")
    first = text.split("\n", 1)[0]
    try:
        found = list(csv.reader(io.StringIO(text), delimiter=";" if first.count(";") >= first.count(",") else ","))
    except csv.Error:
        raise NotValid(_("Sla het bestand op als ‘CSV UTF-8’ en probeer het opnieuw."), code="no-text") from None
    names = [name.strip().lower() for name in found[0]] if found else []
    if lacking := [name for name in COLUMNS if name not in names and name not in OPTIONAL]:
        raise NotValid(
            _("Deze kolommen ontbreken: {names}. Begin met het sjabloon.").format(names=", ".join(lacking)), code="no-columns"
        )
    if len(found) > MOST_ROWS + 1:
        raise NotValid(_("Een bestand heeft hoogstens {count} regels.").format(count=MOST_ROWS), code="too-many-rows")
    rows: list[FundRow] = []
    seen: set[str] = set()
    for place, cells in enumerate(found[1:], start=2):
        given = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if any(given.values()):
            rows.append(_row(place, given, given.get("nummer", "") in seen))
            seen.add(rows[-1].number)
    if not rows:
        raise NotValid(_("Er staat geen besluit in dit bestand."), code="empty")
    return rows


def again(kept: list[dict[str, Any]]) -> list[FundRow]:
    """The rows of an intake as they were read."""
    return [FundRow(**row) for row in kept]


def _row(place: int, given: Mapping[str, str], double: bool) -> FundRow:
    outcome = OUTCOMES.get(given.get("uitkomst", "").lower())
    granted = outcome == Outcome.GRANTED
    needed = ("nummer", "besluit", *(("ontvanger", "waarvoor", "bedrag") if granted else ()))
    problems = [_("{name} is leeg.").format(name=name) for name in needed if not given.get(name)]
    problems += [] if outcome else [_("uitkomst is toegekend of afgewezen.")]
    problems += [_("dit nummer staat twee keer in het bestand.")] if double else []
    on = date_of(given.get("besluit", "")) if given.get("besluit") else None
    if given.get("besluit") and on is None:
        problems.append(_("besluit: dit is geen datum, zoals 31-12-2026."))
    problems += [_("het besluit ligt in de toekomst.")] if on and on > clock.today() else []
    amount, costs, raised = (_cents(given.get(name, ""), problems, name) for name in ("bedrag", "kosten", "opgehaald"))
    if granted and given.get("bedrag") and amount < LEAST.cents:
        problems.append(_("bedrag: minder dan een euro kan niet."))
    kvk, organisation = given.get("kvk", ""), given.get("organisatie", "").lower()
    problems += [_("een KvK-nummer heeft acht cijfers.")] if kvk and not re.fullmatch(r"[0-9]{8}", kvk) else []
    problems += [_("organisatie is ja of nee.")] if granted and organisation not in ("ja", "nee") else []
    municipality = given.get("gemeente", "").upper()
    if municipality and not re.fullmatch(r"GM[0-9]{4}", municipality):
        problems.append(_("gemeente is een code, zoals GM9900."))
    route, said = ROUTES.get(given.get("staatssteun", "").lower()), given.get("verklaring", "")
    problems += [_("staatssteun is leeg, geen, de-minimis of daeb.")] if route is None else []
    declared = date_of(said) if said else None
    problems += [_("verklaring: dit is geen datum, zoals 31-12-2026.")] if said and declared is None else []
    return FundRow(
        place=place,
        number=given.get("nummer", "")[:40],
        outcome=outcome.value if outcome else "",
        recipient=given.get("ontvanger", "")[:120] if granted else "",
        organisation=granted and organisation == "ja",
        kvk=kvk if granted else "",
        municipality=municipality[:6] if granted else "",
        title=given.get("waarvoor", "")[:120] if granted else "",
        decided_on=(on or clock.today()).isoformat(),
        amount=amount if granted else 0,
        costs=costs if granted else 0,
        raised=raised if granted else 0,
        route=(route or "") if granted else "",
        declared_on=declared.isoformat() if declared and granted else "",
        problems=tuple(problems),
    )


def _cents(text: str, problems: list[str], name: str) -> int:
    found = amount_of(text) if text else Money(0)
    if found is None or found.cents < 0:
        problems.append(_("{name}: dit is geen bedrag.").format(name=name))
        return 0
    return found.cents
