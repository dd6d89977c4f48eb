"""What a user fetches becomes the same as what a user brings as a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vliegwiel.connect.cbs import fake as cbs
from vliegwiel.connect.loopback import Fault, Site
from vliegwiel.connect.pdok import fake as pdok
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.fetch_areas import fetch_areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.fetch_release import fetch_release
from vliegwiel.see.figures.models import Release

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
TABLE = "85984NED"


@pytest.fixture
def outside(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Site, Site]]:
    """CBS and PDOK as they are outside, but made up and on this machine."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with cbs.serve(tables={TABLE: cbs.TABLE}) as figures, pdok.serve() as borders:
        _point_to(settings, figures, borders)
        yield figures, borders


def _point_to(settings: object, figures: Site, borders: Site) -> None:
    settings.VLIEGWIEL_SERVICES = {
        "cbs": (f"{figures.address}/odata/v1",),
        "cbs-v3": (f"{figures.address}/ODataFeed/odata",),
        "pdok": (borders.address,),
    }


def test_first_the_areas_of_a_province_then_its_figures_and_both_say_that_they_are_made_up(outside: object) -> None:
    done = fetch_areas(actor=CLI, province="PV99", year=2024)
    assert done.counts == {Level.PROVINCE: 1, Level.MUNICIPALITY: 2, Level.DISTRICT: 2, Level.NEIGHBOURHOOD: 4}
    fetched = fetch_release(actor=CLI, table=TABLE, province="PV99")
    assert queries.figure("inwoners", 2024, "BU99000000").estimate.value == 1190
    assert queries.figure("afstand-huisarts", 2024, "GM9901").estimate.value == 0.9
    assert fetched.imported.unknown_areas == ()
    assert fetched.imported.release.made_up
    assert not Area.objects.filter(made_up=False).exists()
    assert "Appartement" in fetched.not_asked


def test_every_missing_value_says_why(outside: object) -> None:
    fetch_areas(actor=CLI, province="PV99", year=2024)
    fetch_release(actor=CLI, table=TABLE, province="PV99")
    reasons = {
        key: queries.figure(key, 2024, "BU99000001").estimate.missing
        for key in ("woz-waarde", "afstand-huisarts", "inkomen-per-inwoner")
    }
    assert reasons == {
        "woz-waarde": Missing.SUPPRESSED,
        "afstand-huisarts": Missing.UNKNOWN,
        "inkomen-per-inwoner": Missing.NOT_YET,
    }
    assert queries.figure("inwoners-0-15", 2024, "BU99000001").estimate.value == 0


def test_fetching_again_asks_little_and_changes_nothing(outside: tuple[Site, Site]) -> None:
    fetch_areas(actor=CLI, province="PV99", year=2024)
    first = fetch_release(actor=CLI, table=TABLE, province="PV99")
    outside[0].asked.clear()
    again = fetch_release(actor=CLI, table=TABLE, province="PV99")
    assert again.imported.already_there
    assert again.imported.release == first.imported.release
    assert len(outside[0].asked) == 1
    assert fetch_areas(actor=CLI, province="PV99", year=2024).already_there


def test_a_service_that_breaks_down_half_way_leaves_the_data_as_they_were_and_is_continued(outside: tuple[Site, Site]) -> None:
    fetch_areas(actor=CLI, province="PV99", year=2024)
    site = outside[0]
    site.faults = [*[None] * 6, *[Fault.CUT] * 5]
    with pytest.raises(NotNow, match="blijft bewaard"):
        fetch_release(actor=CLI, table=TABLE, province="PV99")
    assert not Release.objects.exists()
    kept = set(site.asked[:6])
    site.asked.clear()
    fetch_release(actor=CLI, table=TABLE, province="PV99")
    assert kept & set(site.asked) == {f"/odata/v1/CBS/{TABLE}/Properties"}
    assert queries.figure("inwoners", 2024, "GM9900").estimate.value == 1205


def test_the_older_service_gives_the_same_values_when_the_newer_does_not_have_the_table(
    outside: tuple[Site, Site], settings: object
) -> None:
    fetch_areas(actor=CLI, province="PV99", year=2024)
    settings.VLIEGWIEL_SERVICES["cbs"] = (f"{outside[0].address}/er-is-niets",)
    fetch_release(actor=CLI, table=TABLE, province="PV99")
    assert queries.figure("inwoners", 2024, "BU99000000").estimate.value == 1190
    assert queries.figure("afstand-huisarts", 2024, "BU99000001").estimate.missing is Missing.UNKNOWN
    assert areas.area("BU99010001", 2024).name == "Proefstede Molenhoek"


def test_without_areas_a_user_is_told_what_to_do_first(outside: tuple[Site, Site]) -> None:
    with pytest.raises(NotNow, match="vliegwiel areas fetch --year 2024 --province PV99"):
        fetch_release(actor=CLI, table=TABLE, province="PV99")
    assert outside[0].asked == []


def test_what_we_do_not_know_is_not_asked(outside: tuple[Site, Site]) -> None:
    with pytest.raises(NotFound, match="12345NED"):
        fetch_release(actor=CLI, table="12345NED", province="PV99")
    with pytest.raises(NotValid, match="PV25"):
        fetch_areas(actor=CLI, province="Gelderland", year=2024)
    assert (outside[0].asked, outside[1].asked) == ([], [])


def test_the_file_that_is_fetched_can_be_read_by_a_person(outside: object, own_home: Path) -> None:
    fetch_areas(actor=CLI, province="PV99", year=2024)
    lines = fetch_release(actor=CLI, table=TABLE, province="PV99").path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("WijkenEnBuurten,Naam,SoortRegio_2,AantalInwoners_7,k_0Tot15Jaar_12,")
    assert lines[1].startswith("BU99000000,Luchtkasteel Centrum,Buurt,1190,190,305,530,350,")
    assert len(lines) == 9
