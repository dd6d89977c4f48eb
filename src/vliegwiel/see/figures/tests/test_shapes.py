"""Deliveries in every shape in which sources give them."""

from pathlib import Path

import pytest

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.recognise import Told
from vliegwiel.see.figures.tests.given import HEALTH, a_delivery, a_health_row, a_map, a_table, published

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
SES = "SES-WOA/Totaalscore/Gemiddelde score (Getal)"
REGION = "Regiocode (gemeente, wijk, buurt) (code)"


def value(key: str, year: int, code: str, period: str = "") -> float | None:
    return queries.figure(key, year, code, period).estimate.value


def missing(key: str, year: int, code: str, period: str = "") -> Missing | None:
    return queries.figure(key, year, code, period).estimate.missing


def test_a_long_table_gives_a_figure_per_period_on_the_areas_of_one_year(tmp_path: Path) -> None:
    rows = [["GM1876", "Gemeente", "GM1876", "PV25", "2023", "610"], ["GM1876", "Gemeente", "GM1876", "PV25", "2024", "580"],
            ["BU18760000", "Buurt", "GM1876", "PV25", "2024", "12"]]  # fmt: skip
    header = ["WijkenEnBuurten", "SoortRegio", "Gemeentecode", "Provinciecode", "jaar", "misdrijven_totaal"]
    done = import_release(actor=CLI, path=a_table(tmp_path, "misdrijven_47022NED.csv", header, rows))
    assert done.release.area_year == 2024
    assert queries.periods("misdrijven", 2024) == ["2024", "2023"]
    assert value("misdrijven", 2024, "GM1876") == 580
    assert value("misdrijven", 2024, "GM1876", "2023") == 610
    assert missing("misdrijven", 2024, "BU18760000", "2023") is Missing.NOT_COLLECTED


def test_a_stacked_table_gives_each_indicator_and_its_gaps_are_not_zero(tmp_path: Path) -> None:
    rows = [["01_GZ_20", "GM1876", "Bronckhorst", "2021", "82.1", "82.1"], ["01_GZ_20", "GM0200", "Apeldoorn", "2021", "", "0.0"],
            ["09_E_V_12", "GM1876", "Bronckhorst", "2022", "71.5", "71.5"]]  # fmt: skip
    path = a_table(tmp_path, "monitor.csv", ["indicator", "statcode", "statnaam", "jaar", "waarde", "waarde_bron"], rows)
    import_release(actor=CLI, path=path)
    assert value("levensverwachting", 2024, "GM1876") == 82.1
    assert missing("levensverwachting", 2024, "GM0200") is Missing.NOT_COLLECTED
    assert value("netto-arbeidsparticipatie", 2024, "GM1876", "2022") == 71.5


def test_blank_padded_cells_ages_and_period_codes_of_the_health_table(tmp_path: Path) -> None:
    rows = [
        a_health_row("NL01", "47.0"),
        a_health_row("GM1876", "43.5"),
        a_health_row("BU18760000", "."),
        a_health_row("WK187600", ""),
    ]
    import_release(actor=CLI, path=a_table(tmp_path, "gezondheid_50090NED_18plus.csv", HEALTH, rows))
    older = [a_health_row("GM1876", "48.0", age="80200")]
    import_release(actor=CLI, path=a_table(tmp_path, "gezondheid_50090NED_65plus.csv", HEALTH, older))
    assert value("eenzaam", 2020, "NL00") == 47.0
    assert value("eenzaam", 2020, "GM1876") == 43.5
    assert value("eenzaam-65-plus", 2020, "GM1876") == 48.0
    assert missing("eenzaam", 2020, "BU18760000") is Missing.UNKNOWN
    assert missing("eenzaam", 2020, "WK187600") is Missing.UNKNOWN


