"""Figures carried over to other borders: exact where whole areas came together, silent where people would have to be guessed."""

import csv
from pathlib import Path

import pytest

from vliegwiel.catalogue.reader import indicators
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas import history
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.rules import Origins
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.carry import LAND, carried
from vliegwiel.see.figures.describe import described
from vliegwiel.see.figures.tests.given import a_cut_of_2020, a_delivery, changed

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
BOTH = Origins(("BU18760000", "BU18760002"), {}, ())


@pytest.fixture
def haaren(data: Path, tmp_path: Path) -> dict[str, dict[str, str]]:
    """The municipalities of 2020 with their figures, those of 2022, and how one became the other; returns the rows of the file."""
    path = a_cut_of_2020(data, tmp_path)
    import_release(actor=CLI, path=path)
    for name in ("gemeenten_per_provincie_2018_2025.csv", "herindelingen_gemeenten_2018_2025.csv"):
        import_areas(actor=CLI, path=data / "regio" / name)
    with path.open(encoding="utf-8") as file:
        return {row["WijkenEnBuurten"]: row for row in csv.DictReader(file)}


def _origins(code: str, year: int = 2022) -> Origins:
    area = areas.area(code, year)
    assert area is not None
    return history.origins_of(area, 2020)


def _cell(row: dict[str, str], stem: str) -> float:
    return float(next(value for name, value in row.items() if name.rsplit("_", 1)[0] == stem))


@pytest.mark.data
def test_the_inhabitants_of_a_merged_municipality_are_the_exact_sum(haaren: dict[str, dict[str, str]]) -> None:
    old = ["GM0003", "GM0010", "GM0024"]
    figure = carried("inwoners", 2020, _origins("GM1979"))
    assert figure.estimate.value == sum(_cell(haaren[code], "AantalInwoners") for code in old) == 45_857
    assert figure.carried == "de som van 3 gebieden"
    share = carried("aandeel-65-plus", 2020, _origins("GM1979"))
    expected = 100 * sum(_cell(haaren[code], "k_65JaarOfOuder") for code in old) / 45_857
    assert share.estimate.value == pytest.approx(expected)
    assert described(share)["omgerekend"] == "opnieuw uitgerekend uit de sommen van 3 gebieden"


@pytest.mark.data
def test_the_inhabitants_of_haaren_are_not_spread_and_its_hectares_are(haaren: dict[str, dict[str, str]]) -> None:
    heirs = {"GM0757": 0.094, "GM0824": 0.278, "GM0855": 0.176, "GM0865": 0.452}
    given = 0.0
    for code, share in heirs.items():
        people, land = carried("inwoners", 2020, _origins(code)), carried("oppervlakte-land", 2020, _origins(code))
        assert people.estimate.missing is Missing.AREA_CHANGED
        assert people.carried == ""
        own, haarens = (_cell(haaren[row], "OppervlakteLand") for row in (code, "GM0788"))
        assert land.estimate.value == pytest.approx(own + share * haarens)
        assert land.carried == "naar aandeel van het land van 2 gebieden"
        given += (land.estimate.value or 0) - own
    assert given == pytest.approx(_cell(haaren["GM0788"], "OppervlakteLand"))


@pytest.mark.data
def test_no_inhabitant_is_lost_or_made_between_2020_and_2022_but_those_of_divided_municipalities(
    haaren: dict[str, dict[str, str]],
) -> None:
    found = {code: carried("inwoners", 2020, _origins(code)) for code in areas.codes_of(areas.Level.MUNICIPALITY, 2022)}
    silent = [code for code, figure in found.items() if figure.estimate.value is None]
    assert silent == ["GM0757", "GM0824", "GM0855", "GM0865"]
    lost = sum(_cell(haaren[code], "AantalInwoners") for code in [*silent, "GM0788"])
    everyone = sum(_cell(row, "AantalInwoners") for row in haaren.values())
    assert sum(figure.estimate.value or 0 for figure in found.values()) == everyone - lost


def test_means_need_their_weight_and_medians_and_indices_are_never_carried(tmp_path: Path) -> None:
    rows = changed("BU18760002", "AfstandTotHuisartsenpraktijk_110", "4.8")
    import_release(actor=CLI, path=a_delivery(tmp_path, rows=[{**row, "MateVanStedelijkheid_120": "5"} for row in rows]))
    mean = carried("afstand-huisarts", 2024, BOTH)
    assert mean.estimate.value == pytest.approx((0.8 * 4370 + 4.8 * 140) / 4510)
    assert mean.carried == "het gewogen gemiddelde van 2 gebieden"
    assert carried("stedelijkheid", 2024, BOTH).estimate.missing is Missing.AREA_CHANGED


def test_a_part_without_a_figure_gives_its_own_reason(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    assert carried("afstand-huisarts", 2024, BOTH).estimate.missing is Missing.ZERO_OR_SUPPRESSED


def test_land_alone_may_be_divided_by_land(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path))
    divided = Origins(("BU18760000",), {"BU18760002": 0.5}, ())
    for key in indicators():
        assert key in LAND or carried(key, 2024, divided).estimate.value is None
