"""Where uploaded files wait: a folder with a random name each, outside everything that is served; nothing in it is ever run.

What comes in is not trusted: the name is cleaned, the size bounded, and the first bytes must be those of the kind that the name says.
"""

import re
import secrets
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotValid

KINDS = (".csv", ".gpkg", ".geojson", ".json")
_SQLITE = b"SQLite format 3\x00"
_LONGEST_NAME = 100


def safe_name(name: str) -> str:
    """The file name with only letters, digits, points, dashes and underscores, in lower-case ending.

    >>> safe_name("../../etc/kwb 2024_85984NED.CSV"), safe_name(".csv")
    ('kwb_2024_85984NED.csv', 'levering.csv')
    """
    last = re.split(r"[/\\]", name)[-1]
    bare, _point, ending = last.rpartition(".")
    clean = re.sub(r"[^A-Za-z0-9_-]+", "_", bare).strip("_-")[:_LONGEST_NAME] or "levering"
    return f"{clean}.{re.sub(r'[^a-z0-9]', '', ending.lower())[:10]}"


def refuse_unless_figures(name: str, size: int, start: bytes) -> None:
    """Raises NotValid for a file that is empty, too large, of another kind, or not what its name says; `start` are its first bytes."""
    largest = settings.VLIEGWIEL_LARGEST_DELIVERY
    if not name.endswith(KINDS):
        raise NotValid(_("Dit soort bestand kennen we niet. Kies een CSV, GeoPackage of GeoJSON."), code="unknown-format")
    if size > largest * 1_000_000:
        raise NotValid(
            _("Dit bestand is te groot. Het mag hoogstens {largest} MB zijn.").format(largest=largest), code="too-large"
        )
    if not start.strip():
        raise NotValid(_("Dit bestand is leeg."), code="empty-file")
    if not _is_what_it_says(name, start):
        raise NotValid(_("De inhoud van dit bestand past niet bij zijn naam. Haal het bestand opnieuw op."), code="other-content")


def _is_what_it_says(name: str, start: bytes) -> bool:
    if name.endswith(".gpkg"):
        return start.startswith(_SQLITE)
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if name.endswith((".geojson", ".json")):
        return bare.startswith(b"{")
    return b"\x00" not in start and not bare.startswith((b"{", b"<", b"PK\x03\x04", b"%PDF"))


def keep(name: str, chunks: Iterable[bytes]) -> str:
    """Write the file in a folder of its own and return the name of that folder."""
    token = secrets.token_hex(16)
    path = path_of(token, name)
    path.parent.mkdir(parents=True, mode=0o700)
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
    path.chmod(0o600)
    return token


def path_of(token: str, name: str) -> Path:
    """Where the file of this folder lies."""
    return _folder() / token / name


def remove(token: str) -> None:
    """Throw the folder away; it may be gone already."""
    shutil.rmtree(_folder() / token, ignore_errors=True)


def clear_before(moment: datetime) -> int:
    """Throw away what came in before this moment; returns how many folders."""
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < moment.timestamp()]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.VLIEGWIEL_HOME) / "quarantine"
