"""Read lists of areas without borders: registers of a year, provinces of municipalities per year, and which areas became which."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.records import AreaFile, AreaRecord, LinkRecord, code_of, mark_of, refuse_duplicates, text_of

Cells = dict[str, list[str]]
_MARK = re.compile(r"IndelingswijzigingWijkenEnBuurten(_\d+)?", re.IGNORECASE)
_PROVINCES = {"jaar", "gemeentecode", "gemeentenaam", "provinciecode"}
_LIST = {"Key", "Title", "WijkenEnBuurten", "Naam", "Provinciecode", "oude_gemeentenaam", "nieuwe_gemeentenaam"}
_LINKS = {"jaar_van", "jaar_naar", "oude_gemeentecode", "nieuwe_gemeentecode", "aandeel_landoppervlak"}


def read(path: Path, year: int | None) -> tuple[AreaFile, ...]:
    """Recognise the list by its columns; one AreaFile per year, oldest first."""
    cells = _cells(path)
    if set(cells) >= _LINKS:
        return _links(path, cells, year)
    if set(cells) >= _PROVINCES:
        return _provinces(path, cells, year)
    if year is None:
        raise NotValid(
            _("{name}: het bestand zegt niet van welk jaar het is. Geef --year.").format(name=path.name), code="no-year"
        )
    return (_register(path, cells, year),)


def _cells(path: Path) -> Cells:
    """The cells of the columns that we know, as text: a code or a mark is never a number. Other columns are not read at all."""
    import pyarrow as pa
    from pyarrow import csv

    try:
        with path.open("rb") as file:
            names = file.readline().decode("utf-8-sig").strip().replace('"', "").split(",")
        known = [name for name in names if name in _LIST | _PROVINCES | _LINKS or _MARK.fullmatch(name)]
        if not known:
            return {}
        types = csv.ConvertOptions(
            column_types=dict.fromkeys(known, pa.string()), include_columns=known, strings_can_be_null=False
        )
        table = csv.read_csv(path, convert_options=types, parse_options=csv.ParseOptions(newlines_in_values=True))
        return {name: [cell or "" for cell in table[name].cast(pa.string()).to_pylist()] for name in table.column_names}
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise NotValid(
            _("{name} is beschadigd of niet volledig: {error}").format(name=path.name, error=error), code="unreadable"
        ) from error


def _register(path: Path, cells: Cells, year: int) -> AreaFile:
    """The areas that a table of CBS lists. A table without names takes them from `*_WijkenEnBuurten.csv` beside it."""
    beside = path.with_name(path.name.replace("TypedDataSet", "WijkenEnBuurten"))
    if {"Key", "Title"} <= set(cells):
        codes, names = cells["Key"], cells["Title"]
    elif {"WijkenEnBuurten", "Naam"} <= set(cells):
        codes, names = cells["WijkenEnBuurten"], cells["Naam"]
    elif "WijkenEnBuurten" in cells and beside != path and beside.is_file():
        titles = _cells(beside)
        known = dict(zip((text_of(key) for key in titles["Key"]), titles["Title"], strict=True))
        codes = cells["WijkenEnBuurten"]
        names = [known.get(text_of(code), "") for code in codes]
    else:
        raise NotValid(
            _("{name}: geen lijst van gebieden. We zoeken de kolommen Key en Title.").format(name=path.name),
            code="missing-column",
        )
    nothing = [""] * len(codes)
    provinces = cells.get("Provinciecode", nothing)
    marks: Sequence[Any] = next((cells[name] for name in cells if _MARK.fullmatch(name)), nothing)
    records = [
        AreaRecord(code_of(path, code), text_of(name), province_code=text_of(province), change_mark=mark_of(mark))
        for code, name, province, mark in zip(codes, names, provinces, marks, strict=True)
    ]
    refuse_duplicates(path, records)
    kept = [record for record in records if record.name]
    municipalities = {record.code: record.name for record in kept if record.code.level is Level.MUNICIPALITY}
    named = tuple(
        replace(record, municipality_name=municipalities.get(record.code.municipality or record.code, "")) for record in kept
    )
    left_out = tuple(_("{text}: heeft geen naam").format(text=record.code.text) for record in records if not record.name)
    return AreaFile(year, named, "CBS, Kerncijfers wijken en buurten", "CC BY 4.0", left_out)


def _provinces(path: Path, cells: Cells, year: int | None) -> tuple[AreaFile, ...]:
    """In which province each municipality lay, per year."""
    per_year: dict[int, list[AreaRecord]] = {}
    for row, text in enumerate(cells["jaar"]):
        code, name = code_of(path, cells["gemeentecode"][row]), text_of(cells["gemeentenaam"][row])
        province = code_of(path, cells["provinciecode"][row])
        record = AreaRecord(code, name, name, province.text)
        per_year.setdefault(_year(path, text), []).append(record)
    if year is not None and year not in per_year:
        years = ", ".join(map(str, sorted(per_year)))
        raise NotValid(
            _("{name} hoort bij {years}, niet bij {year}.").format(name=path.name, years=years, year=year), code="other-year"
        )
    for records in per_year.values():
        refuse_duplicates(path, records)
    return tuple(
        AreaFile(found, tuple(records), "CBS: gemeenten per provincie", "CC BY 4.0")
        for found, records in sorted(per_year.items())
        if year is None or found == year
    )


def _links(path: Path, cells: Cells, year: int | None) -> tuple[AreaFile, ...]:
    """Which municipality became which; a municipality with one successor went there whole, whatever an overlay of borders says."""
    rows = [
        (
            code_of(path, cells["oude_gemeentecode"][row]),
            _year(path, cells["jaar_van"][row]),
            code_of(path, cells["nieuwe_gemeentecode"][row]),
            _year(path, cells["jaar_naar"][row]),
            _share(path, cells["aandeel_landoppervlak"][row]),
        )
        for row in range(len(cells["jaar_van"]))
    ]
    successors: dict[tuple[AreaCode, int], int] = {}
    for old, old_year, _new, _new_year, _share_of_land in rows:
        successors[old, old_year] = successors.get((old, old_year), 0) + 1
    nothing = [""] * len(rows)
    old_names, new_names = cells.get("oude_gemeentenaam", nothing), cells.get("nieuwe_gemeentenaam", nothing)
    links = [
        LinkRecord(
            old,
            old_year,
            new,
            new_year,
            1.0 if successors[old, old_year] == 1 else share,
            successors[old, old_year] == 1,
            old_names[row],
            new_names[row],
        )
        for row, (old, old_year, new, new_year, share) in enumerate(rows)
    ]
    if len({(link.old_code, link.old_year, link.new_code, link.new_year) for link in links}) != len(links):
        raise NotValid(_("{name}: een overgang staat er meer dan één keer in.").format(name=path.name), code="duplicate-code")
    years = sorted({link.new_year for link in links if year is None or link.new_year == year})
    if not years:
        raise NotValid(_("{name}: geen overgangen naar {year} gevonden.").format(name=path.name, year=year), code="other-year")
    source = "CBS, Kadaster: afgeleid uit de grenzen van gemeenten"
    return tuple(
        AreaFile(found, (), source, "CC BY 4.0", links=tuple(link for link in links if link.new_year == found)) for found in years
    )


def _year(path: Path, text: str) -> int:
    if not text.strip().isdigit() or not 1900 <= int(text) <= 2200:
        raise NotValid(_("{name}: {text!r} is geen jaar.").format(name=path.name, text=text), code="not-a-number")
    return int(text)


def _share(path: Path, text: str) -> float:
    try:
        share = float(text)
    except ValueError as error:
        raise NotValid(_("{name}: {text!r} is geen aandeel.").format(name=path.name, text=text), code="not-a-number") from error
    if not 0 < share <= 1:
        raise NotValid(
            _("{name}: het aandeel {share:g} ligt niet tussen 0 en 1.").format(name=path.name, share=share), code="out-of-range"
        )
    return share
