"""OGC API Features as PDOK serves it: collections and their items, in RD where the collection offers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from vliegwiel.connect.pages import Pages, Reader
from vliegwiel.connect.web import understood
from vliegwiel.kernel.canonical import content_hash

RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
DEGREES = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_GEOJSON = ("application/geo+json", "application/json")
#: What we ask for; the server may give fewer, and we never count on it.
_LIMIT = 1000


@dataclass(frozen=True)
class Collection:
    """A collection: id, title, the coordinate systems it offers, and a stamp that changes when its description does."""

    id: str
    title: str
    crs: tuple[str, ...]
    stamp: str


class Features:
    """Reads one OGC API, for example https://api.pdok.nl/cbs/wijken-en-buurten-2024/ogc/v1."""

    def __init__(self, pages: Pages, base: str) -> None:
        self._pages = pages
        self._base = base.rstrip("/")

    def collection(self, name: str) -> Collection:
        """What the server says about a collection. Raises NotFound when it has none of that name."""
        found = self._pages.web.json(f"{self._base}/collections/{name}?f=json")
        with understood("PDOK", f"de beschrijving van {name}"):
            offered = tuple(map(str, found.get("crs") or [DEGREES]))
            return Collection(str(found["id"]), str(found.get("title") or ""), offered, content_hash(found))

    def items(
        self, collection: Collection, *, crs: str = DEGREES, bbox: tuple[float, float, float, float] | None = None
    ) -> Iterator[dict[str, Any]]:
        """The features of a collection, with coordinates in `crs`; `bbox` (in the same) leaves out what lies elsewhere."""
        query = {"f": "json", "limit": str(_LIMIT)}
        if crs != DEGREES:
            query["crs"] = crs
        if bbox is not None:
            query["bbox"] = ",".join(f"{number:.6f}" for number in bbox)
            if crs != DEGREES:
                query["bbox-crs"] = crs
        url = f"{self._base}/collections/{collection.id}/items?{urlencode(query)}"

        def following(page: Any) -> str:
            return next((urljoin(url, str(link["href"])) for link in page.get("links") or [] if link.get("rel") == "next"), "")

        reader = Reader(_GEOJSON, lambda page: list(page["features"]), following)
        yield from self._pages.rows(url, reader, stamp=collection.stamp, title=collection.title or collection.id)
