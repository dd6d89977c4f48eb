"""Write the areas of a year: new ones, and what known ones lacked. Part of the transaction of who calls it."""

from collections.abc import Sequence

from vliegwiel.catalogue import reader
from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.names import search_name
from vliegwiel.see.areas.records import AreaRecord

_COMPLETED = ["name", "search_name", "district_code", "municipality_code", "municipality_name", "province_code", "change_mark"]


def register(records: Sequence[AreaRecord], year: int, *, made_up: bool = False) -> int:
    """Write areas that are new or that now have something they lacked; returns how many changed.

    What is known is never overwritten. A municipality that gets a province gives it to its districts and neighbourhoods of that year.
    """
    if not records:
        return 0
    there = {area.code: area for area in Area.objects.filter(year=year)}
    provinces = {record.code.text: record.province_code for record in records if record.province_code}
    provinces |= {area.code: area.province_code for area in there.values() if area.province_code}
    new: list[Area] = []
    changed: dict[str, Area] = {}
    for record in (*records, *_provinces(records, there)):
        values = _values(record, provinces)
        area = there.get(record.code.text)
        if area is None:
            new.append(Area(code=record.code.text, year=year, level=record.code.level.value, made_up=made_up, **values))
        elif lacking := [name for name, value in values.items() if value and not getattr(area, name)]:
            for name in lacking:
                setattr(area, name, values[name])
            changed[area.code] = area
    for area in there.values():
        if not area.province_code and (province := provinces.get(area.municipality_code)):
            area.province_code = province
            changed[area.code] = area
    Area.objects.bulk_create(new, batch_size=1000)
    # an upsert is far quicker than an update that tells thousands of rows apart one by one
    Area.objects.bulk_create(
        changed.values(), batch_size=1000, update_conflicts=True, unique_fields=["code", "year"], update_fields=_COMPLETED
    )
    return len(new) + len(changed)


def _values(record: AreaRecord, provinces: dict[str, str]) -> dict[str, str]:
    municipality = record.code if record.code.level is Level.MUNICIPALITY else record.code.municipality
    return {
        "name": record.name,
        "search_name": search_name(record.name),
        "district_code": _text(record.code.district),
        "municipality_code": _text(municipality),
        "municipality_name": record.municipality_name,
        "province_code": record.province_code or provinces.get(_text(municipality), ""),
        "change_mark": record.change_mark,
    }


def _provinces(records: Sequence[AreaRecord], there: dict[str, Area]) -> tuple[AreaRecord, ...]:
    """The Dutch provinces that these records lie in: the source gives their code only."""
    named = {record.code.text for record in records} | set(there)
    codes = sorted({record.province_code for record in records} - named)
    return tuple(
        AreaRecord(AreaCode(code), reader.provinces()[code], province_code=code) for code in codes if code in reader.provinces()
    )


def _text(code: AreaCode | None) -> str:
    return code.text if code else ""
