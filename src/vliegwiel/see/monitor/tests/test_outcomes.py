"""Municipalities see an outcome of the index ten working days before everybody; each may write one note beside it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vliegwiel.engines.terms import after_ordinary_days
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.monitor import outcomes
from vliegwiel.see.monitor.actions.release_index import release_index
from vliegwiel.see.monitor.actions.write_note import LONGEST, write_note
from vliegwiel.see.monitor.models import IndexNote, IndexRelease
from vliegwiel.see.monitor.tests.given import a_province

pytestmark = pytest.mark.django_db
TEXT = "In 2024 sloot de winkel. Bewoners openen dit jaar een eigen winkel in het dorpshuis."
MONDAY = datetime(2026, 4, 20, 10, tzinfo=clock.AMSTERDAM)
PUBLIC = ["/kwetsbaarheid", "/kwetsbaarheid.csv", "/kwetsbaarheid/bon.json"]


@pytest.fixture(autouse=True)
def province(tmp_path: Path, settings: Any) -> None:
    """A province with figures of 2024 whose outcome was never released."""
    for value in vars(areas).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
    settings.VLIEGWIEL_PROVINCE = "PV25"
    settings.PAGE_CACHE_MEGABYTES = 0
    a_province(tmp_path)
    IndexRelease.objects.all().delete()
    outcomes.stamp.forget()


def someone(kind: str, *, municipality: str = "", province: str = "PV25") -> Any:
    """A person who had this role long before."""
    with clock.at(MONDAY - timedelta(days=90)):
        return a_role(kind, email=f"{kind}-{province}@voorbeeld.invalid", province=province, municipality=municipality)


@pytest.fixture
def researcher() -> Any:
    return someone("onderzoeker")


@pytest.fixture
def official() -> Any:
    return someone("gemeente", municipality="GM1876")


def released(on: datetime = MONDAY) -> IndexRelease:
    with clock.at(on):
        return release_index(actor=Actor.system("cli"), province="PV25", year=2024)


def signed_in(role: Any) -> Client:
    client = Client()
    client.force_login(role.person)
    session = client.session
    session[CHOSEN], session[SECOND_STEP] = role.organisation.public_id, "set-up"
    session.save()
    return client


def test_ten_working_days_skip_weekends_kings_day_and_liberation_day() -> None:
    assert released().public_from == date(2026, 5, 6)
    assert after_ordinary_days(date(2026, 4, 20), 10) == date(2026, 5, 6)
    assert after_ordinary_days(date(2026, 4, 24), 0) == date(2026, 4, 24)


@pytest.mark.parametrize("days", [0, 15])
def test_before_the_day_the_public_reads_when_and_no_file_gives_it(client: Client, days: int) -> None:
    released()
    with clock.at(MONDAY + timedelta(days=days)):
        page = client.get("/kwetsbaarheid").content.decode()
        assert "Vanaf woensdag 6 mei staat hier een nieuwe uitkomst." in page
        assert "Thema’s onder druk" not in page
        for path in PUBLIC[1:]:
            answer = client.get(path)
            assert answer.status_code == 409, path
            assert "woensdag 6 mei" in answer.content.decode()
        area = client.get("/gebieden/BU18760009").content.decode()
        assert 'id="stapelt"' not in area
        assert "Meeste verschuiving" not in client.get("/methoden/kwetsbaarheid").content.decode()


def test_from_the_day_everybody_sees_it(client: Client) -> None:
    released()
    with clock.at(datetime(2026, 5, 6, 0, 5, tzinfo=clock.AMSTERDAM)):
        assert [client.get(path).status_code for path in PUBLIC] == [200, 200, 200]
        assert "In 2 daarvan staan twee of meer" in client.get("/kwetsbaarheid").content.decode()
        assert 'id="stapelt"' in client.get("/gebieden/BU18760009").content.decode()


def test_without_a_release_nobody_outside_sees_it(client: Client, official: Any) -> None:
    page = client.get("/kwetsbaarheid").content.decode()
    assert "maar zij is nog niet vrijgegeven" in page
    assert client.get("/kwetsbaarheid.csv").status_code == 409
    assert "maar zij is nog niet vrijgegeven" in signed_in(official).get("/kwetsbaarheid").content.decode()


def test_new_figures_are_a_new_outcome_that_is_not_public_yet(tmp_path: Path, client: Client) -> None:
    from vliegwiel.see.figures.actions.import_release import import_release
    from vliegwiel.see.figures.recognise import Told
    from vliegwiel.see.figures.tests.given import a_delivery
    from vliegwiel.see.monitor.tests.given import rows

    released(clock.now() - timedelta(days=60))
    assert client.get("/kwetsbaarheid.csv").status_code == 200
    path = a_delivery(tmp_path, name="kwb_2024_85984NED.csv", rows=rows(income_step=2.0))
    import_release(actor=Actor.system("cli"), path=path, told=Told(published=date(2026, 10, 1)))
    assert client.get("/kwetsbaarheid.csv").status_code == 409
    assert "nog niet vrijgegeven" in client.get("/kwetsbaarheid").content.decode()


def test_the_municipality_and_who_releases_it_see_it_ahead_and_that_it_is_not_public(official: Any, researcher: Any) -> None:
    release, other = released(), someone("gemeente", province="PV20", municipality="GM0014")
    with clock.at(MONDAY + timedelta(days=1)):
        for role in (official, researcher):
            page = signed_in(role).get("/kwetsbaarheid?gemeente=GM1876").content.decode()
            assert "Dit is nog niet openbaar. Iedereen ziet het vanaf woensdag 6 mei." in page
            assert "Thema’s onder druk" in page
        assert "Gemeenten bekijken haar nu eerst" in signed_in(other).get("/kwetsbaarheid").content.decode()
        assert signed_in(other).get(f"/gemeente/uitkomsten/{release.public_id}").status_code == 404


def test_each_official_hears_it_once_with_the_day_and_where_to_look(official: Any) -> None:
    someone("gemeente", province="PV20", municipality="GM0014")
    release = released()
    notice = Notice.objects.get()
    assert notice.receiver == official.person.public_id
    assert "vanaf woensdag 6 mei ziet iedereen het" in notice.body.lower()
    assert f"/gemeente/uitkomsten/{release.public_id}" in notice.body
    with pytest.raises(NotNow, match="al vrijgegeven"):
        released()
    assert Notice.objects.count() == 1


def test_a_note_stands_beside_the_outcome_word_for_word_from_the_day(client: Client, official: Any) -> None:
    release = released()
    with clock.at(MONDAY + timedelta(days=3)):
        write_note(
            actor=acting(official), release=release.public_id, municipality="GM1876", text="  Dit klopt zo nog niet helemaal.  "
        )
        write_note(actor=acting(official), release=release.public_id, municipality="GM1876", text=TEXT)
        assert TEXT not in client.get("/kwetsbaarheid?gemeente=GM1876").content.decode()
    with clock.at(MONDAY + timedelta(days=30)):
        assert TEXT in client.get("/kwetsbaarheid?gemeente=GM1876").content.decode()
        assert TEXT in client.get("/gebieden/BU18760009").content.decode()
        assert TEXT not in client.get("/kwetsbaarheid").content.decode()
    assert IndexNote.objects.count() == 1


def test_what_cannot_be_a_note_is_refused_and_changes_nothing(official: Any, researcher: Any) -> None:
    release = released()
    actor = acting(official)
    with clock.at(MONDAY + timedelta(days=1)):
        refused = [
            (NotValid, actor, release.public_id, "GM1876", "Te kort."),
            (NotValid, actor, release.public_id, "GM1876", "lang " * LONGEST),
            (NotFound, actor, "bestaat-niet", "GM1876", TEXT),
            (NotAllowed, actor, release.public_id, "GM0200", TEXT),
            (NotAllowed, acting(researcher), release.public_id, "GM1876", TEXT),
            (NotAllowed, Actor("visitor"), release.public_id, "GM1876", TEXT),
        ]
        for kind, who, which, municipality, text in refused:
            with pytest.raises(kind):
                write_note(actor=who, release=which, municipality=municipality, text=text)
    with clock.at(MONDAY + timedelta(days=16)), pytest.raises(NotNow, match="al openbaar"):
        write_note(actor=actor, release=release.public_id, municipality="GM1876", text=TEXT)
    assert not IndexNote.objects.exists()
    assert Entry.objects.filter(action="write-note", result="geweigerd").count() == len(refused) + 1


@pytest.mark.parametrize("kind", ["gemeente", "programma", "adviseur", "beheerder"])
def test_only_a_researcher_releases_and_only_what_there_is(kind: str, researcher: Any) -> None:
    with pytest.raises(NotAllowed):
        release_index(actor=acting(someone(kind)), province="PV25", year=2024)
    with pytest.raises(NotNow, match="te weinig"):
        release_index(actor=acting(researcher), province="PV25", year=2019)
    assert not IndexRelease.objects.exists()
    release = release_index(actor=acting(researcher), province="PV25", year=2024)
    entry = Entry.objects.get(action="release-index", object_id=release.public_id)
    assert (entry.province, entry.facts["year"]) == ("PV25", 2024)


def test_the_pages_lead_from_releasing_to_a_note(official: Any, researcher: Any) -> None:
    with clock.at(MONDAY):
        mine = signed_in(researcher)
        assert "Leg 2024 voor aan de gemeenten" in mine.get("/beheer/uitkomsten").content.decode()
        assert mine.post("/beheer/uitkomsten/vrijgeven", {"jaar": "2024"}).status_code == 302
        assert "Openbaar vanaf woensdag 6 mei" in mine.get("/beheer/uitkomsten").content.decode()
        assert mine.post("/beheer/uitkomsten/vrijgeven", {"jaar": "x"}).status_code == 400
        theirs = signed_in(official)
        assert "Waar stapelt het zich op in 2024?" in theirs.get("/gemeente/uitkomsten").content.decode()
        address = f"/gemeente/uitkomsten/{IndexRelease.objects.get().public_id}"
        assert "Wat wilt u erbij vertellen?" in theirs.get(address).content.decode()
        wrong = theirs.post(address, {"gemeente": "GM1876", "toelichting": "kort"}).content.decode()
        assert "Schrijf 20 tot 600 tekens." in wrong
        assert theirs.post(address, {"gemeente": "GM1876", "toelichting": TEXT}).status_code == 302
        assert TEXT in theirs.get(address).content.decode()
