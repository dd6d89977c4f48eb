"""CBS OData v3, for tables that are not in v4 yet, such as those of other makers: rows as StatLine shows them (wide form)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from vliegwiel.connect.cbs.odata_v4 import refuse_other_numbers
from vliegwiel.connect.pages import Pages, Reader
from vliegwiel.connect.web import understood
from vliegwiel.kernel.errors import NotFound

BASES = ("https://opendata.cbs.nl/ODataFeed/odata", "https://dataderden.cbs.nl/ODataFeed/odata")


@dataclass(frozen=True)
class WideTable:
    """A table and where it was found: id, title, when it changed (a stamp for what we keep), keys of its columns in order."""

    id: str
    base: str
    title: str
    modified: str
    keys: tuple[str, ...]


class ODataV3:
    """Looks for a table at each of the bases in turn."""

    def __init__(self, pages: Pages, bases: tuple[str, ...] = BASES) -> None:
        self._pages = pages
        self._bases = tuple(base.rstrip("/") for base in bases)

    def table(self, table: str) -> WideTable:
        """What CBS says about a table. Raises NotFound when no base has it."""
        refuse_other_numbers(table)
        for base in self._bases:
            try:
                found = self._pages.web.json(f"{base}/{table}/TableInfos?$format=json")
            except NotFound:
                continue
            with understood("CBS", f"{table} TableInfos"):
                modified, title = str(found["value"][0]["Modified"]), str(found["value"][0]["Title"]).strip()
            properties = self._rows(base, table, "DataProperties", modified)
            with understood("CBS", f"{table} DataProperties"):
                keys = tuple(str(row["Key"]) for row in properties if row.get("Key"))
            return WideTable(table, base, title, modified, keys)
        raise NotFound(f"CBS heeft geen tabel {table}.")

    def rows(self, table: WideTable, municipality: str) -> Iterator[dict[str, str]]:
        """Rows of a municipality with its districts and neighbourhoods, as text without padding; empty when there is no value."""
        number = municipality[2:]
        wanted = " or ".join(f"startswith(WijkenEnBuurten,'{level}{number}')" for level in ("GM", "WK", "BU"))
        for row in self._rows(table.base, table.id, "UntypedDataSet", table.modified, wanted, municipality):
            yield {key: "" if row.get(key) is None else str(row[key]).strip() for key in table.keys}

    def names(self, table: WideTable) -> dict[str, str]:
        """The names of areas by code."""
        found = self._rows(table.base, table.id, "WijkenEnBuurten", table.modified)
        with understood("CBS", f"{table.id} WijkenEnBuurten"):
            return {str(row["Key"]).strip(): str(row["Title"]).strip() for row in found}

    def _rows(self, base: str, table: str, entity: str, stamp: str, wanted: str = "", title: str = "") -> Iterator[Any]:
        query = "&$filter=" + quote(wanted, safe="()',") if wanted else ""
        url = f"{base}/{table}/{entity}?$format=json{query}"

        def following(page: Any) -> str:
            link = str(page.get("odata.nextLink") or "")
            return urljoin(url, link) if link else ""

        reader = Reader(("application/json",), lambda page: list(page["value"]), following)
        return self._pages.rows(url, reader, stamp=stamp, title=f"{table} {entity} {title}".strip())
