"""The area page is cheap: drawings are kept on disk, and the database is asked a few questions only."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.design.maps import Drawing, Shape
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import borders
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery
from vliegwiel.see.monitor import drawing, sketches

#: The area itself, those around it, its parts, its lives in other years, and those that look like it.
MOST_QUERIES = 12


@pytest.fixture
def filled(db: None, tmp_path: Path) -> None:
    """Areas, borders and one release of 2024."""
    actor = Actor.system("cli")
    import_areas(actor=actor, path=a_border_file(tmp_path), year=2024)
    import_release(actor=actor, path=a_delivery(tmp_path))


def _of_2024() -> sketches.Sketch:
    codes = areas.codes_of(Level.NEIGHBOURHOOD, 2024)
    found = sketches.sketch_of(codes, Level.NEIGHBOURHOOD, 2024, 640)
    assert found is not None
    return found


@pytest.mark.usefixtures("filled")
def test_another_process_draws_a_kept_sketch_without_reading_borders(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _of_2024()
    assert len(list((own_home / "cache" / "sketches").glob("*.json"))) == 1
    sketches._sketch.cache_clear()
    monkeypatch.setattr(borders, "load", lambda _digests: pytest.fail("the borders were read again"))
    assert _of_2024() == first


@pytest.mark.usefixtures("filled")
def test_a_sketch_is_named_by_what_was_drawn(own_home: Path) -> None:
    codes = areas.codes_of(Level.NEIGHBOURHOOD, 2024)
    wide, narrow = (sketches.sketch_of(codes, Level.NEIGHBOURHOOD, 2024, width) for width in (640, 300))
    assert wide is not None
    assert narrow is not None
    assert (wide.width, narrow.width) == (640, 300)
    kept = [json.loads(path.read_text())["width"] for path in (own_home / "cache" / "sketches").glob("*.json")]
    assert sorted(kept) == [300, 640]


@pytest.mark.usefixtures("filled")
def test_of_a_year_without_borders_there_is_no_sketch() -> None:
    assert sketches.sketch_of(("BU18760000",), Level.NEIGHBOURHOOD, 1999, 640) is None


@pytest.mark.usefixtures("filled")
def test_an_area_page_asks_the_database_few_questions(client: Client) -> None:
    client.get("/gebieden/BU18760000?jaar=2024")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/gebieden/BU18760002?jaar=2024").status_code == 200
    assert len(asked) <= MOST_QUERIES


def test_names_on_a_drawing_cannot_become_markup() -> None:
    drawing = Drawing(10, 10, (Shape("BU1", "M0 0l1 1z", "c1", '<b>\'t "Loo" & meer', "/gebieden/BU1?jaar=2024&x=1"),), 1.0)
    assert "<b>" not in drawing.links
    assert 'aria-label="&lt;b&gt;&#x27;t &quot;Loo&quot; &amp; meer"' in drawing.links
    assert 'href="/gebieden/BU1?jaar=2024&amp;x=1"' in drawing.links
    assert drawing.paths == '<path d="M0 0l1 1z" class="c1"/>'


@pytest.mark.usefixtures("filled")
def test_what_was_prepared_is_what_the_page_of_a_neighbourhood_draws(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    municipality = areas.area("GM1876", 2024)
    assert municipality is not None
    drawing.prepare(municipality)
    sketches._sketch.cache_clear()
    monkeypatch.setattr(sketches, "_drawn", lambda *_asked: pytest.fail("drawn again"))
    answer = client.get("/gebieden/BU18760002?jaar=2024")
    assert answer.status_code == 200
    assert answer.content.decode().count("<path d=") > 2
