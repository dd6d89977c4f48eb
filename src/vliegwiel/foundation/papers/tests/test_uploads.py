"""Documents that come in: what is refused, what is taken out, who may open them, and what the scanner says."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from vliegwiel.connect.clamav import fake
from vliegwiel.foundation.papers.actions.scan_waiting import scan_waiting
from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.papers.public import open_paper, papers_of, receive
from vliegwiel.foundation.papers.tests.given import ACCESS_PATH, FILE, OWNER, PROVINCE, STRANGER, VISITOR, a_pdf, an_upload
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_access(settings: Any) -> None:
    settings.VLIEGWIEL_PAPER_ACCESS = [ACCESS_PATH]


def brought(data: bytes | None = None, name: str = "begroting.pdf", **more: Any) -> Any:
    return receive(actor=OWNER, province=PROVINCE, about=FILE, kind="budget", upload=an_upload(data, name), **more)


def an_archive(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def a_photo(kind: str, *, turned: bool = False) -> bytes:
    out, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Verzonnen Camera"
    exif.get_ifd(0x8825)[1] = "N"
    if turned:
        exif[0x0112] = 6
    Image.new("RGB", (40, 20), "teal").save(out, kind, exif=exif)
    return out.getvalue()


WORD = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
REFUSED = {
    "says PDF and is not": ("begroting.pdf", b"PK\x03\x04 geen pdf", "other-content"),
    "another kind": ("virus.exe", b"MZ", "unknown-format"),
    "empty": ("begroting.pdf", b"", "empty-file"),
    "PDF with password": ("begroting.pdf", a_pdf("geheim"), "password"),
    "broken PDF": ("begroting.pdf", b"%PDF-1.7 kapot", "broken-file"),
    "Word with password": ("plan.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "password"),
    "Word that is a spreadsheet": ("plan.docx", an_archive({"xl/workbook.xml": b"<x/>"}), "other-content"),
    "Word with macros": ("plan.docx", an_archive({**WORD, "word/vbaProject.bin": b"x"}), "macros"),
    "a bomb": ("plan.docx", an_archive({**WORD, "x": b"\0" * 260_000_000}), "zip-bomb"),
    "many parts": ("plan.docx", an_archive({**WORD, **{f"p{n}": b"" for n in range(5001)}}), "zip-bomb"),
    "photo that is text": ("foto.jpg", b"hallo", "other-content"),
    "PNG called JPG": ("foto.jpg", a_photo("PNG"), "other-content"),
    "page called CSV": ("lijst.csv", b"<html></html>", "other-content"),
    "too large": ("lijst.csv", b"a;b\n" * 500_000, "too-large"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_not_right_is_refused_in_dutch_and_changes_nothing(case: str, settings: Any) -> None:
    settings.VLIEGWIEL_LARGEST_PAPER = 1
    name, data, code = REFUSED[case]
    with pytest.raises(NotValid) as refused:
        brought(data, name)
    assert refused.value.code == code
    assert Paper.objects.count() == 0
    assert list(Path(settings.VLIEGWIEL_HOME).rglob("*")) == []
    entry = Entry.objects.get()
    assert (entry.action, entry.result, entry.reason) == ("receive-paper", "geweigerd", code)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_photo_loses_its_place_and_camera_and_stands_upright(kind: str, turned: bool) -> None:
    name = "foto.jpg" if kind == "JPEG" else "foto.png"
    kept = open_paper(actor=OWNER, paper=brought(a_photo(kind, turned=turned), name).id).data
    picture = Image.open(BytesIO(kept))
    assert dict(picture.getexif()) == {}
    assert b"Verzonnen Camera" not in kept
    assert picture.size == ((20, 40) if turned else (40, 20))


def test_a_document_gets_versions_and_the_newest_counts() -> None:
    brought(name="een.pdf")
    brought(an_archive(WORD), "twee.docx")
    assert [(paper.version, paper.current, paper.name) for paper in papers_of(FILE)] == [
        (2, True, "twee.docx"),
        (1, False, "een.pdf"),
    ]


@pytest.mark.parametrize("actor", [STRANGER, VISITOR])
def test_only_who_the_room_lets_in_brings_or_opens_a_document(actor: Actor) -> None:
    paper = brought(confidential=True)
    with pytest.raises(NotAllowed):
        open_paper(actor=actor, paper=paper.id)
    with pytest.raises(NotAllowed):
        receive(actor=actor, province=PROVINCE, about=FILE, kind="budget", upload=an_upload())
    assert Paper.objects.count() == 1


def test_a_record_that_no_room_speaks_for_is_closed(settings: Any) -> None:
    settings.VLIEGWIEL_PAPER_ACCESS = []
    with pytest.raises(NotAllowed):
        brought()


def test_each_read_of_a_confidential_document_is_in_the_trail() -> None:
    secret, plain = brought(confidential=True), brought()
    for paper in (secret, secret, plain):
        open_paper(actor=OWNER, paper=paper.id)
    assert list(Entry.objects.filter(action="open-paper").values_list("object_id", flat=True)) == [secret.id] * 2


def test_without_a_scanner_a_document_is_shown_as_not_scanned() -> None:
    assert brought().scan_state == "niet-gescand"


def test_a_clean_document_can_be_opened_and_one_with_a_virus_is_not_kept(settings: Any) -> None:
    with fake.running() as scanner:
        settings.VLIEGWIEL_CLAMAV = scanner.address
        assert brought().scan_state == "schoon"
        with pytest.raises(NotValid) as refused:
            brought(b"a;b\n" + fake.TEST_VIRUS, "lijst.csv")
    assert refused.value.code == "virus"
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(("data", "after"), [(b"a;b\n1;2", "schoon"), (b"a;b\n" + fake.TEST_VIRUS, "besmet")])
def test_a_silent_scanner_keeps_a_document_apart_until_it_answers(settings: Any, data: bytes, after: str) -> None:
    with fake.running(silent=True) as scanner:
        settings.VLIEGWIEL_CLAMAV = scanner.address
        paper = brought(data, "lijst.csv")
        assert scan_waiting(actor=Actor.system("job")) == 0
    assert paper.scan_state == "wacht"
    with pytest.raises(NotNow):
        open_paper(actor=OWNER, paper=paper.id)
    with fake.running() as scanner:
        settings.VLIEGWIEL_CLAMAV = scanner.address
        assert (scan_waiting(actor=Actor.system("job")), scan_waiting(actor=Actor.system("job"))) == (1, 0)
    assert papers_of(FILE)[0].scan_state == after
    assert list((Path(settings.VLIEGWIEL_HOME) / "quarantine-papers").glob("*")) == []
    if after == "schoon":
        assert open_paper(actor=OWNER, paper=paper.id).data == data
    else:
        with pytest.raises(NotNow):
            open_paper(actor=OWNER, paper=paper.id)
