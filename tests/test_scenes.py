"""What a test begins with may be laid down instead of made, and nobody can tell the difference."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests import scenes
from tests.scenes import now, scene
from vliegwiel.foundation.people.models import Organisation
from vliegwiel.foundation.people.tests.given import an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.officers import a_received_application

pytestmark = pytest.mark.django_db


class Reached:
    """A scene of this test alone, which counts how often it is really acted."""

    def __init__(self) -> None:
        self.acted = 0
        self.rows: list[scenes.Rows] = []
        self.files: list[scenes.Files] = []

        @scene
        def a_file_at_work() -> Application:
            self.acted += 1
            return a_received_application.__wrapped__()

        a_file_at_work.__wrapped__.__name__ = f"scene_{id(self)}"
        self.reach = a_file_at_work

    def once(self, *, first: Any = None) -> Application:
        """As in a test of its own: from the bare tables, and taken back afterwards."""
        with transaction.atomic():
            now.arrive(scenes.BARE)
            if first:
                first()
            found = self.reach()
            self.rows.append(scenes._rows())
            self.files.append(scenes._files())
            transaction.set_rollback(True)
        return found


def test_what_is_laid_down_is_row_for_row_and_byte_for_byte_what_was_made() -> None:
    reached = Reached()
    made = [reached.once() for _ in range(4)]
    assert reached.acted == 1
    assert [item.public_id for item in made] == [made[0].public_id] * 4
    assert reached.rows[0] == reached.rows[1] == reached.rows[3]
    assert reached.files[0] == reached.files[1]
    assert sum(map(len, reached.rows[0].values())) > 50


def test_what_was_laid_down_is_there_for_what_comes_next() -> None:
    reached = Reached()
    reached.once()
    now.arrive(scenes.BARE)
    found = reached.reach()
    assert reached.acted == 1
    assert Application.objects.get(public_id=found.public_id) == found
    assert Entry.objects.filter(object_id=found.public_id).exists()
    assert an_organisation("Nog een").pk == Organisation.objects.order_by("-pk")[0].pk


def test_after_anything_else_was_written_it_is_acted_anew() -> None:
    reached = Reached()
    for _ in range(3):
        reached.once()
    acted = reached.acted
    reached.once(first=lambda: an_organisation.__wrapped__("Eerder"))
    assert reached.acted == acted + 1


def test_on_another_day_or_in_another_province_it_is_acted_anew(settings: Any) -> None:
    reached = Reached()
    for _ in range(3):
        reached.once()
    acted = reached.acted
    with clock.at(clock.now() + timedelta(days=1)):
        reached.once()
    settings.VLIEGWIEL_PROVINCE = "PV98"
    reached.once()
    assert reached.acted == acted + 2


def test_on_top_of_another_scene_it_is_laid_down_from_the_third_time_on() -> None:
    reached = Reached()
    for _ in range(4):
        reached.once(first=an_organisation)
    assert reached.acted == 2
    assert reached.rows[1] == reached.rows[2] == reached.rows[3]


def test_where_something_else_is_put_in_the_place_of_our_code_it_is_acted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VLIEGWIEL_EXAMPLE", "x")
    reached = Reached()
    for _ in range(3):
        reached.once()
    assert reached.acted == 3
