"""The pages of the archive, as a browser asks for them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.support.archive.actions.carry_out import carry_out
from vliegwiel.support.archive.actions.keep_file import keep_file
from vliegwiel.support.archive.models import DestructionList, Keeping, ListedFile
from vliegwiel.support.archive.tests.given import BEGIN, JOB, a_list, a_withdrawn_file, an_archivist, carried_out, years_later
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.officers import a_call, an_officer
from vliegwiel.support.grants.tests.test_dossier_pages import browser

pytestmark = pytest.mark.django_db
PAGE = "/beheer/bewaren"


@pytest.fixture(autouse=True)
def beginning(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(BEGIN):
        yield


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_from_what_is_due_to_what_stays_of_it() -> None:
    first, second = browser(an_archivist(1)), browser(an_archivist(2))
    assert "Er is nu geen dossier waarvan de termijn voorbij is" in _text(first, PAGE)
    found = a_withdrawn_file()
    with years_later(1):
        assert found.number in first.get(f"{PAGE}/aan-de-beurt.csv").content.decode()
        answer = first.post(PAGE, {"doe": "lijst", "soort": "untreated-file", "hoe": "destroy"})
        path = answer["Location"]
        assert "U stelde deze lijst voor" in _text(first, path)
        assert first.post(path, {"doe": "goed", "gezien": "x"}).status_code == 400
        page = second.get(path)
        assert "Dat kan niet ongedaan worden gemaakt" in page.content.decode()
        assert second.post(path, {"doe": "goed", "gezien": page.context["seen"]}).status_code == 302
        assert carry_out(actor=JOB, on=DestructionList.objects.get().public_id) == 1
        assert "1 dossier is weg" in _text(second, path)
        assert ListedFile.objects.get().record_hash in second.get(f"{path}/lijst.csv").content.decode()
        stone = _text(Client(), f"/vernietigd/{found.number}")
        assert "Dossier van een aanvraag zonder besluit" in stone
        assert "Vereniging Verzonnen Plein" not in stone


def test_the_old_address_of_a_file_says_when_and_by_which_list_it_went() -> None:
    found = a_withdrawn_file()
    with years_later(1):
        carried_out(a_list())
        number = DestructionList.objects.get().number
        client = browser(an_officer())
        for path in (f"/werk/aanvragen/{found.number}", f"/mijn/aanvragen/{found.public_id}"):
            answer = client.get(path)
            text = answer.content.decode()
            assert answer.status_code == 410, path
            assert "Dit dossier is vernietigd" in text
            assert number in text
            assert f"/vernietigd/{found.number}" in text
        assert client.get("/werk/aanvragen/2026-999999").status_code == 404
    assert Client().get("/vernietigd/2026-999999").status_code == 404


def test_what_is_typed_wrong_stays_in_the_form() -> None:
    found, client = a_withdrawn_file(), browser(an_archivist(1))
    for sent in (
        {"nummer": "2026-999999", "waarom": "Onderzoek"},
        {"nummer": found.number, "waarom": "Onderzoek", "tot": "31-2-2030"},
    ):
        answer = client.post(PAGE, {"doe": "bewaar", **sent})
        assert (answer.status_code, "Onderzoek" in answer.content.decode()) == (400, True)
    assert client.post(PAGE, {"doe": "bewaar", "nummer": found.number, "waarom": "Onderzoek"}).status_code == 302
    assert "voor altijd, naar het archief" in _text(client, PAGE)
    answer = client.get(f"{PAGE}/dossiers/{found.number}.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert (
        browser(an_archivist(2)).post(PAGE, {"doe": "beeindig", "uitzondering": Keeping.objects.get().public_id}).status_code
        == 302
    )
    assert client.get(f"{PAGE}/dossiers/{found.number}.zip").status_code == 404


def test_who_is_no_archivist_sees_nothing() -> None:
    a_withdrawn_file()
    with years_later(1):
        made = a_list()
        for path in (
            PAGE,
            f"{PAGE}/aan-de-beurt.csv",
            f"{PAGE}/lijsten/{made.public_id}",
            f"{PAGE}/lijsten/{made.public_id}/lijst.csv",
        ):
            assert browser(an_officer()).get(path).status_code == 403
            assert Client().get(path).status_code != 200


def test_the_page_asks_as_many_questions_for_many_files_as_for_few() -> None:
    call, client = a_call(), browser(an_archivist(1))
    counts = []
    for number in (1, 6):
        while Application.objects.count() < number:
            a_withdrawn_file(f"bewoner{Application.objects.count()}@voorbeeld.invalid", call)
        with years_later(1):
            client.get(PAGE)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                _text(client, PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    with years_later(1):
        path = f"{PAGE}/lijsten/{a_list().public_id}"
        with CaptureQueriesContext(connection) as asked:
            _text(client, path)
        assert len(asked) < 30
    with clock.at(BEGIN + timedelta(days=400)):
        keep_file(actor=an_archivist(1), province=PROVINCE, number=Application.objects.first().number, why="Onderzoek")
