"""A facility is found: in the search, by programs, on a map of someone else and in the catalogue, and everywhere the same."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.search.models import Document
from vliegwiel.foundation.search.public import refresh_index
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.areas.shapes import RD
from vliegwiel.see.facilities.actions.edit_facility import close_facility, edit_facility, open_facility
from vliegwiel.see.facilities.public import close_place, enter_place, places_to_tie, tell_of_place, tie_place
from vliegwiel.see.facilities.tests.given import (
    HALLS,
    PROVINCE,
    SCHOOLS,
    SOURCE,
    SYSTEM,
    areas_and_people,
    facilities_from,
    named,
    someone,
)

pytestmark = pytest.mark.django_db
CRS84_BOX, RD_BOX = "6.0,51.9,6.4,52.2", "202000,440000,204000,443000"


@pytest.fixture(autouse=True)
def the_register(own_home: Path, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    areas_and_people(own_home)
    facilities_from(own_home, [*SCHOOLS, *HALLS[:2]], made_up=True)


def _found() -> set[str]:
    return set(Document.objects.filter(kind="facility").values_list("title", flat=True))


def test_what_stands_open_is_found_at_once_and_what_closed_is_not() -> None:
    school = named("Basisschool West")
    assert len(_found()) == 5 and "kindcentrum" in Document.objects.get(key=school.public_id).text
    edit_facility(actor=SYSTEM, facility=school.public_id, version=1, cells={"naam": "School De Wolk"}, source="Gebeld")
    assert "School De Wolk" in _found() and "Basisschool West" not in _found()
    close_facility(actor=SYSTEM, facility=school.public_id, version=2, closed_on=clock.today())
    assert "School De Wolk" not in _found()
    assert refresh_index(actor=Actor.system("job"), province=PROVINCE) >= 0 and len(_found()) == 4


def test_a_place_that_another_room_keeps_has_one_record_and_is_found_there() -> None:
    about: dict[str, Any] = {"actor": SYSTEM, "province": PROVINCE}
    hall = named("Zaal 0")
    assert [item.name for item in places_to_tie(PROVINCE, (hall.x, hall.y))] == ["Zaal 0", "Zaal 1"]
    tied = tie_place(**about, facility=hall.public_id, more_at="/ontmoetingsplekken/abc")
    assert "Zaal 0" not in _found() and [item.name for item in places_to_tie(PROVINCE, (hall.x, hall.y))] == ["Zaal 1"]
    with pytest.raises(NotNow):
        tie_place(**about, facility=hall.public_id, more_at="/ontmoetingsplekken/xyz")
    with pytest.raises(NotFound):
        tie_place(**about, facility=named("Basisschool West").public_id, more_at="/ontmoetingsplekken/xyz")
    values = {"name": "De Fabelhof", "opening": "elke dag", "access_details": ["no-step", "toilet"], "capacity": 80}
    told = tell_of_place(actor=SYSTEM, facility=tied.pk, version=tied.version, values=values, source="bestuur")
    assert (told.opening, told.accessible, told.told_by("opening")) == ("elke dag", "ja", ("bestuur", clock.today()))
    with pytest.raises(NotNow):
        tell_of_place(actor=SYSTEM, facility=tied.pk, version=tied.version, values={"opening": "nooit"}, source="bestuur")
    with pytest.raises(NotValid):
        tell_of_place(actor=SYSTEM, facility=tied.pk, version=told.version, values={"rooms": "x" * 301}, source="bestuur")
    with pytest.raises(NotValid):
        enter_place(**about, name="Op zee", point=(100_000, 441_500), more_at="/ontmoetingsplekken/zee", source="bestuur")
    close_place(actor=SYSTEM, facility=told.pk)
    told.refresh_from_db()
    assert (told.closed_on, told.more_at) == (clock.today(), "")
    open_facility(actor=SYSTEM, facility=told.public_id, version=told.version)
    assert "De Fabelhof" in _found() and told.public_id in [item.public_id for item in places_to_tie(PROVINCE, (hall.x, hall.y))]


def test_a_list_changes_neither_name_nor_place_of_what_has_its_own_page(own_home: Path) -> None:
    hall = named("Zaal 0")
    tie_place(actor=SYSTEM, province=PROVINCE, facility=hall.public_id, more_at="/ontmoetingsplekken/abc")
    facilities_from(own_home, [{**HALLS[0], "naam": "Anders", "x": "204000", "kosten": "gratis", "toegang": "ringleiding"}])
    hall.refresh_from_db()
    assert (hall.name, hall.x, hall.cost, hall.access_details) == ("Zaal 0", 200_300, "gratis", ["hearing-loop"])


def test_a_program_reads_what_the_page_shows_in_every_form() -> None:
    client, school = Client(), named("Basisschool West")
    found = client.get("/api/v1/voorzieningen?soort=basisschool&paginaGrootte=2").json()
    assert (found["totaal"], [item["naam"] for item in found["resultaten"]]) == (3, ["Basisschool Midden", "Basisschool Oost"])
    assert "volgende" in found["links"] and all(item["letOp"] == "VERZONNEN VOORBEELD" for item in found["resultaten"])
    one = client.get(f"/api/v1/voorzieningen/{school.public_id}").json()
    assert (one["open"], one["capaciteit"], one["kosten"], one["toegang"]) == ("ma t/m vr", 120, "", [])
    assert one["herkomst"]["open"] == {"bron": SOURCE, "op": clock.today().isoformat()} and "kosten" not in one["herkomst"]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/voorzieningen?soort=basisschool&formaat=csv").content.decode())))
    assert [row["naam"] for row in rows] == sorted(row["naam"] for row in SCHOOLS) and rows[2]["x"] == str(school.x)
    shapes = client.get("/api/v1/voorzieningen?soort=basisschool", headers={"Accept": "application/geo+json"}).json()
    lon, lat = next(item for item in shapes["features"] if item["id"] == school.public_id)["geometry"]["coordinates"]
    assert 6.0 < lon < 6.4 and 51.9 < lat < 52.2 and shapes["letOp"] == "VERZONNEN VOORBEELD"
    assert [item["naam"] for item in client.get("/api/v1/voorzieningen?plaats=BU18760002").json()["resultaten"]] == [
        "Basisschool Midden", "Basisschool Oost",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/voorzieningen?soort=luchthaven", 400),
        ("/api/v1/voorzieningen?plaats=GM9999", 404),
        ("/api/v1/voorzieningen?onbekend=1", 400),
        ("/api/v1/voorzieningen/bestaatniet1", 404),
        ("/ogc/v1/collections/voorzieningen/items/bestaatniet1", 404),
        ("/ogc/v1/collections/voorzieningen/items?bbox=5,52,4,53", 200),
    ],
)
def test_a_question_that_cannot_be_gets_a_clear_answer(address: str, status: int) -> None:
    assert Client().get(address).status_code == status


def test_facilities_are_a_layer_on_any_map_in_both_systems() -> None:
    client, school = Client(), named("Basisschool Midden")
    layer = next(item for item in client.get("/ogc/v1/collections").json()["collections"] if item["id"] == "voorzieningen")
    assert "VERZONNEN VOORBEELD" in layer["title"] and layer["extent"]["spatial"]["bbox"]
    items = "/ogc/v1/collections/voorzieningen/items"
    assert client.get(items).json()["numberMatched"] == 5
    there = client.get(f"{items}?bbox={RD_BOX}&bbox-crs={RD.uri}&crs={RD.uri}").json()
    assert [one["properties"]["naam"] for one in there["features"]] == ["Basisschool Midden"]
    assert there["features"][0]["geometry"]["coordinates"] == [school.x, school.y]
    assert client.get(f"{items}?bbox={CRS84_BOX}&limit=2").json()["numberReturned"] == 2
    one = client.get(f"{items}/{school.public_id}").json()
    assert one["properties"]["kosten"] == "gratis" and one["properties"]["let_op"] == "VERZONNEN VOORBEELD"
    close_facility(actor=someone("programma"), facility=school.public_id, version=1, closed_on=clock.today())
    assert client.get(items).json()["numberMatched"] == 4


def test_the_catalogue_names_the_list_with_its_forms() -> None:
    text = Client().get("/data/catalogus?formaat=turtle").content.decode()
    assert "voorzieningen?formaat=csv" in text and "/ogc/v1/collections/voorzieningen/items" in text
    page = Client().get("/data").content.decode()
    assert "Voorzieningen, initiatieven en geld" in page and "/ogc/v1/collections/voorzieningen/items" in page
