"""Each stage of the wheel has a count of its own; what a later room adds is there without script, and never takes the page down."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from vliegwiel.see.monitor.public import AreaPart, Place, StageCount
from vliegwiel.see.monitor.stages import STAGES, stages_of
from vliegwiel.see.monitor.tests.given import a_province

pytestmark = pytest.mark.django_db
HERE = "vliegwiel.see.monitor.tests.test_stages"


def _initiatives(place: Place) -> StageCount | None:
    if place.level.value == "buurt":
        return None
    return StageCount("14", "initiatieven", f"/initiatieven?gebied={place.code}", "Bewoners helpen elkaar.", "Bekijk ze")


def _told(place: Place) -> str:
    return mark_safe(f"<section><h2>Wat inwoners doen in {place.name}</h2></section>") if place.municipality else ""


def _broken(place: Place) -> str:
    raise RuntimeError(place.code)


def _uncounted(place: Place) -> StageCount:
    raise RuntimeError(place.code)


PARTS = [AreaPart("steunen", "Wat inwoners doen", count=_initiatives, section=_told)]
BROKEN = [AreaPart("afspreken", "Wat is afgesproken", count=_uncounted, section=_broken)]


@pytest.fixture(autouse=True)
def province(tmp_path: Path, settings: Any) -> None:
    settings.VLIEGWIEL_AREA_PARTS = [f"{HERE}.PARTS"]
    settings.PAGE_CACHE_MEGABYTES = 0
    settings.VLIEGWIEL_PROVINCE = "PV25"
    a_province(tmp_path)


def test_the_area_page_counts_what_a_later_room_adds_and_says_what_comes_later(client: Client) -> None:
    text = client.get("/gebieden/GM1876").content.decode()
    strip = text[text.index('class="stages') : text.index('id="zien"')]
    assert '<a href="#zien">Zien</a>' in strip
    assert '<a href="/initiatieven?gebied=GM1876">Steunen</a> <span>14 initiatieven</span>' in strip
    assert strip.count("komt later") == len(STAGES) - 2
    assert "Wat inwoners doen in Bronckhorst" in text


def test_a_room_that_has_nothing_for_a_place_leaves_its_stage_open(client: Client) -> None:
    text = client.get("/gebieden/BU18760003").content.decode()
    assert "14 initiatieven" not in text
    assert text.count("komt later") == len(STAGES) - 1


def test_the_first_page_tells_the_same_counts_for_the_province(client: Client) -> None:
    text = client.get("/").content.decode()
    assert '<span class="amount">14</span>' in text
    assert '<b>Initiatieven.</b> Bewoners helpen elkaar. <a href="/initiatieven?gebied=PV25">Bekijk ze</a>' in text
    assert '<span class="amount">11</span>' in text
    assert text.count("Deze stap komt later.") == len(STAGES) - 2


def test_a_section_that_fails_says_so_and_the_page_stands_but_is_not_kept(client: Client, settings: Any) -> None:
    settings.VLIEGWIEL_AREA_PARTS = [f"{HERE}.BROKEN", f"{HERE}.PARTS"]
    answer = client.get("/gebieden/GM1876")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<h2>Wat is afgesproken</h2><p>Dit deel kunnen we nu niet tonen." in text
    assert text.index("Wat inwoners doen") < text.index("Wat is afgesproken</h2>"), "sections follow the order of the stages"
    assert answer.headers["Cache-Control"] == "no-store"


def test_stages_stand_in_the_order_of_the_wheel_whatever_the_order_of_rooms(settings: Any) -> None:
    from vliegwiel.kernel.area_code import Level

    place = Place("GM1876", "Bronckhorst", Level.MUNICIPALITY, 2024, "PV25", "GM1876")
    settings.VLIEGWIEL_AREA_PARTS = [f"{HERE}.BROKEN", f"{HERE}.PARTS"]
    assert [stage.key for stage in stages_of(place, None)] == ["zien", "steunen", "afspreken", "leren", "verantwoorden"]
    assert [bool(stage.count) for stage in stages_of(place, None)] == [False, True, False, False, False]
