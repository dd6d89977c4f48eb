"""What residents make is found at the desk by who wants something alike: the rooms of both meet in the search and on the map."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.test import Client

from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.tests.given import BORDER, PROVINCE, WEST, an_initiative

pytestmark = pytest.mark.django_db
#: The neighbourhood on the other side of the border, in another municipality.
ACROSS = "BU02280002"


def _two_municipalities() -> None:
    import shapely

    folder = Path(installed.VLIEGWIEL_HOME)
    folder.mkdir(parents=True, exist_ok=True)
    shapes = [shapely.box(200_000, 440_000, BORDER, 450_000), shapely.box(BORDER, 440_000, 230_000, 450_000)]
    import_areas(actor=SYSTEM, path=a_border_file(folder, shapes=shapes, codes=[WEST, ACROSS]), year=2024)


def _made_at(x: float) -> Initiative:
    return an_initiative(title=f"Samen eten {x:.0f}", point=(x, 445_000.0), kort="Elke week koken wij voor elkaar.")


def test_an_initiative_is_found_at_the_desk_by_a_question_in_other_words_near_before_far(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    _two_municipalities()
    far, across, close = _made_at(228_000), _made_at(BORDER + 1000), _made_at(206_000)
    assert far.municipality == across.municipality != close.municipality
    client = Client()
    page = client.post("/loket", {"tekst": "Wie kookt er een warme maaltijd met de buren?", "plaats": WEST, "doe": "kijken"})
    shown = page.content.decode()
    order = ['id="dichtbij"', close.path, across.path, 'id="elders"', far.path]
    places = [shown.find(f'"{part}"' if part.startswith("/") else part) for part in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places)
    for found in (close, across, far):
        assert client.get(found.path).status_code == 200
