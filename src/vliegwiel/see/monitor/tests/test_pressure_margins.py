"""A margin that a source gives widens what we say; without one we say that it is not known."""

from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from vliegwiel.engines.indices import rerun
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import HEALTH, a_health_row, a_table, published
from vliegwiel.see.monitor import pressure
from vliegwiel.see.monitor.tests.given import NAMES, a_province, an_outcome

pytestmark = pytest.mark.django_db
CODES = [f"BU187600{place:02d}" for place in range(len(NAMES))]
WORST = CODES[-1]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    for value in vars(areas).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def _loneliness(folder: Path, half_width: float | None) -> None:
    """A made-up delivery of the health table for 2024: loneliness rises from 30 by one percent, with or without a margin."""
    rows = []
    for place, code in enumerate(CODES):
        rows.append(a_health_row(code, f"{30 + place:.1f}", period="2024JJ00"))
        if half_width is not None:
            rows.append(a_health_row(code, f"{30 + place - half_width:.1f}", bound="MOG0095", period="2024JJ00"))
            rows.append(a_health_row(code, f"{30 + place + half_width:.1f}", bound="MBG0095", period="2024JJ00"))
    path = a_table(folder, "gezondheid_50090NED.csv", HEALTH, rows)
    import_release(actor=Actor.system("cli"), path=path, told=published("2025-10-01", 2024))
    an_outcome()


@pytest.fixture
def province(tmp_path: Path) -> Path:
    a_province(tmp_path)
    return tmp_path


def test_the_standard_error_is_half_the_margin_over_the_normal_quantile(province: Path) -> None:
    _loneliness(province, 3.92)
    view = figures.view("eenzaam", 2024, (*CODES[:2], "BU18760099"))
    assert view.standard_errors()[:2] == pytest.approx(2.0, abs=0.03)  # 3.92 / 1.96; the file gives one decimal
    assert np.isnan(view.standard_errors()[2])


def test_a_narrow_margin_leaves_the_outcome_sure(province: Path) -> None:
    _loneliness(province, 0.1)
    picture = pressure.picture_of(2024, "PV25")
    told = picture.of(WORST)
    assert told is not None
    assert next(state.words for state in told.themes if state.theme.key == "samenleven") == "bijna zeker wel onder druk"
    assert picture.result.margin_known[picture.result.names.index("eenzaam")]
    assert "samenleven" not in picture.bare_themes


def test_a_wide_margin_shows_in_the_chance_and_in_where_doubt_comes_from(province: Path) -> None:
    _loneliness(province, 9.8)
    picture = pressure.picture_of(2024, "PV25")
    told = picture.of(WORST)
    assert told is not None
    state = next(item for item in told.themes if item.theme.key == "samenleven")
    assert state.chance is not None
    assert 0.4 < state.chance < 0.9
    assert "marge onbekend" not in state.words
    assert picture.result.shares["margins"] > 0.05


def test_the_same_delivery_without_margins_says_that_they_are_not_known(province: Path, client: Client) -> None:
    _loneliness(province, None)
    picture = pressure.picture_of(2024, "PV25")
    assert not any(picture.result.margin_known)
    assert "samenleven" in picture.bare_themes
    assert "Geen van de bronnen geeft een marge" in client.get("/methoden/kwetsbaarheid").content.decode()


def test_page_method_and_file_say_that_margins_take_part(province: Path, client: Client) -> None:
    _loneliness(province, 4.0)
    assert "De marge van de cijfers zelf is onbekend" not in client.get("/kwetsbaarheid?gemeente=GM1876").content.decode()
    method = client.get("/methoden/kwetsbaarheid").content.decode()
    assert "Deels bekend. Een marge hebben we van: Eenzaam." in method
    assert "de marges van de bron:" in method
    assert "onbekend" not in {line.split(",")[-4] for line in client.get("/kwetsbaarheid.csv").content.decode().splitlines()[1:]}


def test_the_receipt_with_margins_can_be_run_again(province: Path) -> None:
    _loneliness(province, 4.0)
    picture = pressure.picture_of(2024, "PV25")
    codes = tuple(picture.row_of)
    loaded, nowhere = figures.loaded_indicators(), np.full(len(codes), np.nan)
    views = [figures.view(name, 2024, codes) if name in loaded else None for name in picture.result.names]
    values = np.column_stack([view.values if view else nowhere for view in views])
    margins = np.column_stack([view.standard_errors() if view else nowhere for view in views])
    people = figures.view("inwoners", 2024, codes).values
    assert rerun(picture.receipt, values, margins=margins, population=people).digest == picture.result.digest
    with pytest.raises(ValueError, match="not the data"):
        rerun(picture.receipt, values, population=people)


@pytest.mark.usefixtures("province")
def test_without_borders_of_neighbourhoods_the_page_says_that_there_is_no_map(client: Client) -> None:
    assert (
        "Er is geen kaart van 2024. We hebben van dat jaar geen grenzen van buurten."
        in client.get("/kwetsbaarheid").content.decode()
    )
