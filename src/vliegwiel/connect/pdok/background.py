"""The background map of PDOK (BRT Achtergrondkaart, in grey) as tiles of 256 pixels in web mercator (EPSG:3857).

Source: Kadaster, CC BY 4.0. The service is a WMTS whose tiles can be asked by column and row.
"""

from math import asinh, pi, radians, tan

from vliegwiel.connect.web import Web
from vliegwiel.kernel.errors import NotFound, NotValid

_PATH = "/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857"
#: From far to near: closer than this a map of neighbourhoods needs no ground.
ZOOMS = range(6, 14)
#: The Netherlands: west, south, east, north in degrees.
_BOUNDS = (3.2, 50.7, 7.3, 53.7)
_PNG = b"\x89PNG\r\n\x1a\n"


def is_here(zoom: int, column: int, row: int) -> bool:
    """Whether a tile touches the Netherlands at a zoom that we use; others are never asked for."""
    west, south, east, north = _BOUNDS
    if zoom not in ZOOMS:
        return False
    first, top = _place(zoom, west, north)
    last, bottom = _place(zoom, east, south)
    return first <= column <= last and top <= row <= bottom


def tile(web: Web, address: str, zoom: int, column: int, row: int) -> bytes:
    """One tile as PNG. Raises NotFound for a place we do not ask for, NotNow or NotValid when PDOK gives no picture."""
    if not is_here(zoom, column, row):
        raise NotFound("Dit stukje kaart ligt niet in Nederland.")
    found = web.content(f"{address.rstrip('/')}{_PATH}/{zoom}/{column}/{row}.png", media_types=("image/png",))
    if not found.startswith(_PNG):
        raise NotValid("PDOK gaf iets anders dan een stukje kaart.", code="wrong-content")
    return found


def _place(zoom: int, longitude: float, latitude: float) -> tuple[int, int]:
    """The column and row of the tile with this point (web mercator, OGC 17-083r4, annex D)."""
    size = 2**zoom
    return int((longitude + 180) / 360 * size), int((1 - asinh(tan(radians(latitude))) / pi) / 2 * size)
