"""Listings that come in pages, kept on disk page by page, so that a broken download goes on where it stopped.

A folder per listing holds `manifest.json` and one file per page, named by its content. The manifest is replaced as a whole after each
page; a page that is not in it does not exist. `stamp` says which version of the source this is: another version is another listing.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vliegwiel.connect.web import Web, understood
from vliegwiel.kernel.errors import NotFound, NotValid

MOST_PAGES = 10_000
_FORMAT = 1


@dataclass(frozen=True)
class Reader:
    """How to read one kind of listing: its media types, its rows, the address of the next page ("" when there is none)."""

    media_types: tuple[str, ...]
    rows: Callable[[Any], list[Any]]
    next_url: Callable[[Any], str]


class Pages:
    """Reads listings through `web` and keeps their pages in `folder`."""

    def __init__(self, web: Web, folder: Path, *, progress: Callable[[str], None] = lambda _text: None) -> None:
        self.web = web
        self._folder = folder
        self._progress = progress

    def rows(self, url: str, reader: Reader, *, stamp: str, title: str) -> Iterator[Any]:
        """All rows of a listing in order: first what we have, then the rest. Raises as Web does, and NotValid for pages in a circle."""
        listing = self._folder / hashlib.sha256(url.encode()).hexdigest()[:24]
        folder = listing / hashlib.sha256(stamp.encode()).hexdigest()[:12]
        resumed = bool(_manifest(folder))
        try:
            self._complete(folder, url, reader, title)
        except (NotFound, NotValid):
            if not resumed:
                raise
            shutil.rmtree(folder)  # a link from last time may have expired: once more from the start
            self._complete(folder, url, reader, title)
        for other in listing.iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)  # an earlier version of the source
        for page in _manifest(folder):
            yield from reader.rows(json.loads((folder / page["file"]).read_bytes()))

    def _complete(self, folder: Path, url: str, reader: Reader, title: str) -> None:
        pages = _manifest(folder)
        seen = {page["url"] for page in pages}
        count = sum(page["rows"] for page in pages)
        following = pages[-1]["next"] if pages else url
        if pages and following:
            self._progress(f"{title}: verder na bladzijde {len(pages)}")
        while following:
            if following in seen or len(pages) >= MOST_PAGES:
                raise NotValid(f"{self.web.name} blijft naar dezelfde bladzijden verwijzen: {following}", code="paging-loop")
            document = self.web.json(following, media_types=reader.media_types)
            with understood(self.web.name, following):
                rows, after = reader.rows(document), reader.next_url(document)
            content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
            name = f"{hashlib.sha256(content).hexdigest()}.json"
            _write(folder / name, content)
            pages.append({"url": following, "next": after, "file": name, "rows": len(rows)})
            _write(folder / "manifest.json", json.dumps({"format": _FORMAT, "pages": pages}).encode())
            seen.add(following)
            count += len(rows)
            following = after
            self._progress(f"{title}: {count} regels")


def _manifest(folder: Path) -> list[dict[str, Any]]:
    """The pages that are here whole, from the first one on; a page that was damaged ends the list."""
    try:
        found = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return []
    whole: list[dict[str, Any]] = []
    for page in found["pages"] if found.get("format") == _FORMAT else []:
        path = folder / page["file"]
        if not path.is_file() or f"{hashlib.sha256(path.read_bytes()).hexdigest()}.json" != page["file"]:
            break
        whole.append(page)
    return whole


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
