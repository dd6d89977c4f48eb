"""Every real file loads, and each cell we look up equals what the file says when read with nothing but the csv module."""

import csv
import random
import time
from pathlib import Path

import pytest

from vliegwiel.catalogue.reader import table_families
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.mapping import stem
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.tests.given import answers, published

pytestmark = [pytest.mark.django_db, pytest.mark.data]
CLI = Actor.system("cli")
CHANCE = random.Random(20261121)


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def some(rows: list[dict[str, str]], count: int = 40) -> list[dict[str, str]]:
    return CHANCE.sample(rows, min(count, len(rows)))


def known(key: str, year: int, code: str, period: str) -> float | None:
    return queries.figure(key, year, code.strip().replace("NL01", "NL00"), period).estimate.value


def number(cell: str) -> float | None:
    return None if cell.strip() in ("", ".") else float(cell)


def test_the_key_figures_of_2020_whole(data: Path) -> None:
    path = data / "kwb" / "kwb_2020_84799NED_TypedDataSet.csv"
    started = time.process_time()
    done = import_release(actor=CLI, path=path)
    took = time.process_time() - started
    assert (done.release.area_count, done.unknown_areas) == (17341, ())
    family, rows = table_families()["kwb"], rows_of(path)
    exact = family.tables["84799NED"].columns
    pairs = [(name, exact.get(name) or family.columns.get(stem(name), "")) for name in rows[0]]
    pairs = [(name, key) for name, key in pairs if key]
    assert len(pairs) == 110
    for row in some(rows):
        for name, key in pairs:
            assert known(key, 2020, row["WijkenEnBuurten"], "2020") == number(row[name]), (row["WijkenEnBuurten"], name)
    assert queries.figure("woz-waarde", 2020, "GM0200").estimate.missing is Missing.NOT_YET
    assert took < 10
    started = time.process_time()
    assert import_release(actor=CLI, path=path).already_there
    assert time.process_time() - started < 1


def test_the_delivery_of_next_year_without_a_programmer(data: Path, tmp_path: Path) -> None:
    source = data / "kwb" / "kwb_2020_84799NED_TypedDataSet.csv"
    with source.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    renamed = {
        "AantalInwoners_5": "AantalInwoners_6",
        "Bevolkingsdichtheid_33": "Bevolkingsdichtheid_35",
        "Huurwoning_53": "Huurwoning_54",
    }
    dropped = header.index("Mannen_6")
    header = [renamed.get(name, name) for name in header]
    path = tmp_path / "kwb_2020_84799NED_nieuw.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*header[:dropped], *header[dropped + 1 :], "AfstandTotDichtstbijzijndeBos_121"])
        writer.writerows([*line[:dropped], *line[dropped + 1 :], "1.5"] for line in lines)
    with pytest.raises(NotValid, match="2 kolommen die we niet kennen") as refusal:
        import_release(actor=CLI, path=path)
    assert refusal.value.details == ("Huurwoning_54", "AfstandTotDichtstbijzijndeBos_121")
    assert not Release.objects.exists()
    given = answers(Huurwoning_54="stroomverbruik-huurwoning", AfstandTotDichtstbijzijndeBos_121="afstand-bos")
    import_release(actor=CLI, path=path, answers=given)
    assert queries.figure("inwoners", 2020, "NL00").estimate.value == 17407585
    assert queries.figure("afstand-bos", 2020, "GM0200").estimate.value == 1.5
    assert not queries.periods("mannen", 2020)


def test_health_by_age_and_year_on_the_areas_of_2020(data: Path) -> None:
    for name, ages, period in [
        ("2020_18plus", "20300", "2020"),
        ("2020_65plus", "80200", "2020"),
        ("2016_18plus", "20300", "2016"),
    ]:
        path = data / "gezondheid" / f"gezondheid_50090NED_{name}_UntypedDataSet.csv"
        assert import_release(actor=CLI, path=path).release.area_count == 17341
        columns = table_families()["gezondheid"].columns
        rows = rows_of(path)
        pairs = [(column, columns[f"{stem(column)}|{ages}"]) for column in rows[0] if f"{stem(column)}|{ages}" in columns]
        assert len(pairs) == 35
        for row in some(rows):
            for column, key in pairs:
                assert known(key, 2020, row["WijkenEnBuurten"], period) == number(row[column]), (row["WijkenEnBuurten"], column)
    assert queries.periods("eenzaam", 2020) == ["2020", "2016"]


@pytest.mark.parametrize(
    ("file", "column", "key", "count"),
    [
        ("criminaliteit/misdrijven_47022NED_jaartotalen_2021_2025.csv", "misdrijven_totaal", "misdrijven", 12716),
        ("gezondheid/ervaren_gezondheid_50150NED_2012_2024.csv", "ErvarenGezondheidGoedZeerGoed", "goede-gezondheid", 10475),
    ],
)
def test_years_in_rows_on_the_areas_of_2024(file: str, column: str, key: str, count: int, data: Path) -> None:
    done = import_release(actor=CLI, path=data / file)
    rows = rows_of(data / file)
    assert done.release.area_count == len({row["WijkenEnBuurten"] for row in rows}) == count
    assert sum(column.known for column in done.release.columns.all()) == sum(number(row[column]) is not None for row in rows)
    for row in some(rows, 400):
        assert known(key, 2024, row["WijkenEnBuurten"], row["jaar"]) == number(row[column])


