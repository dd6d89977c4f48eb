"""Letters: what they must hold, and what their PDF tells someone who cannot see it."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from vliegwiel.catalogue.letters import letter_texts
from vliegwiel.foundation.papers.models import Letter, PrintJob
from vliegwiel.foundation.papers.public import LetterDraft, compose, draft_letter, issue_letter, open_letter, render_pdf
from vliegwiel.foundation.papers.tests.given import ACCESS_PATH, DAY, FILE, OWNER, PROVINCE, STRANGER, VISITOR, a_grant
from vliegwiel.foundation.papers.typeset import Letterhead
from vliegwiel.foundation.people.tests.test_pages import signed_in
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid


@pytest.fixture(autouse=True)
def known_access(settings: Any) -> None:
    settings.VLIEGWIEL_PAPER_ACCESS = [ACCESS_PATH]


def tags(pdf: bytes) -> list[str]:
    """The kinds of the tags in the order in which they are read."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict) and "/S" in node:
            found.append(node["/S"].removeprefix("/"))
            walk(node.get("/K", []))

    walk(PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_the_pdf_says_its_title_and_language_and_is_tagged() -> None:
    reader = PdfReader(BytesIO(render_pdf(a_grant())))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Besluit: u krijgt subsidie"
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_pdf_has_a_title_headings_a_table_with_heads_and_lists_in_reading_order() -> None:
    found = tags(render_pdf(a_grant()))
    assert found.count("Title") == 1
    assert found.index("Title") < found.index("H1") < found.index("Table")
    assert (found.count("TH"), found.count("TR"), found.count("Caption")) == (2, 3, 1)


def test_the_text_is_read_in_the_order_of_the_letter() -> None:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(render_pdf(a_grant()))).pages)
    text = " ".join(text.split())
    places = [
        text.index(part)
        for part in (
            "Luchtstraat 12",
            "16 maart 2026",
            "In het kort",
            "Ons besluit",
            "Waarom besluiten wij",
            "27 april 2026",
            "Met vriendelijke groet",
        )
        if part in text
    ]
    assert places == sorted(places)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render_pdf(a_grant()) == render_pdf(a_grant())


def test_no_word_of_a_letter_can_act_as_markup() -> None:
    odd = replace(a_grant(), title='#panic("x") $a$ *b* <label> @c', motivation='#import "/etc/passwd" [x] `y`')
    reader = PdfReader(BytesIO(render_pdf(odd)))
    assert reader.metadata is not None
    assert reader.metadata.title == odd.title
    assert "#import" in "".join(page.extract_text() for page in reader.pages)


def test_what_is_made_up_says_so_on_each_page() -> None:
    long = replace(a_grant(), motivation="\n".join(["Dit is een lange uitleg over het besluit."] * 80))
    reader = PdfReader(BytesIO(render_pdf(long, Letterhead("Provincie Verzonnenland", made_up=True))))
    assert len(reader.pages) > 1
    assert all("VERZONNEN VOORBEELD" in page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"summary_b1": ""}, "no-summary"),
        ({"summary_b1": "woord " * 30}, "long-summary"),
        ({"motivation": " "}, "no-motivation"),
        ({"remedy": ""}, "no-remedy"),
        ({"until": None}, "no-remedy-date"),
        ({"remedy": "U kunt bezwaar maken."}, "remedy-without-date"),
        ({"date": date(2026, 3, 17)}, "remedy-too-short"),
        ({"title": ""}, "no-title"),
        ({"blocks": ()}, "no-text"),
        ({"kind": "onbekend"}, "unknown-kind"),
    ],
)
@pytest.mark.django_db
def test_a_decision_that_lacks_something_is_not_issued(change: dict[str, Any], code: str) -> None:
    with pytest.raises(NotValid) as refused:
        issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=replace(a_grant(), **change))
    assert refused.value.code == code
    assert Letter.objects.count() == 0
    entry = Entry.objects.get()
    assert (entry.action, entry.result, entry.reason) == ("issue-letter", "geweigerd", code)


def test_an_ordinary_letter_needs_no_remedy() -> None:
    facts = {"scheme": "de Regeling Verzonnen Dorpen", "received": DAY, "decide_by": date(2026, 5, 11), "number": FILE.id}
    draft = draft_letter("receipt", facts=facts, recipient=a_grant().recipient, reference=FILE.id, date=DAY)
    assert compose(draft) is draft


def test_a_fact_that_is_missing_or_of_another_kind_is_named() -> None:
    with pytest.raises(NotValid) as refused:
        draft_letter("receipt", facts={"received": "gisteren", "number": "1"}, recipient=a_grant().recipient, reference="x")
    assert set(refused.value.details) == {"scheme ontbreekt.", "decide_by ontbreekt.", "received is geen datum."}


def test_a_draft_survives_being_kept() -> None:
    assert LetterDraft.from_json(a_grant().to_json()) == a_grant()


def test_every_decision_in_the_catalogue_has_a_summary_and_every_other_letter_no_remedy() -> None:
    for key, text in letter_texts().items():
        assert text.summary, key
        assert text.decision == (text.remedy != "none"), key


@pytest.mark.django_db
def test_an_issued_letter_stands_with_its_pdf_and_its_page_and_cannot_be_changed() -> None:
    facts = issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=a_grant())
    assert len(facts.sha256) == 64
    assert "€\u00a024.000" in facts.html
    assert "27 april 2026" in facts.html
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.update(title="Iets anders")
    assert Letter.objects.get().title == "Besluit: u krijgt subsidie"
    entry = Entry.objects.get(action="issue-letter")
    assert entry.facts["sha256"] == facts.sha256


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [STRANGER, VISITOR])
def test_only_who_the_room_lets_in_issues_or_reads_a_letter(actor: Actor) -> None:
    facts = issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=a_grant())
    with pytest.raises(NotAllowed):
        issue_letter(actor=actor, province=PROVINCE, about=FILE, draft=a_grant())
    with pytest.raises(NotAllowed):
        open_letter(actor=actor, letter=facts.id)
    assert Letter.objects.count() == 1
    assert Client().get(facts.path).status_code == 403
    assert Client().get(facts.pdf_path).status_code == 403


@pytest.mark.django_db
def test_a_letter_on_paper_stands_on_the_list_until_it_was_printed(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    facts = issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=a_grant(), on_paper=True)
    browser = signed_in("programma")
    assert facts.id in browser.get("/beheer/brieven").content.decode()
    assert signed_in("auditor").get("/beheer/brieven").status_code == 403
    assert signed_in("auditor").post("/beheer/brieven/geprint", {"brief": facts.id}).status_code == 403
    assert PrintJob.objects.get().printed_at is None
    browser.post("/beheer/brieven/geprint", {"brief": facts.id})
    assert facts.id not in browser.get("/beheer/brieven").content.decode()
    assert Entry.objects.filter(action="mark-printed").exclude(result="geweigerd").count() == 1
