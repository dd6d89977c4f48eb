"""Observations laid out as a file of StatLine: one row per area, one column per measure, keys as StatLine makes them."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from vliegwiel.connect.cbs.odata_v4 import Measure, Observation, Region

#: What CBS calls a value that it keeps to itself, and how files of StatLine write that.
_SECRET_WORDS = ("secret", "confidential", "geheim")
NOT_TOLD = "-99997"
UNKNOWN = "."
KINDS = {"GM": "Gemeente", "WK": "Wijk", "BU": "Buurt"}


def key_of(measure: Measure) -> str:
    """The key of a column: its title in one word, as StatLine makes it, and its place in the table.

    >>> key_of(Measure("10680", 12, "0 tot 15 jaar", "aantal", 0))
    'k_0Tot15Jaar_12'
    """
    return f"{stem_of(measure.title)}_{measure.index}"


def stem_of(title: str) -> str:
    """A title in one word: each word with a capital, without accents and signs, `k_` before a digit.

    >>> stem_of("Personenauto's; jonger dan 6 jaar"), stem_of("Wmo-cliënten  "), stem_of("40% personen met laagste inkomen")
    ('PersonenautoSJongerDan6Jaar', 'WmoClienten', 'k_40PersonenMetLaagsteInkomen')
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", title) if not unicodedata.combining(letter))
    words = re.findall(r"[A-Za-z0-9]+", plain)
    text = "".join(word[0].upper() + word[1:] for word in words)
    return f"k_{text}" if text[:1].isdigit() else text


def table_of(
    regions: Sequence[Region], measures: Sequence[Measure], observations: Iterable[Observation], area_column: str
) -> list[dict[str, str]]:
    """Rows by area. A cell without an observation is unknown, unless the whole measure is still empty: then it is left empty."""
    cells: dict[tuple[str, str], str] = {}
    for seen in observations:
        cells[seen.region, seen.measure] = _cell(seen)
    filled = {measure for (_region, measure), text in cells.items() if text != UNKNOWN}
    rows = []
    for region in regions:
        row = {area_column: region.code, "Naam": region.title, "SoortRegio_2": KINDS.get(region.code[:2], "")}
        for measure in measures:
            row[key_of(measure)] = cells.get((region.code, measure.code), UNKNOWN) if measure.code in filled else ""
        rows.append(row)
    return rows


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write rows as CSV (comma, point, UTF-8), by area code, at once: the same rows give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh")
    area_column = next(iter(rows[0]))
    with fresh.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row[area_column]))
    fresh.replace(path)
    return path


def _cell(seen: Observation) -> str:
    if seen.value is not None:
        return f"{seen.value:.15g}"
    return NOT_TOLD if any(word in seen.attribute.lower() for word in _SECRET_WORDS) else UNKNOWN
