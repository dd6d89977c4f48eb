"""Tables of CBS come in whole and mean the same as the file one would download by hand."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from vliegwiel.connect.cbs import fake, wide
from vliegwiel.connect.cbs.odata_v3 import ODataV3
from vliegwiel.connect.cbs.odata_v4 import Measure, Observation, ODataV4, Region
from vliegwiel.connect.loopback import Fault, Site
from vliegwiel.connect.pages import Pages
from vliegwiel.connect.web import Web
from vliegwiel.kernel.errors import NotFound, NotValid

Open = Callable[..., tuple[Site, Pages]]


@pytest.fixture
def cbs(tmp_path: Path) -> Iterator[Open]:
    with ExitStack() as stack:

        def start(*folders: Path, **options: object) -> tuple[Site, Pages]:
            site = stack.enter_context(fake.serve(*folders, **options))
            web = Web("CBS", (site.address,), sleep=lambda _seconds: None)
            stack.callback(web.close)
            return site, Pages(web, tmp_path)

        yield start


def test_codes_lose_their_padding_and_the_word_none_is_no_reason(cbs: Open) -> None:
    site, pages = cbs()
    source = ODataV4(pages, f"{site.address}/odata/v1")
    table = source.table(fake.TABLE)
    codes = [measure.code for measure in source.measures(table)]
    found = {(seen.region, seen.measure): seen for seen in source.observations(table, "GM9900", codes)}
    assert found["BU99000000", "T001036"] == Observation("T001036", "BU99000000", 1190.0, "")
    assert found["BU99000001", "M001642"] == Observation("M001642", "BU99000001", None, "Secret")
    assert {region for region, _measure in found} == {"GM9900", "WK990000", "BU99000000", "BU99000001"}


def test_only_the_measures_and_areas_that_are_asked_come(cbs: Open) -> None:
    site, pages = cbs(page_size=3)
    source = ODataV4(pages, f"{site.address}/odata/v1")
    table = source.table(fake.TABLE)
    found = list(source.observations(table, "GM9901", ["T001036", "80200"]))
    assert len(found) == 8
    assert {seen.measure for seen in found} == {"T001036", "80200"}
    assert next(region.title for region in source.regions(table, "GM9901")) == "Bedachtveen"


def test_links_to_where_v4_lived_before_are_turned_to_where_it_lives_now(cbs: Open) -> None:
    site, pages = cbs(page_size=4, next_host="https://odata4.cbs.nl")
    source = ODataV4(pages, f"{site.address}/odata/v1")
    assert len(source.measures(source.table(fake.TABLE))) == 9
    assert sum("skiptoken" in path for path in site.asked) == 2


def test_a_table_that_is_not_there_is_not_found_and_a_wrong_number_is_not_asked(cbs: Open) -> None:
    site, pages = cbs()
    source = ODataV4(pages, f"{site.address}/odata/v1")
    with pytest.raises(NotFound):
        source.table("12345NED")
    site.asked.clear()
    with pytest.raises(NotValid, match="tabelnummer"):
        source.table("../CBS")
    assert site.asked == []
    with pytest.raises(ValueError, match="municipality"):
        list(source.observations(source.table(fake.TABLE), "GM9900' or true", []))


def test_an_answer_that_is_built_otherwise_is_refused_in_dutch(cbs: Open, tmp_path: Path) -> None:
    for entity, document in (
        ("Properties", {"Name": "zonder titel"}),
        ("MeasureCodes", {"value": [{"Code": "A"}]}),
        ("Observations", {"value": [{"Measure": "A", "WijkenEnBuurten": "GM9900", "Value": "veel"}]}),
    ):
        folder = tmp_path / entity
        folder.mkdir()
        (folder / f"v4_{fake.TABLE}_{entity}.json").write_text(json.dumps(document), encoding="utf-8")
        site, pages = cbs(folder)
        source = ODataV4(pages, f"{site.address}/odata/v1")
        with pytest.raises(NotValid, match=f"anders dan we verwachten: {fake.TABLE} {entity}"):
            table = source.table(fake.TABLE)
            source.measures(table)
            list(source.observations(table, "GM9900", ["A"]))


def test_faults_half_way_a_table_lose_nothing(cbs: Open) -> None:
    site, pages = cbs(page_size=5)
    source = ODataV4(pages, f"{site.address}/odata/v1")
    table = source.table(fake.TABLE)
    codes = [measure.code for measure in source.measures(table)]
    site.faults = [None, Fault.CUT, None, Fault.BROKEN, Fault.MALFORMED, None, Fault.WEB_PAGE, Fault.BUSY]
    assert len(list(source.observations(table, "GM9900", codes))) == 31


def test_a_row_per_area_holds_values_secrets_and_what_is_unknown(tmp_path: Path) -> None:
    measures = [Measure("A", 5, "Aantal inwoners", "aantal", 0), Measure("B", 110, "Afstand tot school", "km", 1)]
    regions = [Region("GM9901", "Bedachtveen"), Region("GM9900", "Nergensdam")]
    seen = [Observation("A", "GM9900", 1205.0, ""), Observation("A", "GM9901", None, "Secret")]
    rows = wide.table_of(regions, measures, seen, "WijkenEnBuurten")
    path = wide.write(tmp_path / "t.csv", rows)
    with path.open(encoding="utf-8") as file:
        first, second = csv.DictReader(file)
    assert (first["WijkenEnBuurten"], first["Naam"], first["AantalInwoners_5"]) == ("GM9900", "Nergensdam", "1205")
    assert second["AantalInwoners_5"] == "-99997"
    assert {first["AfstandTotSchool_110"], second["AfstandTotSchool_110"]} == {""}


def test_the_older_service_gives_the_same_areas_as_rows(cbs: Open) -> None:
    site, pages = cbs(page_size=3)
    source = ODataV3(pages, (f"{site.address}/ergens-anders", f"{site.address}/ODataFeed/odata"))
    table = source.table(fake.TABLE)
    rows = list(source.rows(table, "GM9900"))
    assert [row["WijkenEnBuurten"] for row in rows] == ["GM9900", "WK990000", "BU99000000", "BU99000001"]
    assert (rows[3]["AantalInwoners_5"], rows[3]["AfstandTotHuisartsenpraktijk_110"]) == ("15", ".")
    assert source.names(table)["BU99010001"] == "Proefstede Molenhoek"
    with pytest.raises(NotFound):
        source.table("12345NED")


@pytest.mark.data
def test_keys_are_made_as_statline_makes_them(data: Path) -> None:
    properties = json.loads((data / "odata" / "v3_84799NED_DataProperties.json").read_text(encoding="utf-8"))["value"]
    topics = [(row["Key"], row["Title"]) for row in properties if row["Type"] == "Topic"]
    assert len(topics) == 116
    assert [wide.stem_of(title) for _key, title in topics] == [key.rpartition("_")[0] for key, _title in topics]


@pytest.mark.data
def test_the_recorded_table_of_2017_is_read_as_it_was_served(data: Path, cbs: Open) -> None:
    site, pages = cbs(data / "odata", page_size=1000)
    source = ODataV4(pages, f"{site.address}/odata/v1")
    table = source.table("83765NED")
    assert (table.title, table.area_dimension) == ("Kerncijfers wijken en buurten 2017", "WijkenEnBuurten")
    measures = source.measures(table)
    assert len(measures) == 103
    assert [measure.title for measure in measures if measure.code == "M000224"] == ["Gemiddeld inkomen per inwoner"]
    annen = source.regions(table, "GM1680")
    assert annen[:3] == (Region("GM1680", "Aa en Hunze"), Region("WK168000", "Wijk 00 Annen"), Region("BU16800000", "Annen"))


@pytest.mark.data
def test_the_recorded_answer_of_the_older_service_is_read(data: Path, cbs: Open, tmp_path: Path) -> None:
    site, pages = cbs(data / "odata", page_size=1000)
    (tmp_path / "v3_84799NED_TableInfos.json").write_text(
        json.dumps({"value": [json.loads((data / "odata" / "v3_84799NED_TableInfos_1rij.json").read_text(encoding="utf-8"))]}),
        encoding="utf-8",
    )
    site, pages = cbs(tmp_path, data / "odata", page_size=50)
    table = ODataV3(pages, (f"{site.address}/ODataFeed/odata",)).table("84799NED")
    assert table.title == "Kerncijfers wijken en buurten 2020"
    assert table.keys[:3] == ("WijkenEnBuurten", "Gemeentenaam_1", "SoortRegio_2")
    assert len(table.keys) == 117
