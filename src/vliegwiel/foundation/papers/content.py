"""What is in a file that someone uploads: is it what its name says, can it be opened, and what must be taken out before it is kept."""

import io
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vliegwiel.foundation.papers.quarantine import safe_name
from vliegwiel.kernel.errors import NotValid

if TYPE_CHECKING:
    from PIL.Image import Image

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
_HEART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
_OFFICE_97 = b"\xd0\xcf\x11\xe0"
_MOST_PARTS, _MOST_UNPACKED, _MOST_PIXELS = 5_000, 250_000_000, 100_000_000
_PIECE = 1 << 20


@dataclass(frozen=True)
class Content:
    """What may be kept of a file: a clean name, its media type, and the bytes without what does not belong there."""

    name: str
    media_type: str
    data: bytes


def checked(name: str, data: bytes) -> Content:
    """What may be kept of this file.

    Raises NotValid for a kind we do not take, an empty file, a content other than the name says, a password, macros, or an archive
    that unpacks to far more than it is (a *zipbom*). A photo loses the place and camera that it names.
    """
    clean = safe_name(name, "stuk")
    ending = clean.rpartition(".")[2]
    if ending not in KINDS:
        raise NotValid(
            "Dit soort bestand kunnen we niet aannemen. Kies PDF, Word, Excel, ODT, JPG, PNG of CSV.", code="unknown-format"
        )
    if not data.strip():
        raise NotValid("Dit bestand is leeg. Kies een ander bestand.", code="empty-file")
    if ending == "pdf":
        _refuse_unless_pdf(data)
    elif ending in _HEART:
        _refuse_unless_document(ending, data)
    elif ending == "csv":
        _refuse_unless_text(data)
    else:
        data = _photo(KINDS[ending], data)
    return Content(clean, KINDS[ending], data)


def _other(ending: str) -> NotValid:
    message = f"De naam zegt {ending.upper()}, maar de inhoud is iets anders. Sla het bestand opnieuw op en probeer het nog eens."
    return NotValid(message, code="other-content")


def _locked() -> NotValid:
    return NotValid("Op dit bestand zit een wachtwoord. Sla het op zonder wachtwoord en probeer het nog eens.", code="password")


def _bomb() -> NotValid:
    return NotValid("Dit bestand wordt bij het uitpakken veel te groot. We nemen het niet aan.", code="zip-bomb")


def _refuse_unless_pdf(data: bytes) -> None:
    from pypdf import PdfReader

    if b"%PDF-" not in data[:1024]:
        raise _other("pdf")
    try:
        reader = PdfReader(io.BytesIO(data))
        opens = not reader.is_encrypted or bool(reader.decrypt(""))
        pages = len(reader.pages) if opens else 0
    except Exception as fault:  # a broken PDF makes the reader raise whatever it meets
        raise NotValid("Deze PDF is beschadigd. Sla haar opnieuw op en probeer het nog eens.", code="broken-file") from fault
    if not opens:
        raise _locked()
    if not pages:
        raise NotValid("In deze PDF zit geen enkele bladzijde.", code="empty-file")


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
    if any(name.endswith("vbaProject.bin") for name in names):
        raise NotValid("In dit bestand zitten macro's. Sla het op zonder macro's en probeer het nog eens.", code="macros")


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


def _photo(media_type: str, data: bytes) -> bytes:
    """The picture alone, standing upright: where, when and with what it was taken is left out."""
    from PIL import Image

    wanted = "JPEG" if media_type == "image/jpeg" else "PNG"
    other = _other("jpg" if wanted == "JPEG" else "png")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
            found, pixels = picture.format, picture.width * picture.height
            bare = _bare(picture, wanted) if found == wanted and pixels <= _MOST_PIXELS else b""
    except Image.DecompressionBombError:
        raise _bomb() from None
    except Exception as fault:  # a broken picture makes the library raise whatever it meets
        raise other from fault
    if found != wanted:
        raise other
    if not bare:
        raise _bomb()
    return bare


def _bare(picture: "Image", wanted: str) -> bytes:
    from PIL import ImageOps

    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    same = upright.size == picture.size and upright.tobytes() == picture.tobytes()
    kept = picture if same else upright
    kept.load()
    kept.info = {name: value for name, value in kept.info.items() if name in ("transparency", "gamma")}
    out = io.BytesIO()
    if wanted == "PNG":
        kept.save(out, "PNG", icc_profile=profile)
    else:
        quality: str | int = "keep" if same else 92
        kept.save(out, "JPEG", quality=quality, icc_profile=profile, exif=b"", comment=b"")
    return out.getvalue()
