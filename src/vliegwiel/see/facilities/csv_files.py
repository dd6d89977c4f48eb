"""Facilities as CSV: what the pages show, in words."""

from collections.abc import Iterator

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import line
from vliegwiel.see.facilities.models import Facility

_COLUMNS = (
    "nummer", "naam", "soort", "adres", "postcode", "buurtcode", "buurt", "gemeente", "gemeentecode", "x", "y", "open", "capaciteit",
    "kosten", "toegankelijk", "toegang", "ruimtes", "nieuwe klanten", "wachttijd in dagen", "bron", "gecontroleerd op", "let op",
)  # fmt: skip


def facility_lines(found: Iterator[Facility]) -> Iterator[str]:
    """CSV with comma and UTF-8 (RFC 4180), points in metres (RD); an empty cell is unknown."""
    words = facility_words()
    yield line(list(_COLUMNS))
    for item in found:
        details = "; ".join(words.access_details[key] for key in item.access_details if key in words.access_details)
        yield line(
            [
                item.public_id, item.name, item.kind_of.name, item.address, item.postcode, item.area, item.area_name,
                item.municipality_name, item.municipality, item.x, item.y, item.opening, item.capacity,
                words.costs.get(item.cost, ""), words.access.get(item.accessible, ""), details, item.rooms, item.takes_new,
                item.waiting_days, item.source, item.checked_on, MADE_UP if item.made_up else "",
            ]
        )  # fmt: skip
