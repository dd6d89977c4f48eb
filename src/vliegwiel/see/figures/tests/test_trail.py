"""Who loads figures is known, and so is who was refused."""

from pathlib import Path

import pytest

from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.tests.given import a_delivery, changed

pytestmark = pytest.mark.django_db


def entries(action: str) -> list[tuple[str, str, str]]:
    return [(entry.actor_id, entry.result, entry.reason) for entry in Entry.objects.filter(action=action)]


def test_a_researcher_loads_figures_and_the_trail_holds_the_hash_of_the_file(tmp_path: Path) -> None:
    actor = acting(a_role("onderzoeker"))
    done = import_release(actor=actor, path=a_delivery(tmp_path))
    entry = Entry.objects.get(action="import-figures")
    assert (entry.actor_id, entry.object_id, entry.result) == (actor.id, done.release.public_id, "gedaan")
    assert entry.facts["file"] == done.release.file_hash
    import_release(actor=actor, path=a_delivery(tmp_path))
    assert Entry.objects.filter(action="import-figures").count() == 1


def test_who_may_not_load_figures_changes_nothing_and_leaves_an_entry(tmp_path: Path) -> None:
    actor = acting(a_role("gemeente"))
    with pytest.raises(NotAllowed, match="geen rol"):
        import_release(actor=actor, path=a_delivery(tmp_path))
    with pytest.raises(NotAllowed):
        import_areas(actor=actor, path=a_border_file(tmp_path), year=2024)
    assert (Release.objects.count(), Area.objects.count()) == (0, 0)
    assert entries("import-figures") == entries("import-areas") == [(actor.id, "geweigerd", "no-role")]


def test_a_file_that_is_refused_leaves_an_entry(tmp_path: Path) -> None:
    rows = changed("BU18760002", "AantalInwoners_5", "-20")
    with pytest.raises(NotValid):
        import_release(actor=Actor.system("cli"), path=a_delivery(tmp_path, rows=rows))
    assert Release.objects.count() == 0
    assert entries("import-figures") == [("vliegwiel", "geweigerd", "out-of-range")]
