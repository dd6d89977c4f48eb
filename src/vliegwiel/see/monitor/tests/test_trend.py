"""A figure through time says what is known and nothing more."""

import csv
import io
from pathlib import Path

import pytest
from django.test import Client

from vliegwiel.catalogue.reader import indicators
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.queries import Figure
from vliegwiel.see.figures.tests.given import a_delivery
from vliegwiel.see.monitor import trend as trends

pytestmark = pytest.mark.django_db
KEY = "afstand-huisarts"
PAGE = f"/gebieden/BU18760000/{KEY}?jaar=2024"
YEARS: dict[str, Estimate] = {
    "2012": Estimate(1.4),
    "2016": Estimate(1.1),
    "2018": Estimate(missing=Missing.SUPPRESSED),
    "2020": Estimate(0.9),
    "2024": Estimate(0.8),
}


@pytest.fixture
def visitor(tmp_path: Path) -> Client:
    """A visitor of Hengelo, with figures of one year."""
    import_release(actor=Actor.system("cli"), path=a_delivery(tmp_path))
    return Client()


@pytest.fixture
def years(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> dict[str, Estimate]:
    """Five years of figures for every area; 2018 is missing."""
    found = dict(YEARS)

    def figure_of(key: str, _area: Area, period: str = "") -> Figure:
        return Figure(indicators()[key], period, found[period], None)

    monkeypatch.setattr(trends.figures, "periods", lambda key, _year: sorted(found, reverse=True) if key == KEY else [])
    monkeypatch.setattr(trends, "figure_of", figure_of)
    return found


def test_one_year_is_told_without_a_line(visitor: Client) -> None:
    text = visitor.get(PAGE).content.decode()
    assert "Hengelo, 2024: 0,8\u00a0km." in text
    assert "Een verloop tonen we vanaf twee jaren." in text
    assert '<svg class="chart' not in text


def test_more_years_are_a_line_with_a_gap_where_a_figure_is_missing(visitor: Client, years: dict[str, Estimate]) -> None:
    text = visitor.get(PAGE).content.decode()
    assert "Hengelo, 2024: 0,8\u00a0km. In 2012 was dat 1,4\u00a0km." in text
    assert text.count('<svg class="chart') == 2
    assert "In dit jaar is er geen cijfer van Hengelo." in text
    assert "Hier wonen te weinig mensen om een cijfer te tonen." in text
    area = areas.area("BU18760000", 2024)
    assert area is not None
    wide = trends.trend_of(KEY, area).wide
    assert wide is not None
    assert wide.lines[0].path.count("M") == 2
    assert len(wide.gaps) == 1


def test_a_margin_is_drawn_only_when_the_source_gives_one(visitor: Client, years: dict[str, Estimate]) -> None:
    assert "margin" not in visitor.get(PAGE).content.decode()
    years |= {
        year: Estimate(value.value, None, value.value - 0.2, value.value + 0.2, 0.95)
        for year, value in YEARS.items()
        if value.value
    }
    text = visitor.get(f"{PAGE}&x=1").content.decode()
    assert 'class="margin"' in text
    assert "Overlappen ze, dan kan het verschil toeval zijn." in text


def test_nothing_is_called_better_or_worse(visitor: Client, years: dict[str, Estimate]) -> None:
    text = visitor.get(PAGE).content.decode().lower()
    assert not any(word in text for word in ("beter", "slechter", "gestegen", "gedaald", "verbeterd"))


def test_the_download_holds_every_year_with_its_reason(visitor: Client, years: dict[str, Estimate]) -> None:
    text = visitor.get(PAGE.replace("?", "/cijfers.csv?")).content.decode()
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["gebiedscode"] == "BU18760000"]
    assert [row["periode"] for row in rows] == list(YEARS)
    assert [row["reden"] for row in rows if row["periode"] == "2018"] == ["te-weinig-inwoners"]


def test_a_figure_that_we_do_not_have_is_refused_with_figures_that_we_do_have(visitor: Client) -> None:
    answer = visitor.get("/gebieden/BU18760000/geluk?jaar=2024")
    assert answer.status_code == 404
    assert "Afstand tot de huisarts" in answer.content.decode()


def test_the_live_chart_draws_the_figures_of_the_table(visitor: Client, years: dict[str, Estimate]) -> None:
    values = visitor.get(PAGE.replace("?", "/cijfers.json?")).json()
    mine = [row for row in values["cijfers"] if row["gebied"] == "Hengelo"]
    assert [row["waarde"] for row in mine] == [1.4, 1.1, None, 0.9, 0.8]
    assert mine[2]["woorden"] == "Hengelo, 2018: Hier wonen te weinig mensen om een cijfer te tonen."
    assert [row["periode"] for row in mine if row["laatste"]] == ["2024"]
    assert all(row["laag"] is None for row in mine)
