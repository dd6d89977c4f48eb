"""CBS OData v4: what a table measures, of which areas, and its observations one by one (long form)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from vliegwiel.connect.pages import Pages, Reader
from vliegwiel.connect.web import understood
from vliegwiel.kernel.errors import NotValid

BASE = "https://datasets.cbs.nl/odata/v1"
#: Where v4 lived before; links in older answers still point there.
FORMER_HOST = "odata4.cbs.nl"
_TABLE = re.compile(r"\d{5}[A-Za-z]{3}")


@dataclass(frozen=True)
class TableInfo:
    """A table: id, title, when its observations changed (as CBS writes it, a stamp for what we keep), and its dimensions by kind."""

    id: str
    title: str
    modified: str
    dimensions: dict[str, str]

    @property
    def area_dimension(self) -> str:
        """The dimension with area codes. Raises NotValid when the table has none, or has others beside it."""
        found = [name for name, kind in self.dimensions.items() if kind.startswith("Geo")]
        if len(found) != 1 or len(self.dimensions) != 1:
            names = ", ".join(self.dimensions)
            raise NotValid(f"De tabel {self.id} is niet alleen naar gebied verdeeld, maar naar {names}.", code="other-dimensions")
        return found[0]


@dataclass(frozen=True)
class Measure:
    """What is measured: code, place in the table, title, unit, number of decimals."""

    code: str
    index: int
    title: str
    unit: str
    decimals: int


@dataclass(frozen=True)
class Region:
    """An area as the table names it."""

    code: str
    title: str


@dataclass(frozen=True)
class Observation:
    """One value of one measure for one area; without a value `attribute` says why not, in the words of CBS ("" when it does not)."""

    measure: str
    region: str
    value: float | None
    attribute: str


class ODataV4:
    """Reads tables of one catalogue. `base` may be another address that speaks the same."""

    def __init__(self, pages: Pages, base: str = BASE, catalogue: str = "CBS") -> None:
        self._pages = pages
        self._base = base.rstrip("/")
        self._root = f"{self._base}/{catalogue}"
        self._reader = Reader(("application/json",), lambda page: list(page["value"]), self._next)

    def table(self, table: str) -> TableInfo:
        """What CBS says about a table. Raises NotFound when it is not there."""
        refuse_other_numbers(table)
        found = self._pages.web.json(f"{self._root}/{table}/Properties")
        with understood("CBS", f"{table} Properties"):
            title = str(found["Title"]).strip()
            modified = str(found.get("ObservationsModified") or found.get("Modified") or "")
        rows = self._rows(table, "Dimensions", modified)
        with understood("CBS", f"{table} Dimensions"):
            return TableInfo(table, title, modified, {str(row["Identifier"]): str(row.get("Kind") or "") for row in rows})

    def measures(self, table: TableInfo) -> tuple[Measure, ...]:
        """What the table measures, in its own order."""
        found = self._rows(table.id, "MeasureCodes", table.modified)
        with understood("CBS", f"{table.id} MeasureCodes"):
            return tuple(
                Measure(
                    str(row["Identifier"]).strip(),
                    int(row["Index"]),
                    str(row["Title"]).strip(),
                    str(row.get("Unit") or "").strip(),
                    int(row.get("Decimals") or 0),
                )
                for row in sorted(found, key=lambda row: int(row["Index"]))
            )

    def regions(self, table: TableInfo, municipality: str) -> tuple[Region, ...]:
        """A municipality with its districts and neighbourhoods, as the table names them."""
        wanted = _inside("Identifier", municipality)
        found = self._rows(table.id, f"{table.area_dimension}Codes", table.modified, wanted, municipality)
        with understood("CBS", f"{table.id} {table.area_dimension}Codes"):
            return tuple(Region(str(row["Identifier"]).strip(), str(row["Title"]).strip()) for row in found)

    def observations(self, table: TableInfo, municipality: str, measures: Sequence[str]) -> Iterator[Observation]:
        """The observations of a municipality with its districts and neighbourhoods, for these measures."""
        area = table.area_dimension
        of_measures = " or ".join(f"Measure eq '{code}'" for code in measures)
        wanted = f"({_inside(area, municipality)}) and ({of_measures})"
        for row in self._rows(table.id, "Observations", table.modified, wanted, municipality):
            with understood("CBS", f"{table.id} Observations"):
                value = row.get("Value")
                attribute = str(row.get("ValueAttribute") or "").strip()
                seen = Observation(
                    str(row["Measure"]).strip(),
                    str(row[area]).strip(),
                    None if value is None else float(value),
                    "" if attribute == "None" else attribute,
                )
            yield seen

    def _rows(self, table: str, entity: str, stamp: str, wanted: str = "", title: str = "") -> Iterator[Any]:
        query = "?$filter=" + quote(wanted, safe="()',") if wanted else ""
        return self._pages.rows(
            f"{self._root}/{table}/{entity}{query}", self._reader, stamp=stamp, title=f"{table} {entity} {title}".strip()
        )

    def _next(self, page: Any) -> str:
        """The next page; a link to where v4 lived before is turned to where it lives now."""
        url = str(page.get("@odata.nextLink") or "")
        parts = urlsplit(url)
        if parts.hostname != FORMER_HOST:
            return url
        return f"{self._base}{parts.path}?{parts.query}"


def refuse_other_numbers(table: str) -> None:
    """Raises NotValid when this is not the number of a table: it becomes part of an address."""
    if not _TABLE.fullmatch(table):
        raise NotValid(f"{table} is geen tabelnummer zoals 85984NED.", code="no-table")


def _inside(field: str, municipality: str) -> str:
    """The filter for a municipality and all that lies in it; codes carry the number of their municipality."""
    if not re.fullmatch(r"GM\d{4}", municipality):
        message = f"{municipality!r} is not the code of a municipality"
        raise ValueError(message)
    number = municipality[2:]
    return " or ".join(f"startswith({field},'{level}{number}')" for level in ("GM", "WK", "BU"))
