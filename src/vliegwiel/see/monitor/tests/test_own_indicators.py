"""An indicator that someone added is on the same pages as those of the catalogue."""

from pathlib import Path

import pytest
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery, a_new_indicator, answers, with_column

pytestmark = pytest.mark.django_db


def test_it_stands_on_the_theme_page_and_has_a_method_page(tmp_path: Path, client: Client) -> None:
    path = a_delivery(tmp_path, rows=with_column("Geluk_77", "7.4"))
    import_release(actor=Actor.system("cli"), path=path, answers=answers(Geluk_77=a_new_indicator()))
    theme = client.get("/gebieden/GM1876/thema/samenleven", {"jaar": "2024"}).content.decode()
    assert "Geluk van het dorp" in theme
    assert "7,4" in theme
    assert "Eigen vragenlijst" in client.get("/methoden/geluk-van-het-dorp").content.decode()


def test_the_theme_page_leaves_out_what_no_source_gives_for_this_kind_of_area(tmp_path: Path, client: Client) -> None:
    path = a_delivery(tmp_path)
    import_release(actor=Actor.system("cli"), path=path)
    page = client.get("/gebieden/BU18760002/thema/voorzieningen", {"jaar": "2024"}).content.decode()
    assert "Afstand tot de huisarts" in page
    assert "Afstand tot de bibliotheek" not in page
