"""Letters: what they must hold, and what their PDF tells someone who cannot see it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from vliegwiel.foundation.papers.compose import dated
from vliegwiel.foundation.papers.models import Letter, Sending
from vliegwiel.foundation.papers.public import (
    LetterDraft,
    compose,
    decide_sending,
    draft_letter,
    issue_letter,
    letters_of,
    open_letter,
    prepare_letter,
    preview_of,
    put_to_print,
)
from vliegwiel.foundation.papers.tests.given import (
    ACCESS_PATH,
    DAY,
    FILE,
    OWNER,
    PROVINCE,
    STRANGER,
    VISITOR,
    a_grant,
    an_undated_grant,
)
from vliegwiel.foundation.people.tests.test_pages import signed_in
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid


@pytest.fixture(autouse=True)
def known_access(settings: Any) -> None:
    settings.VLIEGWIEL_PAPER_ACCESS = [ACCESS_PATH]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"summary_b1": ""}, "no-summary"),
        ({"summary_b1": "woord " * 30}, "long-summary"),
        ({"motivation": " "}, "no-motivation"),
        ({"remedy": ""}, "no-remedy"),
        ({"until": None}, "no-remedy-date"),
        ({"until": date(2026, 4, 27), "remedy": "Bezwaar maken kan tot en met 27 april 2026."}, "remedy-too-short"),
        ({"remedy": "U kunt bezwaar maken."}, "remedy-without-date"),
        ({"date": date(2026, 3, 18)}, "remedy-too-short"),
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
    facts: dict[str, Any] = {
        "scheme": "de Regeling Verzonnen Dorpen",
        "received": DAY,
        "decide_by": date(2026, 5, 11),
        "number": FILE.id,
    }
    draft = draft_letter("receipt", facts=facts, recipient=a_grant().recipient, reference=FILE.id, date=DAY)
    assert compose(draft) is draft


def test_a_fact_that_is_missing_or_of_another_kind_is_named() -> None:
    with pytest.raises(NotValid) as refused:
        draft_letter("receipt", facts={"received": "gisteren", "number": "1"}, recipient=a_grant().recipient, reference="x")
    assert set(refused.value.details) == {"scheme ontbreekt.", "decide_by ontbreekt.", "received is geen datum."}


def test_a_draft_survives_being_kept() -> None:
    assert LetterDraft.from_json(a_grant().to_json()) == a_grant()


@pytest.mark.parametrize(
    ("sent", "until", "words"),
    [
        (date(2026, 3, 24), date(2026, 5, 6), "6 mei 2026"),
        (date(2026, 2, 20), date(2026, 4, 7), "7 april 2026"),
        (date(2026, 4, 3), date(2026, 5, 18), "18 mei 2026"),
    ],
)
def test_the_last_day_to_object_is_counted_from_the_day_the_letter_goes(sent: date, until: date, words: str) -> None:
    ready = dated(an_undated_grant(), sent)
    assert (ready.date, ready.until) == (sent, until)
    assert f"tot en met {words}" in ready.remedy
    assert compose(ready) is ready


@pytest.mark.django_db
def test_a_letter_that_waited_is_dated_when_it_is_prepared_and_issuing_it_only_writes(django_assert_num_queries: Any) -> None:
    ready = prepare_letter(province=PROVINCE, draft=an_undated_grant(), on=date(2026, 3, 24))
    assert Letter.objects.count() == 0
    with django_assert_num_queries(6):  # the letter, its entry in the trail and the counterfoil, a savepoint, its way
        facts = issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=ready)
    assert (facts.dated, facts.until, facts.sha256) == (date(2026, 3, 24), date(2026, 5, 6), ready.sha256)


@pytest.mark.django_db
def test_a_letter_prepared_for_another_province_or_without_its_pdf_is_not_issued() -> None:
    ready = prepare_letter(province=PROVINCE, draft=a_grant())
    for wrong in (replace(ready, province="PV98"), replace(ready, sha256="0" * 64)):
        with pytest.raises(NotValid):
            issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=wrong)
    assert Letter.objects.count() == 0


@pytest.mark.django_db
def test_a_preview_keeps_nothing_and_says_what_is_missing(settings: Any) -> None:
    seen = preview_of(province=PROVINCE, draft=replace(an_undated_grant(), motivation=""))
    assert seen.problems == ("Schrijf op waarom dit besluit zo is genomen. (Awb 3:46)",)
    assert seen.pdf.startswith(b"%PDF-")
    assert Letter.objects.count() == 0
    assert list(Path(settings.VLIEGWIEL_HOME).rglob("*")) == []


@pytest.mark.django_db
def test_how_a_letter_goes_is_decided_once_and_a_copy_can_be_printed_after_it() -> None:
    letter = issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=a_grant()).id
    assert decide_sending(actor=OWNER, letter=letter, way="mail") == ("mail", True)
    assert decide_sending(actor=OWNER, letter=letter, way="post") == ("mail", False)
    for _again in range(2):
        put_to_print(actor=OWNER, letter=letter)
    assert list(Sending.objects.order_by("pk").values_list("way", "copy")) == [("mail", False), ("post", True)]
    facts = letters_of(FILE)[0]
    assert (facts.way, facts.sent_on) == ("mail", clock.today())


@pytest.mark.django_db
def test_an_issued_letter_stands_with_its_pdf_and_its_page_and_cannot_be_changed() -> None:
    facts = issue_letter(actor=OWNER, province=PROVINCE, about=FILE, draft=a_grant())
    assert len(facts.sha256) == 64
    assert "€\u00a024.000" in facts.html
    assert "28 april 2026" in facts.html
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
    assert Sending.objects.get().sent_at is None
    browser.post("/beheer/brieven/geprint", {"brief": facts.id})
    assert facts.id not in browser.get("/beheer/brieven").content.decode()
    assert Entry.objects.filter(action="mark-printed").exclude(result="geweigerd").count() == 1
