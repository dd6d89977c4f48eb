"""The catalogue as a reader sees it: methods, frames and words."""

from urllib.parse import quote

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_method_page_says_about_whom_by_which_definition_and_for_which_goals(client: Client) -> None:
    text = _page(client, "/methoden/eenzaam")
    assert "18 jaar en ouder" in text
    assert "De Jong Gierveld, elf vragen, grens bij drie" in text
    assert "SDG 3: Goede gezondheid en welzijn" in text
    assert "Brede welvaart volgens Groningen: Sociale samenhang en voorzieningenniveau" in text


@pytest.mark.parametrize(
    ("key", "word"), [("inwoners", "register"), ("goede-gezondheid-enquete", "enquête"), ("eenzaam", "model")]
)
def test_the_kind_of_a_figure_leads_to_its_explanation(client: Client, key: str, word: str) -> None:
    assert f'href="/begrippen?q={quote(word)}"' in _page(client, f"/methoden/{key}")
    assert f"<dt>{word.capitalize()}</dt>" in _page(client, f"/begrippen?q={quote(word)}")


def test_a_share_that_only_the_source_can_know_is_not_promised_for_larger_areas(client: Client) -> None:
    assert "Dit aandeel kunnen we niet zelf uitrekenen." in _page(client, "/methoden/eenzaam")
    assert "We rekenen het aandeel opnieuw uit." in _page(client, "/methoden/aandeel-65-plus")


def test_an_indicator_that_ended_keeps_its_page_and_says_when(client: Client) -> None:
    assert "voor het laatst over 2021" in _page(client, "/methoden/westerse-migratieachtergrond")
    assert "voor het laatst" not in _page(client, "/methoden/inwoners")


def test_the_frames_stand_side_by_side_and_what_no_source_names_stays_unnamed(client: Client) -> None:
    text = _page(client, "/kaders")
    assert (
        text.index("Brede welvaart volgens het CBS")
        < text.index("Brede welvaart volgens Groningen")
        < text.index("Leefbaarometer")
    )
    assert "Nog 10: de bron noemt ze niet." in text
    assert "officieel" in text


def test_a_word_can_be_looked_up_and_an_unknown_word_is_told_plainly(client: Client) -> None:
    assert "Hoe ver het echte cijfer van onze schatting kan liggen." in _page(client, "/begrippen?q=marge")
    assert "Geen woord gevonden bij “xyzzy”" in _page(client, "/begrippen?q=xyzzy")
