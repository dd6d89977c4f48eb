"""A stand-in for PDOK: OGC API Features with GoKoala's envelope and cursors, Locatieserver from made-up recordings in RD, and tiles.

Like the real ones it refuses query parameters it does not know.
"""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

from vliegwiel.connect import loopback
from vliegwiel.connect.loopback import Reply, Request, Site
from vliegwiel.connect.pdok.features import DEGREES, RD

OWN = Path(__file__).parent / "recordings"
YEAR = 2024
_APIS = {
    f"/cbs/wijken-en-buurten-{YEAR}/ogc/v1": ("gemeenten", "wijken", "buurten"),
    "/cbs/gebiedsindelingen/ogc/v1": ("provincie_gegeneraliseerd",),
}
_TILES = "/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/"
_KNOWN = {
    "suggest": {"q", "fq", "fl", "rows", "start", "sort", "lat", "lon"},
    "free": {"q", "fq", "fl", "rows", "start", "sort", "lat", "lon", "df", "bq"},
    "lookup": {"id", "fl"},
}


@contextmanager
def serve(*, page_size: int = 2, crs: tuple[str, ...] = (DEGREES, RD)) -> Iterator[Site]:
    """Serve made-up borders and places on this machine; a page holds at most `page_size` features, whatever is asked."""

    def answer(site: Site, request: Request) -> Reply:
        for api, collections in _APIS.items():
            if request.path.startswith(f"{api}/collections/"):
                name, _slash, items = request.path.removeprefix(f"{api}/collections/").partition("/")
                if name in collections and items in ("", "items"):
                    return _items(site, request, name) if items else _collection(site, request, name)
        if request.path.startswith(_TILES):
            return _tile(request.path.removeprefix(_TILES))
        verb = request.path.removeprefix("/bzk/locatieserver/search/v3_1/")
        return _places(verb, request) if verb in _KNOWN else Reply.of({"title": "Not Found"}, code=404)

    def _collection(site: Site, request: Request, name: str) -> Reply:
        links = [{"rel": "self", "type": "application/json", "href": f"{site.address}{request.path}?f=json"}]
        return Reply.of({"id": name, "title": name.capitalize(), "itemType": "feature", "crs": list(crs), "links": links})

    def _items(site: Site, request: Request, name: str) -> Reply:
        wanted = request.one("crs", DEGREES)
        if set(request.query) - {"f", "limit", "cursor", "crs", "bbox", "bbox-crs"} or wanted not in crs:
            return Reply.of({"title": "Bad Request", "status": 400}, "application/problem+json", 400)
        features = _in(wanted, _within(request, _features(name)))
        start, size = int(request.one("cursor", "0")), min(page_size, int(request.one("limit", "10")))
        query = {key: values[0] for key, values in request.query.items()} | {"cursor": str(start + size)}
        links = [{"rel": "self", "type": "application/geo+json", "href": f"{site.address}{request.path}?f=json"}]
        if start + size < len(features):
            href = f"{site.address}{request.path}?{urlencode(query)}"
            links.append({"rel": "next", "type": "application/geo+json", "title": "Next page", "href": href})
        shown = features[start : start + size]
        page = {"type": "FeatureCollection", "links": links, "features": shown, "numberReturned": len(shown)}
        return Reply.of(page, "application/geo+json")

    with loopback.serve(answer) as site:
        yield site


def _features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((OWN / f"{name}.json").read_text(encoding="utf-8"))["features"]
    return found


def _within(request: Request, features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The features whose border touches the asked box."""
    import shapely.geometry

    if not (asked := request.one("bbox")):
        return features
    west, south, east, north = map(float, asked.split(","))
    box = shapely.box(west, south, east, north)
    shown = _in(request.one("bbox-crs", DEGREES), features)
    near = [shapely.geometry.shape(feature["geometry"]).intersects(box) for feature in shown]
    return [feature for feature, there in zip(features, near, strict=True) if there]


def _in(crs: str, features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    import shapely
    import shapely.geometry
    from pyproj import Transformer

    if crs == RD:
        return features
    turn = Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True).transform

    def turned(feature: dict[str, Any]) -> dict[str, Any]:
        shape = shapely.geometry.shape(feature["geometry"])
        moved = shapely.transform(shape, lambda points: np.column_stack(turn(points[:, 0], points[:, 1])))
        return {**feature, "geometry": shapely.geometry.mapping(moved)}

    return [turned(feature) for feature in features]


def _tile(name: str) -> Reply:
    """A grey tile with a line along its edges; outside the zooms of the service the exception of a WMTS (OGC 07-057r7)."""
    parts = name.removesuffix(".png").split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not name.endswith(".png"):
        return Reply(b"", "text/plain", 404)
    zoom, column, row = map(int, parts)
    if zoom > 19 or column >= 2**zoom or row >= 2**zoom:
        text = '<ExceptionReport xmlns="http://www.opengis.net/ows/1.1"><Exception exceptionCode="TileOutOfRange"/></ExceptionReport>'
        return Reply(text.encode(), "text/xml", 400)
    edge, inside = b"\xa0" * 256, b"\xa0" + b"\xe6" * 254 + b"\xa0"
    lines = b"".join(b"\x00" + (edge if place in (0, 255) else inside) for place in range(256))
    return Reply(_png(256, 256, lines), "image/png")


def _png(width: int, height: int, lines: bytes) -> bytes:
    """A picture in grey (PNG, colour type 0)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def _places(verb: str, request: Request) -> Reply:
    unknown = set(request.query) - _KNOWN[verb]
    if unknown or ("q" not in request.query and verb == "suggest") or ("id" not in request.query and verb == "lookup"):
        return Reply.of({"error": {"msg": f"unknown or missing parameter {sorted(unknown)}", "code": 400}}, code=400)
    found = json.loads((OWN / "places.json").read_text(encoding="utf-8"))["docs"]
    if verb == "lookup":
        found = [place for place in found if place["id"] == request.one("id")]
    else:
        words = request.one("q").lower().replace(" ", "")
        found = [place for place in found if words in place["weergavenaam"].lower().replace(" ", "")]
    if kinds := request.one("fq").removeprefix("type:").strip("()"):
        found = [place for place in found if place["type"] in kinds.split(" OR ")]
    if verb == "suggest":
        found = [{name: place[name] for name in ("type", "weergavenaam", "id", "score")} for place in found]
    shown = found[: int(request.one("rows", "10"))]
    return Reply.of({"response": {"numFound": len(found), "start": 0, "maxScore": 0, "numFoundExact": True, "docs": shown}})
