"""Files of a wave as they come in by a form: looked at, read from quarantine, and thrown away at once. Only the answers are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import Quarantine, safe_name
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.surveys.delivered import KINDS

QUARANTINE = Quarantine("quarantine-surveys")
_STARTS = {".sav": (b"$FL2", b"$FL3"), ".parquet": (b"PAR1",)}


@contextmanager
def waiting(upload: Any, kinds: tuple[str, ...] = KINDS) -> Iterator[Path | None]:
    """The file on disk for as long as it is read; None when nothing was chosen. Raises NotValid for what it cannot be."""
    if upload is None or not upload.name:
        yield None
        return
    name = safe_name(upload.name, "meting")
    _refuse_unless_answers(upload, name, kinds)
    token = QUARANTINE.keep(name, upload.chunks())
    try:
        yield QUARANTINE.path_of(token, name)
    finally:
        QUARANTINE.remove(token)


def _refuse_unless_answers(upload: Any, name: str, kinds: tuple[str, ...]) -> None:
    if not name.endswith(kinds):
        raise NotValid(
            _("{name}: dit soort bestand kennen we hier niet. Kies {kinds}.").format(name=name, kinds=", ".join(kinds)),
            code="unknown-format",
        )
    largest = settings.VLIEGWIEL_LARGEST_DELIVERY
    if (upload.size or 0) > largest * 1_000_000:
        raise NotValid(
            _("Dit bestand is te groot. Het mag hoogstens {largest} MB zijn.").format(largest=largest), code="too-large"
        )
    if not upload.size:
        raise NotValid(_("{name} is leeg. Kies het bestand met de antwoorden.").format(name=name), code="empty-file")
    start = upload.read(8)
    upload.seek(0)
    wanted = _STARTS.get(Path(name).suffix)
    if not start or (wanted and not start.startswith(wanted)) or (not wanted and b"\x00" in start):
        raise NotValid(
            _("De inhoud van {name} past niet bij zijn naam. Haal het bestand opnieuw op.").format(name=name),
            code="other-content",
        )
