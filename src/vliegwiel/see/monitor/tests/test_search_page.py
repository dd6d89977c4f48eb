"""Searching on the site: places and texts on one page, narrowed in the address, without an account."""

import pytest
from django.test import Client

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.search.public import refresh_index, who_may
from vliegwiel.foundation.search.tests.given import a_document
from vliegwiel.kernel.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings: object) -> None:
    """The province of the tests is that of the site."""
    settings.VLIEGWIEL_PROVINCE = PROVINCE


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_figures_and_words_are_found_with_the_words_marked(client: Client) -> None:
    assert refresh_index(actor=Actor.system("cli"), province=PROVINCE) > 500
    page = _page(client, "/zoeken?q=eenzaamheid")
    assert "<mark>Eenzaam</mark>" in page
    assert 'href="/methoden/eenzaam"' in page
    assert 'href="/begrippen#eenzaamheid"' in page


def test_a_choice_stands_in_the_address_and_is_still_chosen_after_reloading(client: Client) -> None:
    for number in range(3):
        a_document(f"Zorg {number}", kind="cijfer", id=str(number))
        a_document(f"Zorg in woorden {number}", kind="begrip", id=str(number))
    page = _page(client, "/zoeken?q=zorg&soort=begrip")
    assert '<option value="begrip" selected>Woorden uitgelegd (3)</option>' in page
    assert "Cijfers en hoe ze zijn gemaakt (3)" in page
    assert page.count("in woorden") == 3
    assert "3 keer gevonden" in page
    assert "Toon alles" in page


def test_a_slip_of_the_pen_is_said(client: Client) -> None:
    a_document("Mantelzorg")
    assert "Bedoelde u “mantelzorg”?" in _page(client, "/zoeken?q=manelzorg")


def test_who_finds_nothing_is_helped_on(client: Client) -> None:
    page = _page(client, "/zoeken?q=xyzzy")
    assert "Niets gevonden" in page
    assert 'href="/regelingen"' in page
    assert "Toon alles" in _page(client, "/zoeken?q=xyzzy&soort=begrip")


def test_what_is_not_public_is_on_no_page(client: Client) -> None:
    a_document("Zilvermeeuw in de kas", audiences=(who_may("do-casework"),))
    assert "in de kas" not in _page(client, "/zoeken?q=zilvermeeuw")


@pytest.mark.parametrize(
    "extra", ["pagina=0", "pagina=-1", "pagina=99999", "pagina=abc", "soort=" + "x" * 900, "thema=%00", "q=<script>"]
)
def test_a_strange_address_gives_a_page(extra: str, client: Client) -> None:
    a_document("Tuin")
    page = _page(client, f"/zoeken?q=tuin&{extra}")
    assert "<script>" not in page


def test_more_than_a_page_is_turned_by_links(client: Client) -> None:
    for number in range(45):
        a_document(f"Tuin {number}", id=str(number))
    page = _page(client, "/zoeken?q=tuin&pagina=2")
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert page.count('<p class="mark">initiatief</p>') == 20
    assert 'rel="next"' not in _page(client, "/zoeken?q=tuin&pagina=3")