def test_a_margin_travels_with_its_value_wherever_its_row_stands(tmp_path: Path) -> None:
    rows = [a_health_row("GM1876", "41.0", bound="MOG0095"), a_health_row("BU18760000", "30.1", bound="MOG0095"),
            a_health_row("BU18760000", "36.0"), a_health_row("GM1876", "43.5"),
            a_health_row("GM1876", "46.2", bound="MBG0095"), a_health_row("BU18760000", "41.9", bound="MBG0095")]  # fmt: skip
    import_release(actor=CLI, path=a_table(tmp_path, "gezondheid_50090NED.csv", HEALTH, rows))
    estimate = queries.figure("eenzaam", 2020, "GM1876").estimate
    assert (estimate.value, estimate.lower, estimate.upper, estimate.confidence) == (43.5, 41.0, 46.2, 0.95)
    assert queries.figure("eenzaam", 2020, "BU18760000").estimate.lower == 30.1


def test_a_value_outside_its_own_margin_is_refused(tmp_path: Path) -> None:
    rows = [
        a_health_row("GM1876", "43.5"),
        a_health_row("GM1876", "44.0", bound="MOG0095"),
        a_health_row("GM1876", "46.2", bound="MBG0095"),
    ]
    with pytest.raises(NotValid, match="niet kloppen") as refusal:
        import_release(actor=CLI, path=a_table(tmp_path, "gezondheid_50090NED.csv", HEALTH, rows))
    assert "buiten zijn marge" in refusal.value.details[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (a_health_row("GM1876", "43.5", age="53105"), "de groep '53105'"),
        (a_health_row("GM1876", "43.5", bound="XX00000"), "'XX00000' in de kolom Marges"),
        (a_health_row("GM1876", "43.5", period="najaar"), "geen periode"),
        (a_health_row("GM1876", "41.0", bound="MOG0095"), "hebben geen waarde erbij"),
    ],
)
def test_what_a_row_is_about_is_never_guessed(row: list[str], words: str, tmp_path: Path) -> None:
    with pytest.raises(NotValid, match=words):
        import_release(actor=CLI, path=a_table(tmp_path, "gezondheid_50090NED.csv", HEALTH, [row]))
    assert not Release.objects.exists()


def test_an_export_by_hand_with_symbols_is_read(tmp_path: Path) -> None:
    rows = [["2019", "Bronckhorst", "GM1876    ", "   0.120"], ["2019", "Hengelo", "BU18760000", "       ."]]
    path = a_table(tmp_path, "SES_WOA_85163NED.csv", ["Perioden", "Wijken en buurten", REGION, SES], rows, export=True)
    import_release(actor=CLI, path=path)
    assert value("ses-woa", 2019, "GM1876") == 0.12
    assert missing("ses-woa", 2019, "BU18760000") is Missing.UNKNOWN


def test_names_are_used_only_when_they_point_at_one_area(tmp_path: Path) -> None:
    for code, name in [("BU03630400", "Jordaan"), ("BU18760000", "Centrum"), ("BU02000000", "Centrum")]:
        Area.objects.create(code=code, year=2021, level="buurt", name=name, search_name=name.lower())
    header = ["Wijken en buurten", "Vrije tijd en cultuur/Afstand tot bibliotheek (km)"]
    rows = [["Nederland", "     2.0"], ["Jordaan", "     1.0"], ["Centrum", "     0.4"], ["Nergenshuizen", "     9.9"]]
    done = import_release(actor=CLI, path=a_table(tmp_path, "Nabijheid_85231NED_2021.csv", header, rows, export=True))
    assert value("afstand-bibliotheek", 2021, "BU03630400") == 1.0
    assert value("afstand-bibliotheek", 2021, "NL00") == 2.0
    assert value("afstand-bibliotheek", 2021, "BU18760000") is None
    assert [line.split(":")[0] for line in done.left_out] == ["Centrum", "Nergenshuizen"]
    assert "2 gebieden" in done.left_out[0]


