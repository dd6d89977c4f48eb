"""The page "what if these close" in a made-up province: half a million crossings, a million addresses, a thousand schools, all ways of
travelling. A request is asked of the whole house, with another five schools each time, by a visitor whom no kept page answers. Of each
request the least of the clock and the processor counts, so that a busy machine does not decide; the clock stands in the note.
"""

import csv
import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.bench.harness import Bar, Result, percentile, seconds
from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.engines.travel.streets import made_up_streets
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.facilities.actions.import_addresses import import_addresses
from vliegwiel.see.facilities.actions.import_facilities import import_facilities
from vliegwiel.see.facilities.actions.import_roads import roads_path
from vliegwiel.see.facilities.models import Facility, FacilityNorm, RoadNetwork
from vliegwiel.see.facilities.ready import make_ready
from vliegwiel.see.figures.actions.import_release import import_release

_SYSTEM = Actor.system("cli")
_PROVINCE, _CORNER, _SPACING = "PV25", (160_000.0, 400_000.0), 100.0
#: Rows of crossings, addresses, neighbourhoods along a side, schools, stops, runs.
_SIZES = {"full": (720, 1_000_000, 24, 1_000, 2_000, 25), "tiny": (40, 2_000, 4, 20, 10, 2)}
_ALONG = 4  # neighbourhoods along the side of a municipality


def measure(size: str) -> list[Result]:
    """Fill a home, make it ready as a server does when it starts, and ask."""
    settings.VLIEGWIEL_PROVINCE = _PROVINCE
    _fill(size)
    return _asked(size)


def _fill(size: str) -> None:
    rows, addresses, along, schools, stops, _runs = _SIZES[size]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    folder = Path(settings.VLIEGWIEL_HOME) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    side = rows * _SPACING
    _areas(folder, along, side, addresses)
    for way in facility_words().profiles.values():
        _roads(way.key, way.pace, rows)
    _addresses(folder, addresses, side)
    _facilities(folder, schools, stops, side)


def _asked(size: str) -> list[Result]:
    _rows, addresses, _along, schools, _stops, runs = _SIZES[size]
    ready = seconds(lambda: make_ready(_PROVINCE))
    visitor = Client(SERVER_NAME="localhost")
    visitor.cookies["bench"] = "1"  # with a cookie no kept page answers
    names = list(Facility.objects.filter(kind="basisschool").order_by("pk").values_list("public_id", flat=True))
    turn = count()

    def ask(closed: int) -> Callable[[], None]:
        def deed() -> None:
            first = closed * next(turn)
            chosen = [f"sluit={names[(first + place) % len(names)]}" for place in range(closed)]
            _gets(visitor, f"/voorzieningen/wat-als?soort=basisschool&vervoer=bike&{'&'.join(chosen)}")

        return deed

    about = f"{addresses:,} adressen, {schools:,} scholen, drie manieren van reizen; klaarzetten duurt {ready:.0f} s"
    note = about.replace(",", ".", 2)
    return [
        _result(f"wat-als: hele pagina, {closed} van {schools:,} sluiten".replace(",000", ".000"), ask(closed), runs, note)
        for closed in (5, 1)
    ]


