"""A made-up village of two neighbourhoods with roads, people and a few facilities, made by the real actions."""

import csv
from pathlib import Path
from typing import Any

import shapely

from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.import_facilities import ImportedFacilities, import_facilities
from vliegwiel.see.facilities.actions.import_roads import make_up_roads
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery

PROVINCE = "PV25"
SYSTEM = Actor.system("cli")
SOURCE = "Verzonnen lijst"
#: Two squares of three kilometres beside each other.
WEST, EAST = shapely.box(200_000, 440_000, 203_000, 443_000), shapely.box(203_000, 440_000, 206_000, 443_000)
_SCHOOL = {"soort": "basisschool", "y": "441500"}
SCHOOLS = [
    {**_SCHOOL, "nummer": "1", "naam": "Basisschool West", "x": "201000", "open": "ma t/m vr", "capaciteit": "120"},
    {**_SCHOOL, "nummer": "2", "naam": "Basisschool Midden", "soort": "school", "x": "203100", "kosten": "gratis"},
    {**_SCHOOL, "nummer": "3", "naam": "Basisschool Oost", "x": "205000", "toegankelijk": "ja"},
]
_HALL = {"soort": "dorpshuis"}
HALLS = [
    {
        **_HALL, "nummer": f"h{place}", "naam": f"Zaal {place}", "x": str(200_300 + 600 * place), "y": str(440_500 + 250 * (place % 5)),
        "capaciteit": str(300 + 150 * place),
    }
    for place in range(9)
]  # fmt: skip


def a_list(folder: Path, rows: list[dict[str, str]], *, name: str = "lijst.csv") -> Path:
    """A CSV with these facilities."""
    path = folder / name
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def areas_and_people(folder: Path) -> None:
    """Borders and figures: 4,370 people in the west, of whom 1,345 are old; 140 in the east, whose children nobody counted."""
    folder.mkdir(parents=True, exist_ok=True)
    import_areas(actor=SYSTEM, path=a_border_file(folder, shapes=[WEST, EAST]), year=2024)
    import_release(actor=SYSTEM, path=a_delivery(folder))
    areas.stamp.forget()
    figures.stamp.forget()


def a_village(folder: Path) -> None:
    """Borders, people, made-up roads, three schools and nine halls."""
    areas_and_people(folder)
    make_up_roads(actor=SYSTEM, province=PROVINCE)
    facilities_from(folder, [*SCHOOLS, *HALLS])


def facilities_from(folder: Path, rows: list[dict[str, str]], **changes: Any) -> ImportedFacilities:
    """Read these rows as one source."""
    given = {"actor": SYSTEM, "province": PROVINCE, "source": SOURCE, **changes}
    done = import_facilities(path=a_list(folder, rows), **given)
    queries.stamp.forget()
    return done


def named(name: str) -> Facility:
    """The facility with this name."""
    return Facility.objects.get(name=name)


def someone(kind: str, *, municipality: str = "") -> Actor:
    """Who has this role in the province; the same person each time."""
    held = Role.objects.filter(kind=kind, province=PROVINCE, municipality=municipality).first()
    address = f"{kind}{municipality.lower()}@voorbeeld.invalid"
    return acting(held or a_role(kind, province=PROVINCE, municipality=municipality, email=address))
