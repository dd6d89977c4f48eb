"""The catalogue as a reader sees it: methods, frames and words."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery

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


def test_what_a_table_does_not_tell_stands_at_its_data_and_at_each_figure_from_it(tmp_path: Path, client: Client) -> None:
    limit = "Aantallen van wijken en buurten zijn afgerond op 5."
    assert limit not in _page(client, "/methoden/inwoners")
    import_release(actor=Actor.system("cli"), path=a_delivery(tmp_path))
    assert limit in _page(client, "/methoden/inwoners")
    assert limit in _page(client, "/data")


def test_an_indicator_that_ended_keeps_its_page_and_says_when_why_and_what_there_is_now(client: Client) -> None:
    text = _page(client, "/methoden/westerse-migratieachtergrond")
    assert "voor het laatst over 2021" in text
    assert "Het CBS gebruikt deze indeling sinds 2022 niet meer." in text
    assert '<a href="/methoden/aandeel-herkomst-europa">' in text
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
