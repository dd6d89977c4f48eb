"""Lists of areas, provinces and mergers: read by their columns, complete what lacked something, harmless when repeated."""

import json
from pathlib import Path

import pytest

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import public, queries
from vliegwiel.see.areas.actions.import_areas import ImportedAreas, import_areas
from vliegwiel.see.areas.models import Area, AreaImport, AreaLink, BorderSet
from vliegwiel.see.areas.tests.given import a_border_file, a_list_of_areas, a_register, links_of, provinces_of

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
BRONCKHORST = {"GM1876": "Bronckhorst", "WK187600": "Wijk 00", "BU18760000": "Hengelo", "BU18760002": "Veldhoek"}


def _import(path: Path, year: int | None = None) -> ImportedAreas:
    return import_areas(actor=CLI, path=path, year=year)


def test_a_register_of_provinces_completes_municipalities_and_all_that_lies_in_them(tmp_path: Path) -> None:
    _import(a_list_of_areas(tmp_path, BRONCKHORST), 2020)
    assert queries.area("BU18760002", 2020).province_code == ""
    done = _import(provinces_of(tmp_path, [(2020, "GM1876", "Bronckhorst", "PV25"), (2022, "GM1876", "Bronckhorst", "PV25")]))
    assert done.years == (2020, 2022)
    assert set(Area.objects.filter(year=2020).values_list("province_code", flat=True)) == {"PV25"}
    assert queries.area("PV25", 2020).name == "Gelderland"


def test_the_order_of_register_and_list_does_not_matter(tmp_path: Path) -> None:
    _import(provinces_of(tmp_path, [(2020, "GM1876", "Bronckhorst", "PV25")]))
    _import(a_list_of_areas(tmp_path, BRONCKHORST), 2020)
    assert set(Area.objects.filter(year=2020).values_list("province_code", flat=True)) == {"PV25"}


def test_a_register_of_provinces_says_nothing_about_a_year_it_does_not_hold(tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="hoort bij 2020"):
        _import(provinces_of(tmp_path, [(2020, "GM1876", "Bronckhorst", "PV25")]), 2021)
    assert not Area.objects.exists()


def test_one_successor_means_all_of_it_whatever_the_overlay_says_and_a_split_keeps_its_shares(tmp_path: Path) -> None:
    rows = [
        (2018, 2019, "GM0005", "GM1966", 0.983),
        (2018, 2019, "GM0053", "GM1966", 0.783),
        (2018, 2019, "GM0053", "GM1969", 0.217),
    ]
    path = links_of(tmp_path, rows)
    assert _import(path).links == 3
    assert _import(path).already_there
    found = {(link.old_code, link.new_code): (link.share, link.basis) for link in AreaLink.objects.all()}
    assert found == {
        ("GM0005", "GM1966"): (1.0, "whole"),
        ("GM0053", "GM1966"): (0.783, "land"),
        ("GM0053", "GM1969"): (0.217, "land"),
    }


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(2018, 2019, "GM0005", "GM1966", 1.2)], "ligt niet tussen"),
        ([(2018, 2019, "Bedum", "GM1966", 1.0)], "geen gebiedscode"),
        ([(2018, 2019, "GM0005", "GM1966", 0.5)] * 2, "meer dan één keer"),
    ],
)
def test_a_wrong_list_of_mergers_changes_nothing(
    rows: list[tuple[int, int, str, str, float]], words: str, tmp_path: Path
) -> None:
    with pytest.raises(NotValid, match=words):
        _import(links_of(tmp_path, rows))
    assert not AreaLink.objects.exists()


def test_a_table_gives_the_mark_of_change_and_the_list_beside_it_the_names(tmp_path: Path) -> None:
    a_list_of_areas(tmp_path, BRONCKHORST, name="kwb_2020_WijkenEnBuurten.csv")
    marks = {"GM1876": ".", "WK187600": "3", "BU18760000": "1", "BU18760002": "2"}
    rows = [{"WijkenEnBuurten": code, "IndelingswijzigingWijkenEnBuurten_4": mark} for code, mark in marks.items()]
    path = a_register(tmp_path, rows, name="kwb_2020_TypedDataSet.csv")
    public.register_from_table(path, 2020)
    found = dict(Area.objects.filter(year=2020).values_list("code", "change_mark"))
    assert found == {"GM1876": "", "WK187600": "3", "BU18760000": "1", "BU18760002": "2"}
    assert queries.area("BU18760002", 2020).name == "Veldhoek"
    assert public.register_from_table(path, 2020) == 0


def test_a_file_that_does_not_name_its_year_asks_for_it(tmp_path: Path) -> None:
    assert _import(a_border_file(tmp_path)).years == (2024,)
    with pytest.raises(NotValid, match="Geef --year"):
        _import(a_list_of_areas(tmp_path, BRONCKHORST))


