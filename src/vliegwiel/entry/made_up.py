"""A province that cannot exist: files in the formats of CBS, with made-up places and figures, from a fixed seed.

The files are read by the same actions as the real ones. Their names cannot exist, and everything made from them says so.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.entry.demo_rooms import PLACES

PROVINCE, PROVINCE_NAME, YEAR = "PV99", "Verzonnenland", 2024
_SEED = 20240601
#: South-west of the made-up province (metres, RD).
_CORNER = (170_000, 430_000)
_FIRST = ["Nergens", "Bedacht", "Fabel", "Sprook", "Droom", "Zogenaamd", "Ooit", "Misschien", "Stelvoor", "Alsof"]
_PLACES = [
    "Voorbeelderveld",
    "Denkbeeldig",
    "Luchtkasteel",
    "Proefstede",
    "Nietbestaan",
    "Schijnwoude",
    "Gedachtenes",
    "Papierdorp",
]
_KINDS = ["Centrum", "Noord", "Zuid", "Molenhoek", "Buitengebied"]


@dataclass(frozen=True)
class MadeUpFiles:
    """Where the made-up files lie: borders and figures."""

    borders: Path
    figures: Path


@dataclass(frozen=True)
class _Neighbourhood:
    code: str
    name: str
    municipality: int
    shape: Any


def write(folder: Path) -> MadeUpFiles:
    """Write a GeoPackage of borders and a CSV of figures into `folder`; the same seed gives the same places."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(_SEED)
    neighbourhoods = _neighbourhoods(chance)
    files = MadeUpFiles(folder / "verzonnen_grenzen.gpkg", folder / "verzonnen_kerncijfers_85984NED.csv")
    _write_borders(files.borders, neighbourhoods, PROVINCE)
    _write_figures(files.figures, neighbourhoods, chance)
    return files


def write_places(folder: Path, province: str, corner: tuple[int, int]) -> Path:
    """Write the same municipalities and neighbourhoods as places of a real province, from this corner (metres, RD) on; without figures
    and without a border of the province, which would look real. Returns the GeoPackage."""
    import shapely

    folder.mkdir(parents=True, exist_ok=True)
    away = np.array(corner) - np.array(_CORNER)
    there = [
        replace(item, shape=shapely.transform(item.shape, lambda points: points + away))
        for item in _neighbourhoods(np.random.default_rng(_SEED))
    ]
    path = folder / PLACES
    _write_borders(path, there, province)
    return path


def _municipality(number: int) -> tuple[str, str]:
    return f"GM99{number:02d}", f"{_FIRST[number % len(_FIRST)]}{'veen' if number % 2 else 'dam'}"


def _neighbourhoods(chance: np.random.Generator) -> list[_Neighbourhood]:
    """Eight municipalities of about ten neighbourhoods, cut from one landscape so that borders fit."""
    import shapely

    landscape = shapely.buffer(shapely.box(170_000, 430_000, 215_000, 460_000), 6_000)
    centres = np.column_stack((chance.uniform(172_000, 213_000, 8), chance.uniform(432_000, 458_000, 8)))
    points: NDArray[Any] = np.column_stack((chance.uniform(165_000, 220_000, 80), chance.uniform(425_000, 465_000, 80)))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=landscape))
    found: list[_Neighbourhood] = []
    counts = [0] * len(centres)
    for cell in cells:
        shape = shapely.intersection(cell, landscape)
        if shape.is_empty or shape.area < 1e6:
            continue
        middle = shape.centroid
        owner = int(np.argmin(np.hypot(centres[:, 0] - middle.x, centres[:, 1] - middle.y)))
        place = counts[owner]
        counts[owner] += 1
        code = f"BU99{owner:02d}{place // 5:02d}{place % 5:02d}"
        name = f"{_PLACES[(owner + place // 5) % len(_PLACES)]} {_KINDS[place % 5]}"
        found.append(_Neighbourhood(code, name, owner, shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shape))
    return found


def _write_borders(path: Path, neighbourhoods: list[_Neighbourhood], province: str) -> None:
    import pyogrio
    import shapely

    path.unlink(missing_ok=True)
    owners = sorted({item.municipality for item in neighbourhoods})
    wholes = [shapely.union_all([item.shape for item in neighbourhoods if item.municipality == owner]) for owner in owners]
    layers: dict[str, tuple[list[Any], dict[str, list[str]]]] = {
        "gemeenten": (
            wholes,
            {"gemeentecode": [_municipality(o)[0] for o in owners], "gemeentenaam": [_municipality(o)[1] for o in owners]},
        ),
        "buurten": (
            [item.shape for item in neighbourhoods],
            {
                "buurtcode": [item.code for item in neighbourhoods],
                "buurtnaam": [item.name for item in neighbourhoods],
                "gemeentenaam": [_municipality(item.municipality)[1] for item in neighbourhoods],
            },
        ),
    }
    if province == PROVINCE:
        layers["provincies"] = ([shapely.union_all(wholes)], {"provincienaam": [PROVINCE_NAME]})
    for layer, (shapes, columns) in layers.items():
        many = [shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes]
        columns = {**columns, "provinciecode": [province] * len(many), "jaar": [str(YEAR)] * len(many)}
        pyogrio.raw.write(
            path,
            shapely.to_wkb(np.array(many, dtype=object)),
            [np.array(values, dtype=object) for values in columns.values()],
            list(columns),
            layer=layer,
            crs="EPSG:28992",
            geometry_type="MultiPolygon",
            append=path.exists(),
        )


