"""Facilities that cannot exist, inside the borders that are loaded: a spreadsheet as a municipality would hand it in, from a fixed seed."""

import csv
from pathlib import Path
from typing import Any

import numpy as np

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.see.facilities.tables import COLUMNS
from vliegwiel.see.facilities.where import Grounds

_SEED = 20240602
#: From how many residents a neighbourhood has one, and which share of those has it then.
_FROM: dict[str, tuple[int, float]] = {
    "ontmoetingsplek": (0, 1.0), "basisschool": (350, 0.9), "huisarts": (900, 0.7), "apotheek": (1400, 0.5), "tandarts": (1200, 0.5),
    "fysiotherapeut": (800, 0.6), "ziekenhuis": (2200, 0.25), "verpleeghuis": (900, 0.4), "thuishulp": (600, 0.5), "steunpunt": (900, 0.4),
    "dorpszorg": (0, 0.2), "middelbare-school": (1600, 0.4), "kinderopvang": (600, 0.6), "bibliotheek": (1100, 0.5), "sporthal": (700, 0.5),
    "supermarkt": (900, 0.8), "dorpswinkel": (150, 0.4), "bushalte": (100, 0.8), "station": (1800, 0.3),
}  # fmt: skip
#: A neighbourhood with a bus has more stops along the line.
_STOPS = 4
_OPEN = {
    "ontmoetingsplek": "ma t/m vr 9.00-22.00 uur",
    "huisarts": "ma t/m vr 8.00-17.00 uur",
    "supermarkt": "ma t/m za 8.00-20.00 uur",
}
_COSTS = {
    "huisarts": "verzekerd", "apotheek": "verzekerd", "ziekenhuis": "verzekerd", "tandarts": "zelf-betalen", "thuishulp": "eigen-bijdrage",
    "verpleeghuis": "naar-inkomen", "steunpunt": "gratis", "dorpszorg": "gratis", "basisschool": "gratis", "bibliotheek": "gratis",
}  # fmt: skip
_ROOMS = ("zaal en keuken", "grote zaal, twee kleine zalen en een keuken", "zaal, podium en bar", "huiskamer en tuin")


def write(path: Path, grounds: Grounds, persons: Any, *, real: bool = False) -> int:
    """Write the spreadsheet; returns how many rows. The same borders give the same facilities.

    In a `real` province each name says that it is made up: a school may well be called after its village.
    """
    chance = np.random.default_rng(_SEED)
    rows: list[dict[str, object]] = []
    first_municipality = grounds.municipalities[0]
    for place, name in enumerate(grounds.names):
        for kind, (least, share) in _FROM.items():
            drawn = chance.random()
            if int(persons[place]) < least or drawn > share:
                continue
            called = _called(facility_words().kinds[kind].name, name, real)
            for number in range(_STOPS if kind == "bushalte" else 1):
                rows.append(_row(chance, grounds, place, kind, f"{called} {number + 1}" if number else called, len(rows) + 1))
        if grounds.municipalities[place] == first_municipality:  # a village with more buildings than it needs
            rows.append(_row(chance, grounds, place, "ontmoetingsplek", _called("activiteitengebouw", name, real), len(rows) + 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in COLUMNS if name not in ("huisnummer", "lon", "lat")], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _called(what: str, name: str, real: bool) -> str:
    return f"Verzonnen {what} {name}" if real else f"{what.capitalize()} {name}"


def _row(chance: np.random.Generator, grounds: Grounds, place: int, kind: str, name: str, number: int) -> dict[str, object]:
    """One facility; what its owner did not tell stays empty, as in a real list."""
    x, y = _point(chance, grounds.shapes[place], 1_400 if kind == "bushalte" else 450)
    known = chance.random(6) < 0.8
    care = facility_words().kinds[kind].care
    meets = kind == "ontmoetingsplek"
    cost = _COSTS.get(kind, "")
    row: dict[str, object] = {
        "nummer": f"V{number:04d}",
        "naam": name[:120],
        "soort": kind,
        "adres": f"Verzonnenstraat {number}",
        "postcode": "0000 AB",
        "x": round(x),
        "y": round(y),
        "open": _OPEN.get(kind, "ma t/m vr 9.00-17.00 uur") if known[0] and kind not in ("bushalte", "station") else "",
        "capaciteit": int(chance.integers(4, 30)) * 10
        if meets or (known[1] and kind in ("basisschool", "verpleeghuis", "sporthal"))
        else "",
        "kosten": ("gratis" if meets else cost) if known[2] else "",
        "toelichting kosten": "Koffie kost € 1,50." if meets and known[3] else "",
        "toegankelijk": ["ja", "ja", "deels", "nee"][int(chance.integers(0, 4))] if known[3] else "",
        "toegang": "; ".join(chance.choice(list(facility_words().access_details.values()), 2, replace=False))
        if meets and known[3]
        else "",
        "ruimtes": _ROOMS[int(chance.integers(0, len(_ROOMS)))] if meets and known[4] else "",
        "nieuwe klanten": ["ja", "ja", "nee"][int(chance.integers(0, 3))] if care and known[4] else "",
        "wachttijd": int(chance.integers(0, 60)) if care and known[5] else "",
        "gecontroleerd op": f"{int(chance.integers(1, 28))}-{int(chance.integers(1, 12))}-2025",
    }
    return row


def _point(chance: np.random.Generator, shape: Any, spread: float) -> tuple[float, float]:
    """A point about so many metres from the middle of a neighbourhood: facilities stand together, stops do not."""
    import shapely

    middle = shape.representative_point()
    for _try in range(20):
        x, y = middle.x + chance.normal(0, spread), middle.y + chance.normal(0, spread)
        if shapely.contains_xy(shape, x, y):
            return float(x), float(y)
    return float(middle.x), float(middle.y)
