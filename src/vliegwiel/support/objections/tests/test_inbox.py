"""The list of objections: narrowed, sorted and downloaded by its address, with a fixed number of questions also when we are late."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_decidable_application, days_later
from vliegwiel.support.objections.actions.determine_penalty import determine_penalty
from vliegwiel.support.objections.actions.give_notice import give_notice
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import DefaultNotice, Objection
from vliegwiel.support.objections.tests.given import (
    a_call_to_object_to,
    a_decider,
    a_handler,
    a_refusal,
    an_objection,
    concluded,
    not_heard,
    taken,
)
from vliegwiel.support.objections.tests.test_pages import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def _several() -> list[Objection]:
    """Three objections: new, taken, and decided, each with a title of its own."""
    call, found = a_call_to_object_to(), []
    for place, title in enumerate(("Bankje", "Appelboom", "Zandbak")):
        person = a_resident(f"bewoner{place}@voorbeeld.invalid")
        with days_later(place):
            found.append(an_objection(a_refusal(a_decidable_application(call, person=person, title=title))))
    taken(found[1])
    concluded(not_heard(found[2]))
    return found


def _titles(client: Client, query: str) -> list[str]:
    answer = client.get(f"/werk/bezwaren.csv{query}")
    return [row["titel"] for row in csv.DictReader(answer.content.decode().splitlines())]


def test_what_is_closed_sorts_by_the_day_on_which_it_was() -> None:
    first, *_others = _several()
    with days_later(20):
        concluded(not_heard(first))
        assert _titles(browser(a_handler()), "?stapel=klaar&volgorde=dag") == ["Zandbak", "Bankje"]
        assert _titles(browser(a_handler()), "?stapel=klaar&volgorde=-dag") == ["Bankje", "Zandbak"]


def test_state_scheme_term_handler_and_words_narrow_the_list_and_its_file_in_the_order_that_was_asked() -> None:
    found = _several()
    client = browser(a_handler())
    for query, expected in {
        "": ["Bankje", "Appelboom"],
        "?van=mij": ["Appelboom"],
        "?van=niemand": ["Bankje"],
        f"?stand={State.DECIDED.value}&stapel=klaar": ["Zandbak"],
        f"?stand={State.DECIDED.value}": [],
        f"?regeling={found[0].scheme}&q=app": ["Appelboom"],
        f"?q={found[0].number.lower()}": ["Bankje"],
        f"?regeling=een-andere&van={a_handler().id}": [],
        "?stapel=te-laat": [],
        "?volgorde=bezwaar": ["Appelboom", "Bankje"],
        "?volgorde=-bezwaar": ["Bankje", "Appelboom"],
        "?volgorde=-dag": ["Appelboom", "Bankje"],
        "?volgorde=verzonnen&stand=verzonnen&stapel=verzonnen&pagina=x": ["Bankje", "Appelboom"],
    }.items():
        assert _titles(client, query) == expected, query
        page = text(client, f"/werk/bezwaren{query}")
        shown = [title for title in ("Bankje", "Appelboom", "Zandbak") if title in page]
        assert sorted(shown) == sorted(expected), query
    page = text(client, "/werk/bezwaren?van=mij&volgorde=bezwaar")
    assert 'aria-sort="ascending"' in page
    assert 'value="mij" selected' in page, "what was chosen stays chosen after a reload"
    assert 'href="/werk/bezwaren.csv?van=mij&amp;volgorde=bezwaar"' in page
    assert "Toon alles" in text(client, "/werk/bezwaren?q=nergens")
    assert browser(a_resident("vreemd@voorbeeld.invalid")).get("/werk/bezwaren.csv").status_code == 403
    assert Client().get("/werk/bezwaren.csv").status_code == 302


def test_the_list_asks_the_same_number_of_questions_with_3_and_with_30_objections_and_notices() -> None:
    refused, waiting = a_refusal(), a_decidable_application()
    first = an_objection(refused)
    with days_later(100):
        notice = give_notice(actor=Actor("person", waiting.applicant), application=waiting.public_id)
        late = give_notice(actor=Actor("person", first.objector), application=first.application, objection=first.public_id)
    with days_later(200):
        determine_penalty(actor=a_decider(), notice=notice.public_id)
        client = browser(a_handler())
        counts = []
        for many in (3, 30):
            _copies(first, waiting, (notice, late), many - Objection.objects.count())
            text(client, "/werk/bezwaren")
            with CaptureQueriesContext(connection) as asked:
                page = text(client, "/werk/bezwaren")
            counts.append(len(asked))
            assert page.count("/werk/ingebrekestellingen/") == 2 * many
            assert page.count('href="/werk/bezwaren/B') == many
        assert counts[0] == counts[1]


def _copies(first: Objection, waiting: Application, notices: tuple[DefaultNotice, DefaultNotice], many: int) -> None:
    """So many more of the same: an objection that is late, an application that is late and was laid down, and a notice about each."""
    laid_down = notices[0].decisions.get()
    share, last = laid_down.shares.get(), Objection.objects.count()
    for place in range(last, last + many):
        mark = f"{place:04d}"
        application = _copied(waiting, public_id=f"app-{mark}", number=f"2026-9{mark}")
        objection = _copied(first, public_id=f"obj-{mark}", number=f"B2026-9{mark}", decision=f"dec-{mark}")
        ours = {"application": application.public_id, "public_id": f"not-{mark}", "number": f"I2026-9{mark}"}
        given = _copied(notices[0], **ours)
        decided = _copied(laid_down, public_id=f"pen-{mark}", notice=given)
        _copied(share, decision=decided)
        _copied(notices[1], public_id=f"nob-{mark}", number=f"I2026-8{mark}", objection=objection)


def _copied(row: Any, **changes: Any) -> Any:
    """One more row like this one."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    kept = {name: value for name, value in fields.items() if name.removesuffix("_id") not in changes}
    return type(row).objects.create(**{**kept, **changes})
