"""What an area was before and what became of it, from the files themselves."""

from pathlib import Path

import pytest
import shapely
from django.test.utils import CaptureQueriesContext

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Answer
from vliegwiel.see.areas import history, queries
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.tests.given import a_border_file, a_list_of_areas, links_of, provinces_of

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
THEN = {"GM0788": "Haaren", "GM0865": "Vught", "BU07880001": "Helvoirt", "GM0003": "Appingedam", "GM0010": "Delfzijl"}
NOW = {"GM0865": "Vught", "GM0824": "Oisterwijk", "GM1979": "Eemsdelta"}


@pytest.fixture
def two_years(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_list_of_areas(tmp_path, THEN, name="2020.csv"), year=2020)
    import_areas(actor=CLI, path=a_list_of_areas(tmp_path, NOW, name="2024.csv"), year=2024)
    split = [(2020, 2022, "GM0788", "GM0865", 0.452), (2020, 2022, "GM0788", "GM0824", 0.548)]
    merger = [(2020, 2022, "GM0003", "GM1979", 0.998), (2020, 2022, "GM0010", "GM1979", 0.998)]
    import_areas(actor=CLI, path=links_of(tmp_path, split + merger))


def _area(code: str, year: int) -> Area:
    found = queries.area(code, year)
    assert found is not None
    return found


def test_a_merged_municipality_knows_the_whole_ones_it_came_from(two_years: None) -> None:
    found = history.origins_of(_area("GM1979", 2024), 2020)
    assert (found.whole, found.all_whole) == (("GM0003", "GM0010"), True)


def test_an_area_that_ended_says_after_which_year_and_offers_its_successors(two_years: None) -> None:
    ending = history.ending_of("GM0788", 2024)
    assert ending is not None
    assert (ending.last.year, [area.code for area in ending.successors]) == (2020, ["GM0824", "GM0865"])
    assert ending.reason == "Haaren bestaat niet meer. Na 2020 is het verdeeld over GM0824 en GM0865."
    merged = history.ending_of("GM0003", 2024)
    assert merged is not None
    assert merged.reason == "Appingedam bestaat niet meer. Na 2020 ging het op in GM1979."
    part = history.ending_of("BU07880001", 2024)
    assert part is not None
    assert part.reason.startswith("De gemeente")


def test_an_area_that_is_only_not_loaded_has_not_ended(two_years: None) -> None:
    Area.objects.create(code="GM0106", year=2020, level="gemeente", name="Assen", search_name="assen")
    queries.stamp.forget()
    assert history.ending_of("GM0106", 2024) is None
    assert history.ending_of("GM9999", 2024) is None
    assert history.ending_of("GM0865", 2024) is None


def test_a_neighbourhood_that_was_divided_offers_what_lies_there_now(tmp_path: Path) -> None:
    old = [shapely.box(200_000, 440_000, 202_000, 441_000), shapely.box(202_000, 440_000, 203_000, 441_000)]
    new = [shapely.box(200_000, 440_000, 201_500, 441_000), shapely.box(201_500, 440_000, 203_000, 441_000)]
    old_codes, new_codes = ["BU18760001", "BU18760002"], ["BU18760009", "BU18760002"]
    import_areas(actor=CLI, path=a_border_file(tmp_path, year=2020, name="2020.gpkg", shapes=old, codes=old_codes))
    import_areas(actor=CLI, path=a_border_file(tmp_path, shapes=new, codes=new_codes))
    ending = history.ending_of("BU18760001", 2024)
    assert ending is not None
    assert [area.code for area in ending.successors] == ["BU18760009", "BU18760002"]
    verdict = history.verdict_of(_area("BU18760002", 2024), queries.area("BU18760002", 2020), 2020, marks={})
    assert verdict.reasons[0].facts["overlap"] == pytest.approx(2 / 3, abs=0.001)


def test_a_province_may_be_compared_when_it_holds_the_same_land(two_years: None, tmp_path: Path) -> None:
    then = [(2020, "GM0003", "Appingedam", "PV20"), (2020, "GM0010", "Delfzijl", "PV20"), (2020, "GM0788", "Haaren", "PV30")]
    now = [(2024, "GM1979", "Eemsdelta", "PV20"), (2024, "GM0865", "Vught", "PV30")]
    import_areas(actor=CLI, path=provinces_of(tmp_path, then + now))
    assert history.verdict_of(_area("PV20", 2024), None, 2020, marks={})
    other = history.verdict_of(_area("PV30", 2024), None, 2020, marks={})
    assert other.answer is Answer.NO
    assert history.verdict_of(_area("PV20", 2024), None, 2018, marks={}).answer is Answer.UNKNOWN


