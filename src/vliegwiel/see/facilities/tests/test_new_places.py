"""A new place is found or pointed at, also without script; two choices stand beside each other; a large question is work for later."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from django.test import Client

from vliegwiel.foundation.jobs.worker import run_waiting
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.facilities import ground as grounds
from vliegwiel.see.facilities import located, outcome, queries
from vliegwiel.see.facilities.actions import save_scenario as saving
from vliegwiel.see.facilities.actions.edit_facility import close_facility
from vliegwiel.see.facilities.ground import ground_of
from vliegwiel.see.facilities.models import ClosureScenario, Facility
from vliegwiel.see.facilities.outcome import in_every_way, what_if
from vliegwiel.see.facilities.pages.what_if import page as pages
from vliegwiel.see.facilities.pages.what_if.asked import point_in
from vliegwiel.see.facilities.pages.what_if.shown import stop_text
from vliegwiel.see.facilities.ready import make_ready
from vliegwiel.see.facilities.stops import metres_to_stop
from vliegwiel.see.facilities.tests.given import PROVINCE, a_village, facilities_from, named, someone
from vliegwiel.see.facilities.tests.test_pages import _browser

pytestmark = pytest.mark.django_db
QUESTION = "/voorzieningen/wat-als?soort=basisschool&vervoer=bike"
PLACE = "/voorzieningen/wat-als/plek?soort=basisschool&vervoer=bike"


@pytest.fixture(autouse=True)
def the_village(own_home: Path, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    a_village(own_home)


def test_somebody_points_twice_on_a_map_and_the_question_gets_the_place() -> None:
    client, school = Client(), named("Basisschool West").public_id
    first = client.get(f"{PLACE}&sluit={school}").content.decode()
    assert "Waar gaat hij heen?" in first and 'type="image"' in first and "kaart/GM1876.svg" in first
    closer = client.get(f"{PLACE}&sluit={school}&gebied=GM1876&punt.x=200&punt.y=70")
    asked = parse_qs(urlsplit(closer["Location"]).query)
    assert closer.status_code == 302 and asked["gebied"] == ["BU18760002"] and asked["sluit"] == [school]
    near = client.get(closer["Location"]).content.decode()
    assert "Neem de plek die is aangewezen" in near and "Neem het midden van" in near
    done = client.get(f"{PLACE}&sluit={school}&gebied=BU18760002&punt.x=140&punt.y=140")
    assert done.status_code == 302
    point = point_in(parse_qs(urlsplit(done["Location"]).query)["open"][0])
    assert point is not None and abs(point[0] - 204_500) < 100 and abs(point[1] - 441_500) < 100
    text = client.get(done["Location"]).content.decode()
    assert "Verhuist Basisschool West naar" in text and "Haal de nieuwe in" in text and "Reist korter" in text
    image = client.get("/voorzieningen/kaart/BU18760002.svg?soort=basisschool&punt=204500,441500").content.decode()
    assert image.count("<circle") == 2 and "<rect" in image and 'stroke="#6b7c83"' in image
    assert client.get("/voorzieningen/kaart/GM9999.svg").status_code == 404


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Veldhoek", "kies de plek op de kaart"),
        ("Basisschool Oost", "bij Basisschool Oost"),
        ("Timboektoe", "vinden wij niet"),
    ],
)
def test_a_place_is_found_by_its_name_or_by_what_stands_there(words: str, told: str) -> None:
    text = Client().get(PLACE, {"zoek": words, "soort": "basisschool"}).content.decode()
    assert told in text, text[text.index("<main") :][:3000]


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ("&open=150000,441500", 400, "in zee of over de grens"),
        ("".join(f"&open={200_500 + number},441000" for number in range(6)), 400, "hoogstens 5"),
        ("".join(f"&sluit=a{number:03d}" for number in range(201)), 400, "hoogstens 200"),
        ("".join(f"&sluit=a{number:03d}" for number in range(26)), 200, "op de achtergrond"),
    ],
)
def test_what_cannot_be_worked_out_at_once_says_why(more: str, status: int, told: str) -> None:
    answer = Client().get(QUESTION + more)
    assert answer.status_code == status and told in answer.content.decode()
    assert ("Haal de nieuwe plekken weg" in answer.content.decode()) == ("open=" in more), (
        "nobody is stuck with a place that cannot be"
    )
    assert Client().get(QUESTION.replace("wat-als?", "wat-als.csv?") + more).status_code in (400, 409)


def test_two_choices_stand_beside_each_other_and_the_link_is_both(own_home: Path) -> None:
    client, (west, east) = Client(), (named(f"Basisschool {name}").public_id for name in ("West", "Oost"))
    only = client.get(f"{QUESTION}&sluit={west}").content.decode()
    assert f"vergelijk?soort=basisschool&amp;vervoer=bike&amp;een={west}" in only
    address = f"/voorzieningen/wat-als/vergelijk?soort=basisschool&vervoer=bike&een={west}&twee={east}&twee-open=204000,441500"
    text = client.get(address).content.decode()
    assert "Sluit Basisschool West" in text and "Verhuist Basisschool Oost" in text and text.count("<figure") == 2
    assert "Erbij met keuze 2" in text and "vraagt samen minder reistijd" in text
    assert f"sluit={east}&amp;open=204000%2C441500&amp;naast={west}" in text, "each can be changed with the other beside it"
    changed = client.get(f"{QUESTION}&sluit={east}&naast={west}").content.decode()
    assert "Leg de twee keuzes naast elkaar" in changed and f"een={west}&amp;twee={east}" in changed
    every = "&een=".join(Facility.objects.filter(kind="basisschool").values_list("public_id", flat=True))
    last = client.get(f"/voorzieningen/wat-als/vergelijk?soort=basisschool&vervoer=bike&een={every}&twee={east}").content.decode()
    assert '<td class="n">niet bereikbaar</td>' in last and 'class="missing"' in last, (
        "losing the last one is not noticing nothing"
    )


def test_a_new_place_is_worked_out_where_it_lies_and_on_every_way() -> None:
    ground = ground_of(PROVINCE, "bike")
    assert ground is not None
    chance = np.random.default_rng(7)
    x, y = chance.uniform(200_000, 206_000, 40), chance.uniform(440_000, 443_000, 40)
    tree = ground.streets.locate(x, y, furthest=located.NEAR_ENOUGH)
    edge, offset = located.located_few(ground.streets, x, y)
    assert np.array_equal(edge, tree.edge) and np.allclose(offset, tree.offset)
    assert located.located_few(ground.streets, [0.0], [0.0])[0].tolist() == [-1]
    school = named("Basisschool West")
    same = in_every_way(PROVINCE, "bike", "basisschool", [school.public_id], [(school.x, school.y)])
    assert [row["profile"] for row in same["others"]] == ["foot", "bike", "car"]
    assert all(row["longer"] in (0, None) for row in same["others"]) and same["opened"][0]["area"] == "BU18760000"


def test_where_things_lie_is_kept_on_disk_and_a_damaged_file_is_made_again(own_home: Path, monkeypatch: Any) -> None:
    before = ground_of(PROVINCE, "bike")
    assert before is not None and make_ready(PROVINCE)
    files = list((own_home / "cache" / "located").glob("*.npz"))
    assert files
    searched: list[int] = []
    locate = type(before.streets).locate
    monkeypatch.setattr(
        type(before.streets), "locate", lambda self, x, y, **how: searched.append(len(x)) or locate(self, x, y, **how)
    )
    grounds._ground.cache_clear()
    again = ground_of(PROVINCE, "bike")
    assert not searched and again is not None and np.array_equal(again.laid.nodes, before.laid.nodes)
    for place, file in enumerate(files):
        file.write_bytes(file.read_bytes()[:-40] if place else b"half")
    grounds._ground.cache_clear()
    grounds._homes.cache_clear()
    mended = ground_of(PROVINCE, "bike")
    assert searched and mended is not None and np.array_equal(mended.home_edge, before.home_edge)
    school = named("Basisschool Oost")
    close_facility(actor=someone("programma"), facility=school.public_id, version=1, closed_on=clock.today())
    less = ground_of(PROVINCE, "bike")
    assert less is not None and len(less.spots) == len(before.spots) - 1


def test_who_has_no_car_hears_how_far_the_stop_is(own_home: Path) -> None:
    assert metres_to_stop(PROVINCE) is None
    assert stop_text({"metres": None, "minutes": None, "without": 200}) == "200 mensen kunnen geen halte bereiken."
    facilities_from(own_home, [{"nummer": "b", "naam": "Halte", "soort": "halte", "x": "201000", "y": "441500"}], source="Haltes")
    every, ground = metres_to_stop(PROVINCE), ground_of(PROVINCE, "foot")
    assert every is not None and ground is not None and len(every) == len(ground.homes)
    far = np.hypot(ground.homes.x - 201_000, ground.homes.y - 441_500)
    assert (every[every >= 0] >= far[every >= 0] - 2 * located.NEAR_ENOUGH).all() and every.max() > 2_000
    assert "geen halte" not in Client().get(f"{QUESTION}&sluit={named('Basisschool West').public_id}").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_large_question_goes_to_the_background_and_says_how_far_it_is(monkeypatch: Any) -> None:
    officer = someone("programma")
    for module in (outcome, pages):
        monkeypatch.setattr(module, "AT_ONCE_FACILITIES", 0)
    client = _browser(officer)
    school = named("Basisschool West").public_id
    text = client.get(f"{QUESTION}&sluit={school}").content.decode()
    assert "op de achtergrond" in text and "Bewaar deze uitkomst" in text
    assert "Bewaar deze uitkomst" not in Client().get(f"{QUESTION}&sluit={school}").content.decode()
    given = {"soort": "basisschool", "vervoer": "bike", "sluit": [school], "titel": "Groot"}
    answer = client.post("/voorzieningen/wat-als/bewaar", given)
    saved = ClosureScenario.objects.get()
    assert saved.state == "waiting" and answer["Location"] == saved.path
    ClosureScenario.objects.update(progress={"done": 1, "of": 3})
    assert "Klaar: 1 van 3 manieren van reizen" in client.get(saved.path).content.decode()
    run_waiting()
    saved.refresh_from_db()
    assert saved.state == "done" and saved.outcome == in_every_way(PROVINCE, "bike", "basisschool", [school])
    with pytest.raises(NotValid):
        saving.save_scenario(
            actor=officer,
            province=PROVINCE,
            title="Te veel",
            kind="basisschool",
            profile="bike",
            close=[f"a{n}" for n in range(201)],
        )
    assert what_if(PROVINCE, "bike", "basisschool", [school])["places"] == saved.outcome["places"] and queries.stamp()
