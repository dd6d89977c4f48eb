"""What is in a file that someone uploads: is it what its name says, can it be opened, and what must be taken out before it is kept."""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.foundation.papers import photos
from vliegwiel.foundation.papers.quarantine import safe_name
from vliegwiel.kernel.errors import NotValid

#: The kinds that may come in: their ending, and the media type we give them.
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "csv": "text/csv",
}
_NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "odt": "ODT", "jpg": "JPG", "png": "PNG", "csv": "CSV"}
_HEART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
_OFFICE_97 = b"\xd0\xcf\x11\xe0"
_MOST_PARTS, _MOST_UNPACKED = 5_000, 250_000_000
_PIECE = 1 << 20


@dataclass(frozen=True)
class Content:
    """What may be kept of a file: a clean name, its media type, and the bytes without what does not belong there."""

    name: str
    media_type: str
    data: bytes


def checked(name: str, data: bytes, formats: Collection[str] = ()) -> Content:
    """What may be kept of this file; `formats` are the endings that are taken here (all of KINDS when empty).

    Raises NotValid for a kind we do not take, an empty file, a content other than the name says, a password, macros, or an archive
    that unpacks to far more than it is (a *zipbom*). A photo loses the place and camera that it names.
    """
    clean = safe_name(name, "stuk")
    ending = _taken(clean, formats)
    if not data.strip():
        raise NotValid(_("Dit bestand is leeg. Kies een ander bestand."), code="empty-file")
    if ending == "pdf":
        _refuse_unless_pdf(data)
    elif ending in _HEART:
        _refuse_unless_document(ending, data)
    elif ending == "csv":
        _refuse_unless_text(data)
    else:
        data = photos.without_place(data, KINDS[ending], other=_other(ending), bomb=_bomb())
    return Content(clean, KINDS[ending], data)


def _taken(name: str, formats: Collection[str]) -> str:
    """The ending, when a file with it is taken here; a photo may be called jpg or jpeg."""
    ending = name.rpartition(".")[2]
    taken = {key for key in KINDS if not formats or KINDS[key] in {KINDS[item] for item in formats}}
    if ending in taken:
        return ending
    names = [_NAMES[key] for key in _NAMES if key in taken]
    said = _("%(some)s of %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]} if len(names) > 1 else names[0]
    message = _("Dit soort bestand kunnen we hier niet aannemen. Kies %(formats)s.") % {"formats": said}
    raise NotValid(message, code="unknown-format")


def _other(ending: str) -> NotValid:
    message = _("De naam zegt %(format)s, maar de inhoud is iets anders. Sla het bestand opnieuw op en probeer het nog eens.")
    return NotValid(message % {"format": ending.upper()}, code="other-content")


def _locked() -> NotValid:
    message = _("Op dit bestand zit een wachtwoord. Sla het op zonder wachtwoord en probeer het nog eens.")
    return NotValid(message, code="password")


def _bomb() -> NotValid:
    return NotValid(_("Dit bestand wordt bij het uitpakken veel te groot. We nemen het niet aan."), code="zip-bomb")


def _refuse_unless_pdf(data: bytes) -> None:
    from pypdf import PdfReader

    if b"%PDF-" not in data[:1024]:
        raise _other("pdf")
    try:
        reader = PdfReader(io.BytesIO(data))
        opens = not reader.is_encrypted or bool(reader.decrypt(""))
        pages = len(reader.pages) if opens else 0
    except Exception as fault:  # a broken PDF makes the reader raise whatever it meets
        message = _("Deze PDF is beschadigd. Sla haar opnieuw op en probeer het nog eens.")
        raise NotValid(message, code="broken-file") from fault
    if not opens:
        raise _locked()
    if not pages:
        raise NotValid(_("In deze PDF zit geen enkele bladzijde."), code="empty-file")


def _refuse_unless_document(ending: str, data: bytes) -> None:
    if data.startswith(_OFFICE_97):  # Office wraps a document with a password in its old format
        raise _locked()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _unpackable(archive)
            if _HEART[ending] not in names or (ending == "odt" and archive.read("mimetype").strip() != KINDS["odt"].encode()):
                raise _other(ending)
            if ending == "odt" and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise _locked()
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as fault:
        raise _other(ending) from fault
    if any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names):
        raise NotValid(_("In dit bestand zitten macro's. Sla het op zonder macro's en probeer het nog eens."), code="macros")


def _unpackable(archive: zipfile.ZipFile) -> set[str]:
    """The names in the archive, once every part was unpacked and thrown away within bounds."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise _bomb()
    if any(part.flag_bits & 1 for part in parts):
        raise _locked()
    unpacked = 0
    for part in parts:
        with archive.open(part) as file:
            while piece := file.read(_PIECE):
                unpacked += len(piece)
                if unpacked > _MOST_UNPACKED:
                    raise _bomb()
    return {part.filename for part in parts}


def _refuse_unless_text(data: bytes) -> None:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"\x00" in data or start.startswith((b"<", b"{", b"PK\x03\x04", b"%PDF", _OFFICE_97)):
        raise _other("csv")
