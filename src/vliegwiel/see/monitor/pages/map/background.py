"""The background of the live map: tiles of PDOK through our own address, so that no browser of a visitor ever asks another site.

Off unless `VLIEGWIEL_BACKGROUND` names the service. A tile is kept for a month; when PDOK does not answer, an older one or an empty one
comes instead, and the map stands without its ground.
"""

import os
import threading
from base64 import b64decode
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vliegwiel.connect.pdok import background
from vliegwiel.connect.web import Manners, Web
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, Refusal

PATH = "/achtergrond/{z}/{x}/{y}.png"
_KEPT_SECONDS = 30 * 24 * 3600
#: A visitor waits for this: one short attempt.
_MANNERS = Manners(attempts=1, connect_seconds=2.0, read_seconds=4.0, page_bytes=1_000_000)
_EMPTY = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def path_when_on() -> str:
    """The address of the tiles for the live map; empty when there is no background here."""
    return PATH if settings.VLIEGWIEL_SERVICES.get("pdok-background") else ""


@require_safe
def background_tile(_request: HttpRequest, zoom: int, column: int, row: int) -> HttpResponse:
    """`/achtergrond/<zoom>/<kolom>/<rij>.png`."""
    address = next(iter(settings.VLIEGWIEL_SERVICES.get("pdok-background", ())), "")
    if not address or not background.is_here(zoom, column, row):
        raise NotFound(_("Deze pagina bestaat niet."))
    path = Path(settings.VLIEGWIEL_HOME) / "cache" / "background" / str(zoom) / str(column) / f"{row}.png"
    kept = path.read_bytes() if path.is_file() else b""
    if kept and clock.now().timestamp() - path.stat().st_mtime < _KEPT_SECONDS:
        return _picture(kept, "public, max-age=86400")
    with suppress(Refusal):
        kept = background.tile(_web(address), address, zoom, column, row)
        _keep(path, kept)
        return _picture(kept, "public, max-age=86400")
    return _picture(kept or _EMPTY, "no-store")


@lru_cache(maxsize=4)
def _web(address: str) -> Web:
    """One reader per service, with its open connections."""
    return Web("PDOK", (address,), _MANNERS)


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def _picture(content: bytes, caching: str) -> HttpResponse:
    response = HttpResponse(content, content_type="image/png")
    response.headers["Cache-Control"] = caching
    return response
