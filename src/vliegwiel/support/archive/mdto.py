"""A file as the archive takes it: MDTO metadata (Nationaal Archief, XML schema 1.0.1 and 1.0.2), the rows of every room, and its documents.

The order of elements is that of the schema; no text is empty, as 1.0.2 asks. What it calls *begrippenlijst* is named, not copied.
"""

import hashlib
import io
import mimetypes
import zipfile
from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree

from vliegwiel.catalogue.reader import provinces
from vliegwiel.catalogue.retention import retentions
from vliegwiel.kernel import clock
from vliegwiel.support.archive.files import File
from vliegwiel.support.archive.queries import Candidate

_NAMESPACE = "https://www.nationaalarchief.nl/mdto"
_SOURCE = "Vliegwiel"
_PEOPLE = "Er staan gegevens van mensen in (Archiefwet 1995, artikel 15, eerste lid, onder a)."
_FIXED = (1980, 1, 1, 0, 0, 0)


def package(file: File, facts: Candidate) -> bytes:
    """A ZIP with everything of a file that stays for ever, so without a term after which it goes: `dossier.mdto.xml`, `gegevens/` per room,
    and documents, each with its own metadata.

    `controlegetal.txt` is the SHA-256 that the tombstone will name: the rows in the package are the rows that go here.
    """
    name = f"Subsidiedossier {facts.number}"
    contents = [(f"gegevens/{room}.json", text.encode()) for room, text in sorted(file.documents.items())]
    contents += [(path, data()) for path, data in file.papers()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        _write(made, "dossier.mdto.xml", _of_file(name, facts, [path for path, _data in contents]))
        for path, data in contents:
            _write(made, path, data)
            _write(made, f"{path}.mdto.xml", _of_document(path, data, name, facts.number))
        _write(made, "controlegetal.txt", f"{file.hash}\n".encode())
    return out.getvalue()


def _write(made: zipfile.ZipFile, path: str, data: bytes) -> None:
    """The same content gives the same bytes, whenever it is made."""
    entry = zipfile.ZipInfo(path, _FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    made.writestr(entry, data)


def _of_file(name: str, facts: Candidate, paths: Iterable[str]) -> bytes:
    kind = retentions()[facts.key]
    root, top = _started("informatieobject", facts.number, name)
    _concept(top, "aggregatieniveau", "Dossier", "Begrippenlijst Aggregatieniveaus MDTO")
    _text(top, "omschrijving", kind.name)
    covered = ElementTree.SubElement(top, "dekkingInTijd")
    _concept(covered, "dekkingInTijdType", "Looptijd van een dossier", _SOURCE)
    _text(covered, "dekkingInTijdBegindatum", facts.number[:4] if facts.number[:4].isdecimal() else str(facts.since.year))
    _text(covered, "dekkingInTijdEinddatum", facts.since.isoformat())
    _text(top, "taal", "nl")
    _concept(top, "waardering", "Blijvend te bewaren", "Begrippenlijst Waarderingen MDTO", "B")
    _concept(top, "informatiecategorie", kind.name, kind.on(clock.today()).source)
    for path in paths:
        _reference(top, "heeftRepresentatie", path, f"{facts.number}/{path}")
    _reference(top, "archiefvormer", f"Provincie {provinces().get(facts.province, facts.province)}")
    limit = ElementTree.SubElement(top, "beperkingGebruik")
    _concept(limit, "beperkingGebruikType", "beperkt openbaar; persoonlijke levenssfeer (Archiefwet 1995)", _SOURCE)
    _text(
        limit,
        "beperkingGebruikNadereBeschrijving",
        _PEOPLE,
    )
    return _bytes(root)


def _of_document(path: str, data: bytes, name: str, number: str) -> bytes:
    root, top = _started("bestand", f"{number}/{path}", path)
    _text(top, "omvang", str(len(data)))
    media = mimetypes.guess_type(path)[0] or "application/octet-stream"
    _concept(top, "bestandsformaat", media, "IANA Media Types")
    sum_ = ElementTree.SubElement(top, "checksum")
    _concept(sum_, "checksumAlgoritme", "SHA-256", "Begrippenlijst ChecksumAlgoritme MDTO")
    _text(sum_, "checksumWaarde", hashlib.sha256(data).hexdigest())
    _text(sum_, "checksumDatum", _moment(clock.today()))
    _reference(top, "isRepresentatieVan", name, number)
    return _bytes(root)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def _started(kind: str, mark: str, name: str) -> tuple[ElementTree.Element, ElementTree.Element]:
    root = ElementTree.Element("MDTO", {"xmlns": _NAMESPACE})
    top = ElementTree.SubElement(root, kind)
    _identity(ElementTree.SubElement(top, "identificatie"), mark)
    _text(top, "naam", name)
    return root, top


def _identity(at: ElementTree.Element, mark: str) -> None:
    _text(at, "identificatieKenmerk", mark)
    _text(at, "identificatieBron", _SOURCE)


def _concept(at: ElementTree.Element, tag: str, label: str, of: str, code: str = "") -> None:
    made = ElementTree.SubElement(at, tag)
    _text(made, "begripLabel", label)
    if code:
        _text(made, "begripCode", code)
    _reference(made, "begripBegrippenlijst", of)


def _reference(at: ElementTree.Element, tag: str, name: str, mark: str = "") -> None:
    made = ElementTree.SubElement(at, tag)
    _text(made, "verwijzingNaam", name)
    if mark:
        _identity(ElementTree.SubElement(made, "verwijzingIdentificatie"), mark)


def _text(at: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(at, tag).text = text


def _bytes(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
