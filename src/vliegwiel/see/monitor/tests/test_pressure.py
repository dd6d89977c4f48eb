"""Where pressure stacks up is told by theme and by name, with how sure it is; never as a score."""

import csv
import io
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from vliegwiel.catalogue import indices
from vliegwiel.engines.indices import Stack, rerun
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.monitor import likeness, pressure
from vliegwiel.see.monitor.pages.area.beside import beside_of
from vliegwiel.see.monitor.pressure_memory import public_points, remembered
from vliegwiel.see.monitor.tests.given import NAMES, a_province

pytestmark = pytest.mark.django_db
WORST, BEST, EMPTY = "BU18760009", "BU18760000", "BU18760099"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test has a database that starts counting again, so what was remembered by that count must go."""
    for value in vars(areas).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


@pytest.fixture
def province(tmp_path: Path) -> Path:
    a_province(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("province")
def test_the_place_with_most_pressure_on_every_known_theme_is_told_so_in_words() -> None:
    told = pressure.picture_of(2024, "PV25").of(WORST)
    assert told is not None
    assert str(told.stack) == "3 van 3 bekende thema’s"
    assert told.kind == "Druk op veel thema’s"
    assert (told.low, told.high, told.chance_words) == (1, 1, "bijna zeker wel")
    assert {state.theme.key for state in told.under} == {"werk-inkomen", "wonen", "voorzieningen"}


@pytest.mark.usefixtures("province")
def test_a_theme_that_rests_on_one_figure_without_margin_does_not_claim_to_be_sure() -> None:
    told = pressure.picture_of(2024, "PV25").of(WORST)
    assert told is not None
    words = {state.theme.key: state.words for state in told.themes}
    assert words["wonen"] == "onder druk (één cijfer, marge onbekend)"
    assert words["voorzieningen"] == "bijna zeker wel onder druk"
    assert words["samenleven"] == "niet bekend"
    assert told.kind_words == "marge onbekend"


@pytest.mark.usefixtures("province")
def test_under_two_hundred_inhabitants_there_is_a_reason_and_no_index() -> None:
    told = pressure.picture_of(2024, "PV25").of(EMPTY)
    assert told is not None
    assert told.stack is None
    assert told.reason == "Hier wonen te weinig mensen."
    assert told.chance is None


@pytest.mark.usefixtures("province")
def test_what_is_not_loaded_is_called_not_known() -> None:
    parts = {part.ingredient.key: part for part in pressure.picture_of(2024, "PV25").parts}
    assert parts["eenzaam"].left_out == "niet bekend: er is geen cijfer geladen"
    assert parts["woz-waarde"].left_out == ""
    assert parts["woz-waarde"].known == 11


def test_new_figures_give_a_new_outcome_at_once(tmp_path: Path) -> None:
    a_province(tmp_path)
    before = pressure.picture_of(2024, "PV25").of(WORST)
    a_province(tmp_path, income_step=2.0, published=date(2026, 10, 1))
    after = pressure.picture_of(2024, "PV25").of(WORST)
    assert before is not None
    assert after is not None
    assert (before.stack, after.stack) == (Stack(3, 3, 6), Stack(2, 3, 6))
    assert "Werk en inkomen" not in [state.theme.name for state in after.under]


@pytest.mark.usefixtures("province")
def test_the_page_names_places_by_name_and_shows_no_score(client: Client) -> None:
    text = client.get("/kwetsbaarheid?gemeente=GM1876").content.decode()
    table = text[text.index('<table class="stacks">') :]
    found = [table.index(f">{name}</a>") for name in NAMES]
    assert found == sorted(found)
    assert "score" not in text.casefold()
    assert "Hoe zeker iets is" in text


@pytest.mark.usefixtures("province")
def test_own_weights_stand_in_the_address_and_come_back_in_the_form(client: Client) -> None:
    public = client.get("/kwetsbaarheid/bon.json").json()
    text = client.get("/kwetsbaarheid?gewicht-woz-waarde=9").content.decode()
    assert 'name="gewicht-woz-waarde" value="9"' in text
    assert "eigen gewichten" in text
    own = client.get("/kwetsbaarheid/bon.json?gewicht-woz-waarde=9").json()
    assert own["hash"] != public["hash"]
    assert own["parameters"]["weights"] != public["parameters"]["weights"]


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize("value", ["-1", "11", "veel", "2.5", "٣٣٣", "9" * 5000])
def test_a_weight_that_cannot_be_is_refused_in_plain_words(client: Client, value: str) -> None:
    answer = client.get("/kwetsbaarheid", {"gewicht-woz-waarde": value})
    assert answer.status_code == 400
    assert "Kies een heel getal van 0 tot en met 10" in answer.content.decode()


def test_without_any_weight_there_is_nothing_to_reckon() -> None:
    with pytest.raises(NotValid, match="ten minste één"):
        pressure.points_in({f"gewicht-{key}": "0" for key in indices.vulnerability().points})


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize(
    "query", ["gemeente=GM0001", "gemeente=BU18760000", "gemeente=%00", "jaar=1850", "jaar=x", "kaart=geluk"]
)
def test_what_does_not_exist_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"/kwetsbaarheid?{query}").status_code == 404


@pytest.mark.usefixtures("province")
def test_the_download_says_what_the_page_says_with_the_hash_of_its_receipt(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/kwetsbaarheid.csv").content.decode())))
    receipt = client.get("/kwetsbaarheid/bon.json").json()
    worst = next(row for row in rows if row["gebiedscode"] == WORST)
    assert (worst["themas_onder_druk"], worst["themas_bekend"], worst["themas_totaal"]) == ("3", "3", "6")
    assert {row["bon"] for row in rows} == {receipt["hash"]}
    assert next(row for row in rows if row["gebiedscode"] == EMPTY)["reden"] == "Hier wonen te weinig mensen."
    assert not {"score", "rang", "plaats"} & set(rows[0])
    assert all(row["let_op"] == "" for row in rows)


@pytest.mark.usefixtures("province")
def test_the_receipt_of_the_page_can_be_run_again(client: Client) -> None:
    receipt = client.get("/kwetsbaarheid/bon.json").json()
    picture = pressure.picture_of(2024, "PV25")
    codes = tuple(picture.row_of)
    nowhere = np.full(len(codes), np.nan)
    loaded = figures.loaded_indicators()
    columns = [figures.view(item, 2024, codes).values if item in loaded else nowhere for item in picture.result.names]
    again = rerun(picture.receipt, np.column_stack(columns), population=figures.view("inwoners", 2024, codes).values)
    assert again.digest == receipt["result_hash"]


def test_made_up_data_say_so_on_page_file_and_receipt(tmp_path: Path, client: Client) -> None:
    a_province(tmp_path, made_up=True)
    assert "VERZONNEN VOORBEELD" in client.get("/kwetsbaarheid").content.decode()
    assert "VERZONNEN VOORBEELD" in client.get("/methoden/kwetsbaarheid").content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get("/kwetsbaarheid.csv").content.decode())))
    assert {row["let_op"] for row in rows} == {"VERZONNEN VOORBEELD"}
    assert client.get("/kwetsbaarheid/bon.json").json()["letOp"] == "VERZONNEN VOORBEELD"


@pytest.mark.usefixtures("province")
def test_alike_areas_are_near_in_size_and_never_too_small() -> None:
    area = areas.area("BU18760003", 2024)
    assert area is not None
    found = likeness.alike_to(area)
    assert {item.area.code for item in found[:2]} == {"BU18760002", "BU18760004"}
    assert EMPTY not in likeness.group_of(area)
    assert likeness.group_of(area)[0] == area.code


@pytest.mark.usefixtures("province")
def test_the_strips_can_compare_with_areas_that_look_alike(client: Client) -> None:
    text = client.get(f"/gebieden/{BEST}?vergelijk=lijkt-op").content.decode()
    assert "Vergeleken met de 9 buurten die er het meest op lijken" in text
    assert "Vergeleken met de 11 buurten van Gelderland" in client.get(f"/gebieden/{BEST}").content.decode()


@pytest.mark.usefixtures("province")
def test_another_comparison_than_these_two_is_not_found() -> None:
    area, small = areas.area(BEST, 2024), areas.area(EMPTY, 2024)
    assert area is not None
    assert small is not None
    with pytest.raises(NotFound):
        beside_of(area, "mooiste")
    with pytest.raises(NotFound, match="te weinig bekend"):
        beside_of(small, "lijkt-op")
    assert beside_of(small, "").alike == ()


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize("code", ["PV25", "GM1876", "WK187600"])
def test_a_larger_area_tells_in_how_many_neighbourhoods_it_stacks_up(client: Client, code: str) -> None:
    text = client.get(f"/gebieden/{code}").content.decode()
    assert "Van 10 van de 11 buurten weten we genoeg. In 2 daarvan staan twee of meer" in text


def test_without_areas_the_page_says_so(client: Client) -> None:
    assert client.get("/kwetsbaarheid").status_code == 404
    assert client.get("/methoden/kwetsbaarheid").status_code == 200


def test_weights_of_visitors_never_push_the_public_outcome_out_of_memory() -> None:
    asked: list[object] = []

    @remembered(public=1, own=1)
    def build(name: str, points: object) -> str:
        asked.append(points)
        return name

    for points in (public_points(), "mine", "yours", public_points(), "mine"):
        assert build("index", points) == "index"
    assert asked == [public_points(), "mine", "yours", "mine"]


@pytest.mark.data
def test_in_gelderland_the_theme_of_homes_names_the_fifth_with_the_lowest_house_value_of_the_file(data: Path) -> None:
    path = data / "kwb" / "kwb_2024_85984NED_selectie.csv"
    import_release(actor=Actor.system("cli"), path=path)
    with path.open(encoding="utf-8") as file:
        values = {
            row["WijkenEnBuurten"]: float(row["GemiddeldeWOZWaardeVanWoningen_39"])
            for row in csv.DictReader(file)
            if row["Provinciecode"] == "PV25"
            and row["WijkenEnBuurten"].startswith("BU")
            and float(row["AantalInwoners_5"] or 0) >= 200
            and row["GemiddeldeWOZWaardeVanWoningen_39"]
        }
    ordered = sorted(values.values())
    places = {value: ordered.index(value) + (ordered.count(value) + 1) / 2 for value in set(ordered)}
    expected = {code for code, value in values.items() if places[value] <= 0.2 * len(values)}
    picture = pressure.picture_of(2024, "PV25")
    row = picture.result.themes.index("wonen")
    assert {code for code, place in picture.row_of.items() if picture.result.pressure[place, row] == 1} == expected
    assert len(values) == 1380
    assert len(expected) == pytest.approx(276, abs=3)
