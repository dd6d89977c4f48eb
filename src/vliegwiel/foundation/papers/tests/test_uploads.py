"""Documents that come in: what is refused, what is taken out, who may open them, and what the scanner says."""

import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from PIL import Image

from vliegwiel.connect.clamav import fake
from vliegwiel.foundation.papers import storage
from vliegwiel.foundation.papers.actions.clear_unused import clear_unused
from vliegwiel.foundation.papers.actions.scan_waiting import scan_waiting
from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.papers.pages.paper.page import as_file
from vliegwiel.foundation.papers.places import WAITING
from vliegwiel.foundation.papers.public import open_paper, papers_of, receive, remove_papers
from vliegwiel.foundation.papers.tests.given import (
    ACCESS_PATH,
    FILE,
    OFFICER,
    OWNER,
    PROVINCE,
    STRANGER,
    VISITOR,
    a_pdf,
    an_upload,
)
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid

pytestmark = pytest.mark.django_db
JOB = Actor.system("job")


@pytest.fixture(autouse=True)
def known_access(settings: Any) -> None:
    settings.VLIEGWIEL_PAPER_ACCESS = [ACCESS_PATH]


def brought(data: bytes | None = None, name: str = "begroting.pdf", **more: Any) -> Any:
    words = {"actor": OWNER, "province": PROVINCE, "about": FILE, "kind": "budget", "upload": an_upload(data, name)}
    return receive(**{**words, **more})


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
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}
#: By what is wrong: the name, the bytes (or how to make them, when that takes long), and the code of the refusal.
REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "says PDF and is not": ("begroting.pdf", b"PK\x03\x04 geen pdf", "other-content"),
    "another kind": ("virus.exe", b"MZ", "unknown-format"),
    "empty": ("begroting.pdf", b"", "empty-file"),
    "PDF with password": ("begroting.pdf", a_pdf("geheim"), "password"),
    "broken PDF": ("begroting.pdf", b"%PDF-1.7 kapot", "broken-file"),
    "Word with password": ("plan.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "password"),
    "Word that is a spreadsheet": ("plan.docx", an_archive({"xl/workbook.xml": b"<x/>"}), "other-content"),
    "Word with macros": ("plan.docx", an_archive({**WORD, "word/vbaProject.bin": b"x"}), "macros"),
    "a bomb": ("plan.docx", lambda: an_archive({**WORD, "x": b"\0" * 260_000_000}), "zip-bomb"),
    "ODT with macros": ("plan.odt", an_archive({**ODT, "Basic/script-lc.xml": b"<x/>"}), "macros"),
    "ODT with password": ("plan.odt", an_archive({**ODT, "META-INF/manifest.xml": b"<encryption-data/>"}), "password"),
    "many parts": ("plan.docx", lambda: an_archive({**WORD, **{f"p{n}": b"" for n in range(5001)}}), "zip-bomb"),
    "photo that is text": ("foto.jpg", b"hallo", "other-content"),
    "PNG called JPG": ("foto.jpg", a_photo("PNG"), "other-content"),
    "page called CSV": ("lijst.csv", b"<html></html>", "other-content"),
    "too large": ("lijst.csv", b"a;b\n" * 500_000, "too-large"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_not_right_is_refused_in_dutch_and_changes_nothing(case: str, settings: Any) -> None:
    settings.VLIEGWIEL_LARGEST_PAPER = 1
    name, found, code = REFUSED[case]
    data = found() if callable(found) else found
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


def test_a_photo_as_phones_write_it_with_a_small_one_inside_is_a_photo_too() -> None:
    out, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Verzonnen Camera"
    pictures = [Image.new("RGB", (40, 20), colour) for colour in ("teal", "red")]
    pictures[0].save(out, "MPO", save_all=True, append_images=pictures[1:], exif=exif)
    assert Image.open(BytesIO(out.getvalue())).format == "MPO"
    kept = open_paper(actor=OWNER, paper=brought(out.getvalue(), "foto.jpeg").id).data
    picture = Image.open(BytesIO(kept))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (40, 20), {})
    assert b"Verzonnen Camera" not in kept


@pytest.mark.parametrize("name", ["odt", "docx"])
def test_a_document_without_tricks_is_taken_as_it_is(name: str) -> None:
    data = an_archive(ODT if name == "odt" else WORD)
    assert open_paper(actor=OWNER, paper=brought(data, f"plan.{name}").id).data == data


def test_a_record_holds_only_the_kinds_that_its_room_names() -> None:
    with pytest.raises(NotValid) as refused:
        brought(kind="diary")
    assert refused.value.code == "unknown-paper-kind"
    assert Paper.objects.count() == 0
    assert brought(kind="diary", about=Reference("loose-file", "1", "", "")).kind == "diary"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (None, "foto.pdf", "unknown-format"),
        (b"\xff\xd8" + b"x" * 1_100_000, "foto.jpg", "too-large"),
        (a_photo("JPEG"), "foto.jpeg", ""),
        (a_photo("PNG"), "foto.png", ""),
    ],
)
def test_a_kind_of_document_has_its_own_formats_and_size(data: bytes | None, name: str, code: str) -> None:
    if not code:
        assert brought(data, name, kind="photo").kind == "photo"
        return
    with pytest.raises(NotValid) as refused:
        brought(data, name, kind="photo")
    assert refused.value.code == code
    assert "JPG of PNG" in refused.value.message or "1 MB" in refused.value.message


