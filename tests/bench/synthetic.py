"""Many more indicators and years than there are, written in bulk and made up; the normal queries must be able to read them."""

from dataclasses import replace
from typing import Any

import numpy as np

from vliegwiel.catalogue import reader
from vliegwiel.catalogue.reader import Indicator
from vliegwiel.kernel import clock
from vliegwiel.kernel.area_code import AreaCode
from vliegwiel.see.areas.models import Area, AreaImport
from vliegwiel.see.figures import columns
from vliegwiel.see.figures.delivery import Column, Delivery
from vliegwiel.see.figures.models import Release, ReleaseColumn

SEED = 20240601


def value_of(key: str, period: str, row: int) -> float:
    """The made-up value at a row, so that a reader can be checked without keeping what was written."""
    return float((sum(map(ord, key + period)) * 7 + row * 13) % 1000)


def copies(times: int) -> list[str]:
    """Keys of made-up indicators: every indicator of the catalogue, `times` − 1 times more. They are known to this process only."""
    known: dict[str, Indicator] = reader.indicators()
    given = [item for item in known.values() if not item.computed and "-proef-" not in item.key]
    made = [replace(item, key=f"{item.key}-proef-{count}", profile=None) for count in range(1, times) for item in given]
    known |= {item.key: item for item in made}
    return [item.key for item in made]


def add_years(source_year: int, count: int) -> list[int]:
    """Copy the areas of a year to earlier years that have none."""
    there = set(Area.objects.order_by().values_list("year", flat=True).distinct())
    years = [year for year in range(1900, 2000) if year not in there][:count]
    areas = list(Area.objects.filter(year=source_year))
    for year in years:
        made: list[Area] = []
        for area in areas:
            fields: dict[str, Any] = {field.name: getattr(area, field.name) for field in Area._meta.concrete_fields}
            made.append(Area(**{**fields, "id": None, "year": year, "made_up": True}))
        Area.objects.bulk_create(made, batch_size=500)
        AreaImport.objects.create(year=year, file_name="proef", file_hash="", changed=len(made), imported_at=clock.now())
    return years


def add_release(keys: list[str], year: int, period: str) -> Release:
    """One made-up release with these indicators for all areas of a year."""
    codes = sorted(Area.objects.filter(year=year).values_list("code", flat=True))
    place = np.arange(len(codes))
    status = np.zeros(len(codes), dtype=np.uint8)
    indicators = reader.indicators()
    made = tuple(Column(indicators[key], period, key, (value_of(key, period, 0) + place * 13) % 1000, status) for key in keys)
    family = next(family for family in reader.table_families().values() if family.tables)
    table = replace(next(iter(family.tables.values())), id=f"proef-{year}", year=year)
    empty: dict[str, Any] = {"postcodes": {}, "ignored": ()}
    delivery = Delivery(family, table, tuple(map(AreaCode, codes)), made, **empty)
    release = Release.objects.create(
        family="proef",
        table=table.id,
        title=f"VERZONNEN VOORBEELD {year}",
        source="verzonnen",
        licence="CC0",
        file_name="proef",
        file_hash=f"{SEED}-{year}-{period}",
        content_hash=columns.store(delivery),
        area_year=year,
        published=clock.today(),
        status="voorlopig",
        area_count=len(codes),
        made_up=True,
        imported_at=clock.now(),
        receipt={},
    )
    ReleaseColumn.objects.bulk_create(
        [
            ReleaseColumn(release=release, indicator=key, period=period, source_key=key, known=len(codes), missing=0)
            for key in keys
        ],
        batch_size=500,
    )
    return release