def test_borders_in_geojson_carry_their_own_crs_and_what_lies_abroad_is_left_out(tmp_path: Path) -> None:
    square = [[[200_000, 440_000], [201_000, 440_000], [201_000, 441_000], [200_000, 441_000], [200_000, 440_000]]]
    named = {"GM1876": "Bronckhorst", "GM0998": "Buitenland"}
    features = [
        {
            "type": "Feature",
            "properties": {"statcode": code, "statnaam": name, "jrstatcode": f"2018{code}"},
            "geometry": {"type": "Polygon", "coordinates": square},
        }
        for code, name in named.items()
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    path = tmp_path / "gemeente_2018.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    done = _import(path)
    assert (done.years, done.counts, done.left_out) == ((2018,), {Level.MUNICIPALITY: 1}, ("GM0998: ligt niet in Nederland",))
    assert queries.borders_of(["GM1876"], Level.MUNICIPALITY, 2018)["GM1876"].area == 1_000_000


def test_a_list_without_any_column_we_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="geen lijst van gebieden"):
        _import(a_register(tmp_path, [{"kleur": "rood"}], name="iets.csv"), 2020)


REAL = {
    "geo/gemeente_2018_rd.geojson": (None, {Level.MUNICIPALITY: 380}, 380),
    "geo/gemeente_2019_rd.geojson": (None, {Level.MUNICIPALITY: 355}, 355),
    "geo/gemeenten_2020_wijkbuurtkaart_vereenvoudigd_rd.gpkg": (None, {Level.MUNICIPALITY: 355}, 355),
    "geo/gemeente_gegeneraliseerd_2025_rd.gpkg": (None, {Level.MUNICIPALITY: 342}, 342),
    "geo/wijkenbuurten_2024_reconstructie_PV25_gelderland.gpkg": (
        None,
        {Level.MUNICIPALITY: 51, Level.DISTRICT: 339, Level.NEIGHBOURHOOD: 1814},
        2204,
    ),
    "geo/wijkenbuurten_2024_reconstructie_overig.gpkg": (
        None,
        {Level.MUNICIPALITY: 235, Level.DISTRICT: 2444, Level.NEIGHBOURHOOD: 10688},
        13367,
    ),
    "pdok_origineel/CBS_buurten_2021_ermelo.gpkg": (2021, {Level.NEIGHBOURHOOD: 16}, 16),
    "pdok_origineel/wijken_2024_ede.geojson": (2024, {Level.DISTRICT: 17}, 17),
    "kwb/kwb_2020_84799NED_WijkenEnBuurten.csv": (
        2020,
        {Level.COUNTRY: 1, Level.MUNICIPALITY: 355, Level.DISTRICT: 3177, Level.NEIGHBOURHOOD: 13808},
        0,
    ),
    "regio/gemeenten_per_provincie_2018_2025.csv": (None, {Level.MUNICIPALITY: 2119}, 0),
}


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def test_every_real_file_comes_in_whole_and_repeating_it_changes_nothing(name: str, data: Path) -> None:
    year, counts, borders = REAL[name]
    done = _import(data / name, year)
    assert (done.counts, done.borders, done.already_there) == (counts, borders, False)
    before = Area.objects.count(), BorderSet.objects.count(), AreaImport.objects.count()
    assert _import(data / name, year).already_there
    assert (Area.objects.count(), BorderSet.objects.count(), AreaImport.objects.count()) == before


@pytest.mark.data
def test_the_real_traps_water_is_left_out_and_said_degrees_become_rd_and_names_keep_their_accents(data: Path) -> None:
    assert _import(data / "pdok_origineel/CBS_buurten_2021_ermelo.gpkg", 2021).left_out == ("BU02339997: is water",)
    _import(data / "pdok_origineel/wijken_2024_ede.geojson", 2024)
    assert queries.area("WK022801", 2024).change_mark == "1"
    west, south, _east, _north = queries.borders_of(["WK022801"], Level.DISTRICT, 2024)["WK022801"].bounds
    assert 170_000 < west < 180_000
    assert 440_000 < south < 460_000
    _import(data / "geo/gemeente_gegeneraliseerd_2025_rd.gpkg")
    assert queries.area("GM1900", 2025).name == "Súdwest-Fryslân"
    assert [area.code for area in queries.areas_named("hertogenbosch", 2025)] == ["GM0796"]
    assert not Area.objects.filter(code__in=["GM0998", "NL01"]).exists()


@pytest.mark.data
def test_gelderland_has_its_municipalities_in_each_year_of_the_register(data: Path) -> None:
    _import(data / "regio/gemeenten_per_provincie_2018_2025.csv")
    counts = {year: len(queries.codes_of(Level.MUNICIPALITY, year, province="PV25")) for year in queries.years()}
    assert counts == {2018: 53, 2019: 51, 2020: 51, 2022: 51, 2024: 51, 2025: 51}
