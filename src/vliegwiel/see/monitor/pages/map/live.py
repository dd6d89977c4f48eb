"""What the live map needs beside the page: tiles by range, and where the map begins."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.foundation.design.ranged import ranged
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas import coverage, tiles
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.monitor.pages.map.choice import Choice

_NAME = re.compile(r"(gemeenten|wijken|buurten)-\d{4}-([0-9a-f]{16}-\d+)\.pmtiles")


@dataclass(frozen=True)
class Live:
    """Addresses of the tiles of this level and of the municipalities drawn over them (empty when they are the same)."""

    tiles: str
    lines: str


@require_safe
def tiles_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/tegels/buurten-2024-….pmtiles`: the name holds the hash of the borders, so that it never changes."""
    match = _NAME.fullmatch(name)
    path = Path(settings.VLIEGWIEL_HOME) / "public" / "tiles" / name
    if match is None or not path.is_file():
        raise NotFound(_("Deze kaarttegels bestaan niet meer. Laad de kaart opnieuw."), nearest=((_("Kaart"), "/kaart"),))
    return ranged(request, path, etag=match[2], content_type="application/vnd.pmtiles")


def live_of(choice: Choice) -> Live | None:
    """The live map of a choice; None until `vliegwiel warm` made the tiles."""
    path = tiles.path_of(choice.level, choice.year)
    if path is None or not path.is_file():
        return None
    over = tiles.path_of(Level.MUNICIPALITY, choice.year) if choice.level is not Level.MUNICIPALITY else None
    return Live(f"/tegels/{path.name}", f"/tegels/{over.name}" if over and over.is_file() else "")


def names_of(choice: Choice) -> list[tuple[float, float, str]]:
    """Where names stand on the live map (longitude, latitude, name): of the municipalities, or of the parts of one."""
    whole = choice.within.level == Level.PROVINCE.value
    level = Level.MUNICIPALITY if whole else choice.level
    fitting = coverage.borders_that_fit(level, choice.year)
    parts = [part for part in areas.parts_of(choice.within, level) if part.code in fitting]
    points = [fitting[part.code].point_on_surface() for part in parts if not part.search_name.startswith("verspr")]
    names = [part.name for part in parts if not part.search_name.startswith("verspr")]
    return [(*tiles.to_degrees(point.x, point.y), name) for point, name in zip(points, names, strict=True)]


def bounds_of(choice: Choice, codes: tuple[str, ...]) -> list[float]:
    """West, south, east and north of the areas of a choice, in degrees."""
    fitting = coverage.borders_that_fit(choice.level, choice.year)
    drawn = [fitting[code] for code in codes if code in fitting]
    return list(tiles.bounds_of(np.array(drawn, dtype=object))) if drawn else []