def test_ten_times_as_many_years_ask_no_more_of_the_database(two_years: None, django_assert_num_queries: object) -> None:
    from django.db import connection

    def asked() -> int:
        queries.stamp.forget()
        history._links.cache_clear()
        history._origins.cache_clear()
        for remembered in (queries._area, queries._kinds, queries._codes, queries._digests, history._codes, history._overlap):
            remembered.cache_clear()
        with CaptureQueriesContext(connection) as context:
            area = _area("GM0865", 2024)
            history.verdict_of(area, history.lives_of("GM0865").get(2020), 2020, marks={})
            history.ending_of("GM0788", 2024)
        return len(context)

    before = asked()
    Area.objects.bulk_create(
        Area(code=code, year=year, level="gemeente", name=name, search_name=name.casefold())
        for year in range(1990, 2018)
        for code, name in THEN.items()
    )
    assert asked() == before


@pytest.mark.data
def test_the_real_ermelo_east_of_2021_is_not_ermelo_north_of_2024(data: Path) -> None:
    import_areas(actor=CLI, path=data / "pdok_origineel/CBS_buurten_2021_ermelo.gpkg", year=2021)
    import_areas(actor=CLI, path=data / "geo/wijkenbuurten_2024_reconstructie_PV25_gelderland.gpkg")
    old, new = _area("BU02330001", 2021), _area("BU02330001", 2024)
    assert (old.name, new.name) == ("Ermelo-Oost", "Ermelo - Noord")
    verdict = history.verdict_of(new, old, 2021, marks={})
    assert (verdict.answer, verdict.reasons[0].code) == (Answer.NO, "borders")
    assert verdict.reasons[0].text == "De grenzen van 2021 en 2024 vallen maar voor 11 procent samen."
    assert history.ending_of("BU02330006", 2024).successors


@pytest.mark.data
def test_real_municipalities_between_2018_and_2025(data: Path) -> None:
    for name in ("geo/gemeenten_2020_wijkbuurtkaart_vereenvoudigd_rd.gpkg", "geo/gemeente_gegeneraliseerd_2025_rd.gpkg"):
        import_areas(actor=CLI, path=data / name)
    for name in ("regio/gemeenten_per_provincie_2018_2025.csv", "regio/herindelingen_gemeenten_2018_2025.csv"):
        import_areas(actor=CLI, path=data / name)
    assert history.origins_of(_area("GM1979", 2024), 2020).whole == ("GM0003", "GM0010", "GM0024")
    assert history.origins_of(_area("GM0865", 2024), 2020).shares == {"GM0788": 0.452}
    assert history.origins_of(_area("GM0363", 2024), 2020).whole == ("GM0363", "GM0457"), "Weesp had joined by 2024"
    assert history.origins_of(_area("GM0363", 2022), 2020).whole == ("GM0363",), "Weesp was still there in 2022"
    assert history.origins_of(_area("GM1966", 2025), 2018).shares == {"GM0053": 0.783}
    bronckhorst = history.verdict_of(_area("GM1876", 2025), queries.area("GM1876", 2020), 2020, marks={})
    assert (bronckhorst.answer, bronckhorst.reasons[0].code) == (Answer.YES, "borders")
    for code in ("PV20", "PV25", "PV26"):
        assert history.verdict_of(_area(code, 2025), queries.area(code, 2020), 2020, marks={}), code
    gelderland = history.verdict_of(_area("PV25", 2025), queries.area("PV25", 2018), 2018, marks={})
    assert gelderland.answer is Answer.YES, "Geldermalsen, Lingewaal and Neerijnen became West Betuwe within the province"
    noord_holland = history.origins_of(_area("PV27", 2025), 2020)
    assert noord_holland.all_whole
    ending = history.ending_of("GM0788", 2024)
    assert [area.name for area in ending.successors] == ["Boxtel", "Oisterwijk", "Tilburg", "Vught"]