def _write_figures(path: Path, neighbourhoods: list[_Neighbourhood], chance: np.random.Generator) -> None:
    """Counts add up to their municipality but for rounding; one neighbourhood is too small for figures."""
    rows = [_row(item, place, chance) for place, item in enumerate(neighbourhoods)]
    totals = [
        _total(owner, [row for row, item in zip(rows, neighbourhoods, strict=True) if item.municipality == owner])
        for owner in sorted({item.municipality for item in neighbourhoods})
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(totals + rows)


def _row(item: _Neighbourhood, place: int, chance: np.random.Generator) -> dict[str, object]:
    rural = item.name.endswith("Buitengebied")
    people = 15 if place == 7 else int(chance.gamma(3, 180 if rural else 600)) // 5 * 5 + 60
    old, young = (int(people * share) // 5 * 5 for share in (chance.uniform(0.14, 0.34), chance.uniform(0.1, 0.2)))
    distance = chance.uniform(2, 6) if rural else chance.uniform(0.4, 2.5)
    land = max(int(item.shape.area / 10_000), 1)
    hidden = people < 50
    households = max(int(people / 2.2) // 5 * 5, 5)
    return {
        "WijkenEnBuurten": item.code,
        "Naam": item.name,
        "SoortRegio_2": "Buurt",
        "Provinciecode": PROVINCE,
        "AantalInwoners_5": people,
        "k_0Tot15Jaar_8": young or "",
        "k_65JaarOfOuder_12": old or "",
        "HuishoudensTotaal_29": households,
        "GemiddeldeHuishoudensgrootte_33": "" if hidden else round(chance.uniform(1.9, 2.7), 1),
        "Bevolkingsdichtheid_34": max(round(100 * people / land), 1),
        "GemiddeldeWOZWaardeVanWoningen_39": "" if hidden else int(chance.normal(380, 70)),
        "PercentageEengezinswoning_40": "" if hidden else int(chance.uniform(60, 98)),
        "Koopwoningen_47": "" if hidden else int(chance.uniform(40, 85)),
        "GemiddeldInkomenPerInwoner_78": "" if hidden else round(chance.normal(33, 3), 1),
        "PersonenautoSTotaal_104": "" if hidden else int(households * (0.95 if rural else 0.76 + 0.03 * (place % 5))) // 5 * 5,
        "AfstandTotHuisartsenpraktijk_110": "" if hidden else round(distance, 1),
        "AfstandTotGroteSupermarkt_111": "" if hidden else round(distance * chance.uniform(0.7, 1.3), 1),
        "AfstandTotSchool_113": "" if hidden else round(distance * chance.uniform(0.4, 0.9), 1),
        "OppervlakteLand_116": land,
        "MeestVoorkomendePostcode_118": f"{9900 + item.municipality}",
    }


def _total(owner: int, rows: list[dict[str, object]]) -> dict[str, object]:
    code, name = _municipality(owner)
    counted = (
        "AantalInwoners_5",
        "k_0Tot15Jaar_8",
        "k_65JaarOfOuder_12",
        "HuishoudensTotaal_29",
        "PersonenautoSTotaal_104",
        "OppervlakteLand_116",
    )
    total: dict[str, object] = {"WijkenEnBuurten": code, "Naam": name, "SoortRegio_2": "Gemeente", "Provinciecode": PROVINCE}
    total |= {key: sum(int(str(row[key])) for row in rows if row[key] != "") for key in counted}
    people = np.array([int(str(row["AantalInwoners_5"])) for row in rows], dtype=float)
    for key in rows[0]:
        known = [place for place, row in enumerate(rows) if row[key] != ""]
        if key not in total and key != "MeestVoorkomendePostcode_118":
            decimals = 0 if isinstance(rows[known[0]][key], int) else 1
            values = np.array([float(str(rows[place][key])) for place in known])
            mean = float(np.average(values, weights=people[known]))
            total[key] = round(mean, 1) if decimals else round(mean)
    total["Bevolkingsdichtheid_34"] = round(100 * int(str(total["AantalInwoners_5"])) / int(str(total["OppervlakteLand_116"])))
    return total
