"""A whole GeoPackage from PDOK, for who wants all of the Netherlands at once."""

from collections.abc import Callable
from pathlib import Path

from vliegwiel.connect.web import Web

_SQLITE = b"SQLite format 3\x00"


def download(web: Web, url: str, path: Path, *, progress: Callable[[str], None] = lambda _text: None) -> Path:
    """Fetch a GeoPackage, going on where an earlier attempt was cut off. Raises NotValid when it is no GeoPackage."""
    return web.download(url, path, begins_with=_SQLITE, progress=progress)
