"""Up to five areas side by side, chosen without script."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery

pytestmark = pytest.mark.django_db
BOTH = "/vergelijk?jaar=2024&gebied=BU18760000&gebied=BU18760002"


@pytest.fixture
def visitor(tmp_path: Path, settings: Any) -> Client:
    """A visitor of Bronckhorst, Hengelo and Veldhoek."""
    settings.VLIEGWIEL_PROVINCE = "PV25"
    import_release(actor=Actor.system("cli"), path=a_delivery(tmp_path))
    return Client()


def test_each_area_shows_its_value_or_the_reason_why_not(visitor: Client) -> None:
    text = visitor.get(BOTH).content.decode()
    assert "0,8\u00a0km" in text
    assert "De bron maakt geen verschil tussen nul en geheim." in text
    assert "Hoogste van 2" in text


def test_a_name_adds_the_place_and_the_others_stay(visitor: Client) -> None:
    answer = visitor.get("/vergelijk?jaar=2024&gebied=BU18760000&zoek=veldhoek")
    assert answer.status_code == 302
    assert answer.headers["Location"] == BOTH


def test_a_name_that_nobody_has_says_so_and_keeps_the_choice(visitor: Client) -> None:
    text = visitor.get("/vergelijk?jaar=2024&gebied=BU18760000&zoek=Atlantis").content.decode()
    assert "We vonden niets bij “Atlantis”" in text
    assert 'value="BU18760000"' in text


def test_each_area_can_be_taken_away_again(visitor: Client) -> None:
    text = visitor.get(BOTH).content.decode()
    assert 'href="/vergelijk?jaar=2024&amp;gebied=BU18760002"' in text
    assert 'href="/vergelijk?jaar=2024&amp;gebied=BU18760000"' in text


def test_the_download_has_the_areas_in_the_order_of_the_page(visitor: Client) -> None:
    text = visitor.get(BOTH.replace("?", "/cijfers.csv?")).content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(dict.fromkeys(row["gebied"] for row in rows)) == ["Hengelo", "Veldhoek"]
    people = [row["waarde"] for row in rows if row["indicator"] == "inwoners"]
    assert people == ["4370.0", "140.0"]


@pytest.mark.parametrize("query", ["jaar=1850", "gebied=BU99999999", "&".join(f"gebied=GM{code}" for code in range(1000, 1006))])
def test_what_cannot_be_compared_is_refused(visitor: Client, query: str) -> None:
    assert visitor.get(f"/vergelijk?{query}").status_code == 404