def test_the_monitor_of_well_being_keeps_its_gaps(data: Path) -> None:
    path = data / "brede_welvaart" / "rmbw_gemeente_2013_2022.csv"
    done = import_release(actor=CLI, path=path)
    assert (done.release.area_count, done.release.area_year) == (342, 2024)
    columns = table_families()["brede-welvaart"].columns
    rows = [row for row in rows_of(path) if row["indicator"] in columns]
    assert sum(column.known for column in done.release.columns.all()) == sum(row["waarde"] != "" for row in rows)
    for row in some(rows, 400):
        assert known(columns[row["indicator"]], 2024, row["statcode"], row["jaar"]) == number(row["waarde"])
    gap = next(row for row in rows if row["waarde"] == "")
    figure = queries.figure(columns[gap["indicator"]], 2024, gap["statcode"], gap["jaar"])
    assert figure.estimate.missing is Missing.NOT_COLLECTED


def test_proximity_without_the_columns_of_who_passed_it_on(data: Path) -> None:
    path = data / "nabijheid" / "gemeenten_2020_wijkbuurtkaart_kerncijfers_nabijheid.csv"
    done = import_release(actor=CLI, path=path)
    assert {"inkomengroep", "perc_opleiding", "opleidingsgroep"} <= set(done.ignored)
    columns = table_families()["nabijheid"].columns
    for row in some(rows_of(path)):
        for column, key in columns.items():
            assert known(key, 2020, row["GM_CODE"], "2020") == number(row[column]), (row["GM_CODE"], column)


def test_both_samples_of_the_map_service(data: Path) -> None:
    snake = import_release(actor=CLI, path=data / "pdok_origineel" / "CBS_buurten_2021_ermelo.gpkg").release
    camel = import_release(actor=CLI, path=data / "pdok_origineel" / "wijken_2024_ede.geojson").release
    assert [(one.area_year, one.area_count, one.levels) for one in (snake, camel)] == [(2021, 17, "BU"), (2024, 17, "WK")]
    assert known("mannen", 2021, "BU02330000", "2021") == 5215
    assert queries.figure("mannen", 2021, "BU02339997").estimate.missing is Missing.UNKNOWN
    assert known("inwoners", 2024, "WK022801", "2024") == 10210
    assert queries.figure("woz-waarde", 2024, "WK022801").estimate.missing is Missing.NOT_YET


def test_the_sample_of_the_map_service_agrees_with_the_key_figures(data: Path) -> None:
    import_release(actor=CLI, path=data / "kwb" / "kwb_2024_85984NED_selectie.csv")
    before = queries.view("inwoners", 2024, tuple(f"WK0228{place:02d}" for place in range(100))).values
    import_release(actor=CLI, path=data / "pdok_origineel" / "wijken_2024_ede.geojson", told=published("2026-12-01"))
    after = queries.view("inwoners", 2024, tuple(f"WK0228{place:02d}" for place in range(100))).values
    assert (before[before == before] == after[after == after]).all()
    assert known("inwoners", 2024, "GM1876", "2024") == 36119


def test_exports_by_hand(data: Path) -> None:
    path = data / "statline_export" / "SES_WOA_85163NED_2019_amsterdam_met_statistische_symbolen.csv"
    done = import_release(actor=CLI, path=path)
    assert (done.release.area_count, len(done.unknown_areas)) == (579, 579)
    columns = table_families()["ses-woa"].columns
    for row in some(rows_of(path, ";"), 200):
        for column, key in columns.items():
            assert known(key, 2019, row["Regiocode (gemeente, wijk, buurt) (code)"], "2019") == number(row[column])
    done = import_release(actor=CLI, path=data / "statline_export" / "Nabijheid_85231NED_2021_bibliotheek_uittreksel.csv")
    assert known("afstand-bibliotheek", 2021, "NL00", "2021") == 2.0
    assert len(done.left_out) == 10
    with pytest.raises(NotValid, match="de rijen zijn scholen"):
        import_release(actor=CLI, path=data / "statline_export" / "leefbaarometer_scores_41_locaties.csv")


def test_one_indicator_for_all_neighbourhoods_is_quick(data: Path) -> None:
    import_release(actor=CLI, path=data / "kwb" / "kwb_2020_84799NED_TypedDataSet.csv")
    codes = areas.codes_of(Level.NEIGHBOURHOOD, 2020)
    assert len(codes) == 13808
    queries.view("inwoners", 2020, codes)
    moments = []
    for key in ("inwoners", "aandeel-65-plus", "huishoudens", "bevolkingsdichtheid", "inwoners-0-15"):
        started = time.process_time()
        assert len(queries.view(key, 2020, codes).known()) > 10_000
        moments.append(time.process_time() - started)
    assert sorted(moments)[len(moments) // 2] < 0.03
