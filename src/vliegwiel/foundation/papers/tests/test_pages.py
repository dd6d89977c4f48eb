"""The pages of letters: proof-reading a batch, printing what goes by post, and reading one letter."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from vliegwiel.foundation.papers.actions.release_batch import send_released_letters
from vliegwiel.foundation.papers.models import BatchLetter, Letter, Sending
from vliegwiel.foundation.papers.public import BatchRow, issue_letter, prepare_batch
from vliegwiel.foundation.papers.tests.given import (
    ACCESS_PATH,
    OFFICE_ACCESS_PATH,
    PROVINCE,
    a_grant,
    a_receipt,
    an_undated_grant,
    office_file,
)
from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.foundation.people.tests.test_pages import signed_in
from vliegwiel.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
ROLES = ("programma", "beheerder", "auditor", "dorpsondersteuner")


@pytest.fixture(autouse=True)
def here(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.VLIEGWIEL_PAPER_ACCESS = [ACCESS_PATH, OFFICE_ACCESS_PATH]


@pytest.fixture
def batch() -> str:
    rows = [BatchRow(office_file(n), an_undated_grant(name=f"Stichting {n}")) for n in (1, 2, 3)]
    return prepare_batch(actor=SYSTEM, province=PROVINCE, title="Besluiten van maart", rows=rows)


def letters_for_the_post(count: int) -> list[str]:
    drafts = [a_receipt() if n % 2 else a_grant() for n in range(count)]
    made = [
        issue_letter(actor=SYSTEM, province=PROVINCE, about=office_file(n), draft=draft, on_paper=True)
        for n, draft in enumerate(drafts)
    ]
    return [facts.id for facts in made]


@pytest.mark.parametrize("place", ["", "/{batch}", "/{batch}/1", "/{batch}/1/pdf"])
def test_batches_are_for_who_sends_letters(batch: str, place: str) -> None:
    path = f"/beheer/brieven/stapels{place.format(batch=batch)}"
    assert {role: signed_in(role).get(path).status_code for role in ROLES} == {
        role: 200 if role == "programma" else 403 for role in ROLES
    }
    assert Client().get(path).status_code == 403


@pytest.mark.parametrize("place", ["vrijgeven", "vasthouden", "1"])
def test_nobody_else_changes_a_batch(batch: str, place: str) -> None:
    for role in ROLES[1:]:
        answer = signed_in(role).post(f"/beheer/brieven/stapels/{batch}/{place}", {"wat": "gelezen", "reden": "x"})
        assert answer.status_code == 403, role
    assert set(BatchLetter.objects.values_list("state", "read_by")) == {("klaar", "")}


def test_an_officer_reads_holds_and_releases_a_batch_and_sees_what_went(batch: str) -> None:
    browser, path = signed_in("programma"), f"/beheer/brieven/stapels/{batch}"
    page = browser.get(path).content.decode()
    assert "Lees eerst van elke soort minstens één brief na" in page
    assert "Verstuur 3 brieven" not in page
    assert browser.post(f"{path}/vrijgeven").status_code == 409
    assert "Stichting 1" in browser.get(f"{path}/1").content.decode()
    assert browser.post(f"{path}/1", {"wat": "gelezen"})["Location"] == f"{path}/2"
    assert browser.post(f"{path}/2", {"wat": "vasthouden", "reden": ""}).status_code == 400
    assert browser.post(f"{path}/2", {"wat": "vasthouden", "reden": "Naam klopt niet"})["Location"] == f"{path}/3"
    page = browser.get(path).content.decode()
    assert "Naam klopt niet" in page
    assert "Verstuur 2 brieven" in page
    browser.post(f"{path}/vrijgeven")
    page = browser.get(path).content.decode()
    assert "Er gaan nu 2 brieven weg" in page
    assert "data-renew" in page, "it follows them by itself"
    assert send_released_letters() == 2
    page = browser.get(path).content.decode()
    assert "data-renew" not in page
    assert "verstuurd (2)" in page
    assert "vastgehouden (1)" in page
    assert "Naam klopt niet" not in browser.get(f"{path}?stand=weg").content.decode()
    assert browser.post(f"{path}/2", {"wat": "meesturen"})["Location"] == f"{path}/2"
    assert BatchLetter.objects.get(number=2).state == "klaar"
    assert browser.post(f"{path}/1", {"wat": "vasthouden", "reden": "Te laat"}).status_code == 409


def test_the_brake_asks_for_a_reason(batch: str) -> None:
    browser, path = signed_in("programma"), f"/beheer/brieven/stapels/{batch}"
    assert browser.post(f"{path}/vasthouden", {"reden": " "}).status_code == 400
    assert browser.post(f"{path}/vasthouden", {"reden": "Verkeerde regeling"}).status_code == 302
    assert set(BatchLetter.objects.values_list("state", "why")) == {("vast", "Verkeerde regeling")}


def test_a_draft_can_be_seen_as_pdf_and_a_sent_letter_is_shown_as_it_was_issued(batch: str) -> None:
    browser, path = signed_in("programma"), f"/beheer/brieven/stapels/{batch}"
    answer = browser.get(f"{path}/1/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert Letter.objects.count() == 0
    browser.post(f"{path}/1", {"wat": "gelezen"})
    browser.post(f"{path}/vrijgeven")
    send_released_letters()
    letter = Letter.objects.get(batch_row__number=1)
    page = browser.get(f"{path}/1").content.decode()
    assert letter.html in page
    assert f"/brieven/{letter.public_id}/pdf" in page
    assert "Klopt deze brief?" not in page


@pytest.mark.parametrize("missing", ["/bestaatniet2", "/{batch}/9", "/{batch}/9/pdf"])
def test_what_is_not_there_is_not_found(batch: str, missing: str) -> None:
    assert signed_in("programma").get(f"/beheer/brieven/stapels{missing.format(batch=batch)}").status_code == 404


def test_a_batch_of_many_asks_as_few_questions_as_one_of_three(batch: str, django_assert_max_num_queries: Any) -> None:
    rows = [BatchRow(office_file(n), an_undated_grant(name=f"Stichting {n}")) for n in range(200)]
    large = prepare_batch(actor=SYSTEM, province=PROVINCE, title="Groot", rows=rows)
    browser = signed_in("programma")
    for one in (batch, large):
        browser.get(f"/beheer/brieven/stapels/{one}")
        with django_assert_max_num_queries(12):
            assert browser.get(f"/beheer/brieven/stapels/{one}").status_code == 200
    with django_assert_max_num_queries(12):
        assert browser.get("/beheer/brieven/stapels").status_code == 200


def test_letters_for_the_post_come_in_one_file_each_on_a_sheet_of_its_own() -> None:
    letters_for_the_post(5)
    browser = signed_in("programma")
    answer = browser.get(f"/beheer/brieven/printen.pdf?tot={Sending.objects.order_by('-pk')[0].pk}")
    pages = PdfReader(BytesIO(answer.content)).pages
    first = [place for place, page in enumerate(pages) if "Ons kenmerk" in page.extract_text()]
    assert len(first) == 5
    assert [place % 2 for place in first] == [0] * 5
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {(595, 842)}
    entry = Entry.objects.get(action="print-letters")
    assert entry.facts == {"letters": 5}
    assert Sending.objects.filter(sent_at=None).count() == 5


def test_the_file_holds_what_the_page_showed_also_when_more_came_in_the_meantime() -> None:
    letters_for_the_post(2)
    up_to = Sending.objects.order_by("-pk")[0].pk
    issue_letter(actor=SYSTEM, province=PROVINCE, about=office_file(9), draft=a_grant(), on_paper=True)
    answer = signed_in("programma").get(f"/beheer/brieven/printen.pdf?tot={up_to}")
    assert Entry.objects.get(action="print-letters").facts == {"letters": 2}
    assert answer["Content-Disposition"].startswith("attachment")
    for odd in ("", "?tot=0", "?tot=-1", "?tot=alles", "?tot=²"):
        assert signed_in("programma").get(f"/beheer/brieven/printen.pdf{odd}").status_code == 404


def test_chosen_letters_or_all_of_them_leave_the_list_once_they_are_posted() -> None:
    ids = letters_for_the_post(4)
    browser = signed_in("programma")
    browser.post("/beheer/brieven/geprint", {"wat": "gekozen", "brief": ids[:1], "alle": ids})
    assert Sending.objects.filter(sent_at=None).count() == 3
    answer = browser.post("/beheer/brieven/geprint", {"wat": "alle", "alle": ids})
    assert answer["Location"] == "/beheer/brieven?verstuurd=3"
    assert "Er is nu niets te printen" in browser.get("/beheer/brieven").content.decode()
    assert Entry.objects.filter(action="mark-printed").count() == 4


@pytest.mark.parametrize("path", ["/beheer/brieven", "/beheer/brieven/printen.pdf?tot=99999999"])
def test_the_post_is_for_who_sends_letters(path: str) -> None:
    letters_for_the_post(1)
    assert {role: signed_in(role).get(path).status_code for role in ROLES} == {
        role: 200 if role == "programma" else 403 for role in ROLES
    }


def test_a_letter_that_is_dated_another_day_is_pointed_out() -> None:
    letters_for_the_post(1)
    page = signed_in("programma").get("/beheer/brieven").content.decode()
    assert "niet van vandaag" in page
    assert "Let op de datum" in page


def test_a_letter_is_a_page_that_can_be_printed_and_says_that_it_does_not_change() -> None:
    facts = issue_letter(actor=SYSTEM, province=PROVINCE, about=office_file(1), draft=a_grant())
    browser = signed_in("programma")
    page = browser.get(facts.path)
    assert facts.sha256[:12] in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    pdf = browser.get(facts.pdf_path)
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == 'inline; filename="grant-2026-000123.pdf"'


def test_a_word_of_a_letter_is_never_markup_on_its_page() -> None:
    draft = a_grant(motivation='<script>alert("x")</script>')
    facts = issue_letter(actor=SYSTEM, province=PROVINCE, about=office_file(1), draft=draft)
    page = signed_in("programma").get(facts.path).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
