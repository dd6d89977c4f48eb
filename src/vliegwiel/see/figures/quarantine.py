"""Which files of figures may wait in quarantine.

What comes in is not trusted: the name is cleaned, the size bounded, and the first bytes must be those of the kind that the name says.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import Quarantine
from vliegwiel.kernel.errors import NotValid

QUARANTINE = Quarantine("quarantine")
KINDS = (".csv", ".gpkg", ".geojson", ".json")
_SQLITE = b"SQLite format 3\x00"


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