def test_a_size_that_the_browser_lies_about_does_not_help(settings: Any) -> None:
    settings.VLIEGWIEL_LARGEST_PAPER = 1
    upload = an_upload(b"a;b\n" * 300_000, "lijst.csv")
    upload.size = 10
    with pytest.raises(NotValid) as refused:
        brought(upload=upload)
    assert refused.value.code == "too-large"


def test_a_document_gets_versions_and_the_newest_counts() -> None:
    brought(name="een.pdf")
    brought(an_archive(WORD), "twee.docx")
    assert [(paper.version, paper.current, paper.name) for paper in papers_of(FILE)] == [
        (2, True, "twee.docx"),
        (1, False, "een.pdf"),
    ]


@pytest.mark.parametrize("kind", ["budget", "identity"])
@pytest.mark.parametrize("actor", [OWNER, OFFICER, STRANGER, VISITOR])
def test_a_confidential_document_is_for_fewer_people(actor: Actor, kind: str) -> None:
    paper = brought(kind=kind)
    assert paper.confidential == (kind == "identity")
    if actor == OWNER or (actor == OFFICER and kind == "budget"):
        assert open_paper(actor=actor, paper=paper.id).data == a_pdf()
        return
    with pytest.raises(NotAllowed):
        open_paper(actor=actor, paper=paper.id)
    assert Entry.objects.filter(action="open-paper", result="geweigerd").count() == 1


@pytest.mark.parametrize("actor", [OFFICER, STRANGER, VISITOR])
def test_only_who_the_room_lets_in_brings_a_document(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        brought(actor=actor)
    assert Paper.objects.count() == 0


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
    with fake.running() as settings.VLIEGWIEL_CLAMAV:
        assert brought().scan_state == "schoon"
        with pytest.raises(NotValid) as refused:
            brought(b"a;b\n" + fake.TEST_VIRUS, "lijst.csv")
    assert refused.value.code == "virus"
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(("data", "after"), [(b"a;b\n1;2", "schoon"), (b"a;b\n" + fake.TEST_VIRUS, "besmet")])
def test_a_silent_scanner_keeps_a_document_apart_until_it_answers(settings: Any, data: bytes, after: str) -> None:
    with fake.running(silent=fake.CLOSES) as settings.VLIEGWIEL_CLAMAV:
        paper = brought(data, "lijst.csv")
        assert scan_waiting(actor=JOB) == 0
    assert paper.scan_state == "wacht"
    with pytest.raises(NotNow):
        open_paper(actor=OWNER, paper=paper.id)
    with fake.running() as settings.VLIEGWIEL_CLAMAV:
        assert (scan_waiting(actor=JOB), scan_waiting(actor=JOB)) == (1, 0)
    assert papers_of(FILE)[0].scan_state == after
    assert list((Path(settings.VLIEGWIEL_HOME) / "quarantine-papers").glob("*")) == []
    if after == "schoon":
        assert open_paper(actor=OWNER, paper=paper.id).data == data
    else:
        with pytest.raises(NotNow):
            open_paper(actor=OWNER, paper=paper.id)


def test_a_file_that_the_scanner_will_not_look_at_is_refused_and_one_that_waited_does_not_block_the_others(settings: Any) -> None:
    with fake.running(silent=fake.CLOSES) as settings.VLIEGWIEL_CLAMAV:
        long, short = brought(b"a;b\n" * 50, "lijst.csv"), brought(b"a;b\n", "lijst.csv")
    with fake.running(longest=20) as settings.VLIEGWIEL_CLAMAV:
        assert scan_waiting(actor=JOB) == 2
        with pytest.raises(NotValid) as refused:
            brought(b"a;b\n" * 50, "lijst.csv")
    assert refused.value.code == "unscannable"
    assert dict(Paper.objects.values_list("public_id", "scan_state")) == {long.id: "onleesbaar", short.id: "schoon"}
    with pytest.raises(NotNow):
        open_paper(actor=OWNER, paper=long.id)


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed_while_it_waited_is_told_and_never_called_clean(settings: Any, damage: str) -> None:
    with fake.running(silent=fake.CLOSES) as settings.VLIEGWIEL_CLAMAV:
        lost, other = brought(b"a;b\n", "lijst.csv"), brought(b"c;d\n", "lijst.csv")
    path = WAITING.path_of(Paper.objects.get(public_id=lost.id).token, lost.name)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"iets anders")
    with fake.running() as settings.VLIEGWIEL_CLAMAV:
        assert scan_waiting(actor=JOB) == 2
    assert dict(Paper.objects.values_list("public_id", "scan_state")) == {lost.id: "kwijt", other.id: "schoon"}
    with pytest.raises(NotNow):
        open_paper(actor=OWNER, paper=lost.id)


