"""What other rooms may ask about areas.

`register_from_table` adds the areas that an official table of a year names; `set_postcodes` keeps the most common postcode of an
area; `known_codes` is every code of a year, `codes_and_names` with the name; `municipalities_of` are those of a province now. Reads
for pages are in `queries`. A place (`PlaceFacts`) is found by its code (`place_of`, `home_of` when it has to be on the map), at a point
(`place_at`), by its name (`place_named` exactly, `places_named` to choose from, `nearest_places` when it was not spelled right) or in a
sentence (`places_in`). `codes_inside` gives the codes of what lies in an area. `PointLayer` is what a room contributes to the map layers
of `/ogc/v1`, with a `LayerPoint` for each of its points.
"""

import hashlib
from pathlib import Path

from vliegwiel.kernel import clock
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries, readers
from vliegwiel.see.areas.actions.register_areas import register
from vliegwiel.see.areas.models import Area, AreaImport
from vliegwiel.see.areas.place_names import nearest_places, place_named, places_in, places_named
from vliegwiel.see.areas.places import PlaceFacts, codes_inside, home_of, place_at, place_of
from vliegwiel.see.areas.points import Box, LayerPoint, PointLayer

__all__ = [
    "Box",
    "LayerPoint",
    "PlaceFacts",
    "PointLayer",
    "codes_and_names",
    "codes_inside",
    "home_of",
    "known_codes",
    "municipalities_of",
    "nearest_places",
    "place_at",
    "place_named",
    "place_of",
    "places_in",
    "places_named",
    "register_from_table",
    "set_postcodes",
]


def register_from_table(path: Path, year: int, *, made_up: bool = False) -> int:
    """Add the areas that the table itself lists, with CBS's mark of change; a `*_WijkenEnBuurten.csv` beside it gives the names.

    Returns how many changed.
    """
    found = readers.read(path, year)
    changed = sum(register(part.records, part.year, made_up=made_up) for part in found)
    if changed:
        AreaImport.objects.create(
            year=year,
            file_name=path.name,
            file_hash=hashlib.sha256(path.read_bytes()).hexdigest(),
            changed=changed,
            imported_at=clock.now(),
        )
        queries.stamp.forget()
    return changed


def set_postcodes(postcodes: dict[str, str], year: int) -> None:
    """Keep the most common postcode per area code; part of the caller's transaction."""
    changed = []
    for area in Area.objects.filter(year=year):
        postcode = postcodes.get(area.code, "")
        if postcode and area.postcode != postcode:
            area.postcode = postcode
            changed.append(area)
    # an upsert is far quicker than an update that tells thousands of rows apart one by one
    Area.objects.bulk_create(
        changed, batch_size=1000, update_conflicts=True, unique_fields=["code", "year"], update_fields=["postcode"]
    )


def known_codes(year: int) -> set[str]:
    """Every area code of a year."""
    return set(Area.objects.filter(year=year).values_list("code", flat=True))


def municipalities_of(province: str) -> list[tuple[str, str]]:
    """Code and name of the municipalities of a province in the newest year that we know, by name."""
    for year in queries.years():
        found = list(queries.of_level(Level.MUNICIPALITY, year, province=province).values_list("code", "name"))
        if found:
            return found
    return []


def codes_and_names(year: int) -> list[tuple[str, str]]:
    """Code and name of every area of a year."""
    return list(Area.objects.filter(year=year).order_by("code").values_list("code", "name"))