def test_names_that_point_nowhere_load_nothing(tmp_path: Path) -> None:
    header = ["Wijken en buurten", "Vrije tijd en cultuur/Afstand tot bibliotheek (km)"]
    with pytest.raises(NotValid, match="alleen namen en geen gebiedscodes"):
        import_release(actor=CLI, path=a_table(tmp_path, "Nabijheid_85231NED.csv", header, [["Jordaan", "1.0"]], export=True))


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("buurten.gpkg", ("aantal_inwoners", "percentage_personen_65_jaar_en_ouder", "jaarstatcode")),
        ("buurten.geojson", ("aantalInwoners", "percentagePersonen65JaarEnOuder", "jrstatcode")),
    ],
)
def test_both_spellings_of_the_map_service_say_the_same(file: str, names: tuple[str, str, str], tmp_path: Path) -> None:
    people, share, stated = names
    columns: dict[str, list[object]] = {
        "buurtcode": ["BU18760000", "BU18769999", "BU09989999"],
        "buurtnaam": ["Hengelo", "Water", ""],
        "wijkcode": ["WK187600", "WK187699", "WK099899"],
        "gemeentecode": ["GM1876", "GM1876", "GM0998"],
        "gemeentenaam": ["Bronckhorst", "Bronckhorst", "Buitenland"],
        "water": ["NEE", "JA", "NEE"],
        people: [4370, -99999999, -99995],
        share: [31, -99995, -99997],
        stated: ["2021BU18760000", "2021BU18769999", "2021BU09989999"],
    }
    path = a_map(tmp_path, file, columns, driver="GPKG" if file.endswith("gpkg") else "GeoJSON")
    done = import_release(actor=CLI, path=path)
    assert done.release.area_year == 2021
    assert value("inwoners", 2021, "BU18760000") == 4370
    assert value("aandeel-65-plus", 2021, "BU18760000") == 31
    assert missing("inwoners", 2021, "BU18769999") is Missing.UNKNOWN
    assert value("inwoners", 2021, "GM1876") is None
    assert done.left_out == ("BU09989999: geen Nederlands gebied",)


def test_a_map_of_another_year_than_someone_says_is_refused(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {
        "gemeentecode": ["GM1876"],
        "gemeentenaam": ["Bronckhorst"],
        "aantalInwoners": [36119],
        "jaar": [2024],
    }
    with pytest.raises(NotValid, match="hoort bij 2024, niet bij 2023"):
        import_release(actor=CLI, path=a_map(tmp_path, "gemeenten.gpkg", columns), told=published("2024-10-01", 2023))


NO_FIGURES = {
    "schools are no areas": (["Type data", "tSchool", "Leefbaarheidsscore"], ["School", "01", "4,189"], "de rijen zijn scholen"),
    "a list of areas": (["Key", "Title", "Description"], ["GM1876", "Bronckhorst", ""], "een lijst van gebieden"),
    "a code book": (["indicator", "titel_en", "eenheid_en"], ["01_GZ_20", "Life expectancy", "Years"], "de uitleg bij een tabel"),
    "something else": (["naam", "straat"], ["Piet", "Dorpsstraat"], "deze tabel kennen we niet"),
}


@pytest.mark.parametrize("name", NO_FIGURES)
def test_a_file_without_figures_of_areas_says_what_it_is(name: str, tmp_path: Path) -> None:
    header, row, words = NO_FIGURES[name]
    with pytest.raises(NotValid, match=words):
        import_release(actor=CLI, path=a_table(tmp_path, "bestand.csv", header, [row]))
    assert not Release.objects.exists()


def test_a_table_that_the_catalogue_does_not_list_needs_its_year_and_date(tmp_path: Path) -> None:
    path = a_delivery(
        tmp_path,
        name="kwb_2025_86165NED.csv",
        rows=[{"SoortRegio_2": "Buurt", "WijkenEnBuurten": "BU18760000", "AantalInwoners_5": "9"}],
    )
    with pytest.raises(NotValid, match="Geef --year, zoals --year 2025"):
        import_release(actor=CLI, path=path)
    with pytest.raises(NotValid, match="Geef --published"):
        import_release(actor=CLI, path=path, told=Told(year=2025))
    import_release(actor=CLI, path=path, told=published("2025-08-01", 2025))
    assert value("inwoners", 2025, "BU18760000") == 9