def test_what_waited_for_a_scanner_that_was_taken_away_is_shown_as_not_scanned(settings: Any) -> None:
    with fake.running(silent=fake.CLOSES) as settings.VLIEGWIEL_CLAMAV:
        brought()
    settings.VLIEGWIEL_CLAMAV = ""
    assert scan_waiting(actor=JOB) == 1
    assert papers_of(FILE)[0].scan_state == "niet-gescand"


def test_a_document_that_is_damaged_on_disk_is_not_handed_out(settings: Any) -> None:
    paper = brought()
    digest = Paper.objects.get().sha256
    (Path(settings.VLIEGWIEL_HOME) / "papers" / digest[:2] / digest).write_bytes(b"x" * paper.size)
    with pytest.raises(NotNow) as refused:
        open_paper(actor=OWNER, paper=paper.id)
    assert refused.value.code == "damaged"
    brought()
    assert open_paper(actor=OWNER, paper=paper.id).data == a_pdf()


def test_the_same_bytes_kept_by_many_at_once_are_there_whole_and_once(settings: Any) -> None:
    """Who came second took the half that the first was writing for a damaged file, and threw it away."""
    with ThreadPoolExecutor(4) as many:
        for number in range(30):
            data, gate = f"brief {number:02}".encode() * 400_000, Barrier(4)

            def keep(_number: int, data: bytes = data, gate: Barrier = gate) -> str:
                gate.wait()
                return storage.store(data)

            digest = storage.digest_of(data)
            assert set(many.map(keep, range(4))) == {digest}
            assert storage.fetch(digest) == data
            folder = Path(settings.VLIEGWIEL_HOME) / "papers" / digest[:2]
            assert [path.name for path in folder.glob(f"{digest}*")] == [digest]


def test_what_was_written_half_when_a_process_stopped_goes_with_what_no_row_names(settings: Any) -> None:
    paper = brought()
    whole = Path(settings.VLIEGWIEL_HOME) / "papers" / (digest := Paper.objects.get().sha256)[:2] / digest
    half = whole.with_name(f"{digest}.0123456789abcdef")
    half.write_bytes(b"%PDF-1.7 en dan viel de stroom uit")
    with clock.at(clock.now() + timedelta(days=2)):
        assert clear_unused(part=int(digest[:2], 16)) == 1
    assert not half.exists()
    assert open_paper(actor=OWNER, paper=paper.id).data == a_pdf()


def test_files_without_a_row_go_after_a_day_and_files_with_one_stay(settings: Any) -> None:
    kept, loose = brought(), storage.store(b"van een handeling die niet doorging")
    with fake.running(silent=fake.CLOSES) as settings.VLIEGWIEL_CLAMAV:
        waits = brought(name="wacht.pdf")
    WAITING.keep("weg.pdf", [b"x"])
    folders = {int(digest[:2], 16) for digest in (loose, Paper.objects.get(public_id=kept.id).sha256)}
    assert sum(clear_unused(part=part) for part in folders) == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert sum(clear_unused(part=part) for part in folders) == 2
    assert not storage.holds(loose)
    assert open_paper(actor=OWNER, paper=kept.id).data == a_pdf()
    settings.VLIEGWIEL_CLAMAV = ""
    assert scan_waiting(actor=JOB) == 1
    assert open_paper(actor=OWNER, paper=waits.id).data == a_pdf()


def test_the_page_of_a_document_hands_it_out_as_a_file_and_to_nobody_else() -> None:
    paper = brought()
    assert Client().get(paper.path).status_code == 403
    assert Client().get("/stukken/bestaatniet2").status_code == 404
    answer = as_file(b"x", "text/csv", "lijst.csv", download=True)
    assert answer["Content-Disposition"] == 'attachment; filename="lijst.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_documents_of_a_record_that_never_was_are_truly_gone_and_shared_bytes_stay(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept = brought(about=Reference("loose-file", "1", "", ""), kind="plan")
    mine, photo = brought(), brought(a_photo("JPEG"), "foto.jpg", kind="photo")
    with fake.running(silent=fake.CLOSES) as settings.VLIEGWIEL_CLAMAV:
        brought(name="wacht.pdf", kind="identity")
    hashes = dict(Paper.objects.values_list("public_id", "sha256"))
    assert hashes[kept.id] == hashes[mine.id]
    with pytest.raises(NotAllowed):
        remove_papers(actor=STRANGER, about=FILE)
    assert Paper.objects.count() == 4
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_papers(actor=OWNER, about=FILE, kind="photo") == 1
    assert not storage.holds(hashes[photo.id])
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_papers(actor=OWNER, about=FILE) == 2
    assert [paper.id for paper in papers_of(Reference("loose-file", "1", "", ""))] == [kept.id]
    assert papers_of(FILE) == []
    assert storage.holds(hashes[kept.id])
    assert list((Path(settings.VLIEGWIEL_HOME) / "quarantine-papers").glob("*")) == []


def test_a_removal_that_is_rolled_back_left_every_byte(django_capture_on_commit_callbacks: Any) -> None:
    paper = brought()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        remove_papers(actor=OWNER, about=FILE)
        raise RuntimeError
    assert open_paper(actor=OWNER, paper=paper.id).data == a_pdf()