def _areas(folder: Path, along: int, side: float, persons: int) -> None:
    """Square neighbourhoods, some together a municipality, and who lives there."""
    import pyogrio
    import shapely

    width, path = side / along, folder / "grenzen.gpkg"
    codes, shapes, owners = [], [], []
    for place in range(along * along):
        column, row = place % along, place // along
        west, south = _CORNER[0] + column * width, _CORNER[1] + row * width
        owners.append(9_100 + (row // _ALONG) * -(-along // _ALONG) + column // _ALONG)
        codes.append(f"BU{owners[-1]}{place:04d}")
        shapes.append(shapely.box(west, south, west + width, south + width))
    drawn = np.array(shapes, dtype=object)
    towns = sorted(set(owners))
    whole = [shapely.union_all(drawn[np.array(owners) == town]) for town in towns]
    town_names = {"gemeentecode": [f"GM{town}" for town in towns], "gemeentenaam": [f"Verzinstad {town}" for town in towns]}
    names = {"buurtcode": codes, "buurtnaam": [f"Buurt {code[2:]}" for code in codes]}
    owned = {**names, "gemeentenaam": [f"Verzinstad {owner}" for owner in owners]}
    layers: dict[str, tuple[list[Any], dict[str, list[str]]]] = {"gemeenten": (whole, town_names), "buurten": (shapes, owned)}
    for layer, (areas, columns) in layers.items():
        fields = {**columns, "provinciecode": [_PROVINCE] * len(areas), "jaar": ["2024"] * len(areas)}
        many = [shapely.multipolygons(shapely.get_parts(area)) for area in areas]
        values = [np.array(column, dtype=object) for column in fields.values()]
        pyogrio.raw.write(
            path, shapely.to_wkb(np.array(many, dtype=object)), values, list(fields), layer=layer, crs="EPSG:28992",
            geometry_type="MultiPolygon", append=path.exists(),
        )  # fmt: skip
    import_areas(actor=_SYSTEM, path=path, year=2024, made_up=True)
    each = 2 * persons // len(codes)
    figures = {
        "AantalInwoners_5": each, "k_0Tot15Jaar_8": each // 6, "k_65JaarOfOuder_12": each // 5, "HuishoudensTotaal_29": each // 2,
        "PersonenautoSTotaal_104": each // 3,
    }  # fmt: skip
    _write(
        folder / "kwb_2024_85984NED.csv",
        [{"WijkenEnBuurten": code, "Naam": code, "Provinciecode": _PROVINCE, **figures} for code in codes],
    )
    import_release(actor=_SYSTEM, path=folder / "kwb_2024_85984NED.csv")


def _roads(profile: str, pace: float | None, rows: int) -> None:
    """The same streets for each way of travelling, kept as an import keeps them."""
    streets = made_up_streets(
        corner=_CORNER, rows=rows, spacing=_SPACING, inside=lambda x, _y: np.ones(len(x), dtype=bool), pace=pace
    )
    content = f"{len(streets.x):032x}{rows:016x}{int(streets.there.sum()):016x}"
    streets.save(roads_path(content))
    RoadNetwork.objects.create(
        province=_PROVINCE, profile=profile, source="verzonnen wegen", content_hash=content, vintage=clock.today(),
        nodes=len(streets.x), edges=len(streets.tail), made_up=True,
    )  # fmt: skip


def _addresses(folder: Path, number: int, side: float) -> None:
    chance = np.random.default_rng(7)
    places = np.rint(_CORNER + chance.random((number, 2)) * side).astype(int)
    lines = (f"{x},{y},woonfunctie\n" for x, y in places.tolist())
    with (folder / "adressen.csv").open("w", encoding="utf-8") as file:
        file.writelines(["x,y,gebruiksdoel\n", *lines])
    import_addresses(actor=_SYSTEM, province=_PROVINCE, path=folder / "adressen.csv", made_up=True)


def _facilities(folder: Path, schools: int, stops: int, side: float) -> None:
    chance = np.random.default_rng(8)
    kinds = ["basisschool"] * schools + ["bushalte"] * stops + ["ontmoetingsplek"] * (schools // 4)
    places = np.rint(_CORNER + chance.random((len(kinds), 2)) * side).astype(int)
    rows = [
        {"nummer": number, "naam": f"Verzonnen {kind} {number}", "soort": kind, "x": x, "y": y, "capaciteit": 200}
        for number, (kind, (x, y)) in enumerate(zip(kinds, places.tolist(), strict=True))
    ]
    _write(folder / "lijst.csv", rows)
    import_facilities(actor=_SYSTEM, province=_PROVINCE, path=folder / "lijst.csv", source="Verzonnen lijst", made_up=True)
    FacilityNorm.objects.create(
        province=_PROVINCE, kind="basisschool", profile="bike", minutes=10, source="Verzonnen norm", status="voorstel",
        valid_from=date(2020, 1, 1), made_up=True,
    )  # fmt: skip


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _gets(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200 or 'id="uitkomst"' not in answer.content.decode():
        message = f"{path}: {answer.status_code}"
        raise ValueError(message)


def _result(name: str, deed: Callable[[], None], runs: int, note: str) -> Result:
    deed()
    on_the_clock, least = [], []
    for _turn in range(runs):
        began = time.process_time()
        on_the_clock.append(1000 * seconds(deed))
        least.append(min(1000 * (time.process_time() - began), on_the_clock[-1]))
    told = f"op de klok {percentile(on_the_clock, 0.5):.0f} ms, traagste {max(least):.0f} ms; {note}"
    return Result(name, "ms", percentile(least, 0.5), runs, Bar(50), note=told)
