"""Meeting places and their boards, what volunteers are offered, and thanks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.search.models import Document
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.facilities.actions.edit_facility import close_facility, edit_facility, open_facility
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.actions.forget_terms import forget_terms
from vliegwiel.support.initiatives.actions.keep_meeting_place import (
    check_viability,
    checks_for,
    close_meeting_place,
    edit_meeting_place,
    enter_meeting_place,
    find_place,
    join_keepers,
)
from vliegwiel.support.initiatives.actions.offer_to_volunteers import (
    cancel_offer,
    find_offer,
    make_offer,
    register_for_offer,
    thank_initiative,
    unregister_from_offer,
)
from vliegwiel.support.initiatives.models import MeetingPlace, PlaceKeeper, Thanks, VolunteerOffer
from vliegwiel.support.initiatives.tests.given import (
    PROVINCE,
    WEST,
    a_draft,
    a_land,
    a_meeting_place,
    a_person,
    a_resident,
    an_adviser,
    an_initiative,
)
from vliegwiel.support.initiatives.tests.test_pages import browser
from vliegwiel.support.initiatives.viability import LOOKED
from vliegwiel.support.initiatives.waiting import waiting

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")
GOOD = {item.key: "good" for item in LOOKED}


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_a_board_thinks_about_who_is_missing_and_nobody_else_reads_it(client: Any) -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    answers = {"ontbreekt": ["young"], "mist": "Zij vinden het hier saai."}
    edit_meeting_place(actor=board, place=found.public_id, changes={"inclusion": answers})
    assert find_place(found.public_id).inclusion == answers
    assert "saai" not in client.get(found.path).content.decode()
    edit_meeting_place(actor=board, place=found.public_id, changes={"inclusion": {"mist": "Bel Jan: 0612345678."}})
    assert find_place(found.public_id).hidden, "somebody's number hides the page until it is gone"


def test_a_board_keeps_its_page_and_what_it_writes_is_found_at_once() -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    changes = {"about": "Hier oefent de fanfare.", "seats": "80", "access": ["no-step", "bestaat-niet"]}
    edit_meeting_place(actor=board, place=found.public_id, changes=changes)
    kept = find_place(found.public_id)
    assert (kept.seats, kept.access) == (80, ["no-step"])
    document = Document.objects.get()
    assert (document.kind, document.themes) == ("meeting-place", ["samenleven"])
    assert "fanfare" in document.text
    with pytest.raises(NotNow) as refusal:
        edit_meeting_place(actor=board, place=found.public_id, changes={"about": "Later."}, seen=found.version)
    assert refusal.value.code == "stale"


def test_rooms_and_opening_stand_once_in_the_register_whoever_changes_them() -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    record = found.facility
    assert (record.name, record.more_at, record.kind, record.x) == (found.name, found.path, "ontmoetingsplek", found.x)
    changes = {"opening": "elke dag", "rooms": "zaal", "seats": "60", "access": ["no-step", "toilet"], "name": "De Nieuwe Hof"}
    edit_meeting_place(actor=board, place=found.public_id, changes=changes)
    record.refresh_from_db()
    assert (record.name, record.opening, record.rooms, record.capacity) == ("De Nieuwe Hof", "elke dag", "zaal", 60)
    assert record.accessible == "ja" and record.told_by("opening") == ("wie de plek beheert", clock.today())
    seen = find_place(found.public_id).revision
    officer, cells = a_person("programma"), {"open": "niet op maandag", "capaciteit": "60", "ruimtes": "zaal"}
    edit_facility(actor=officer, facility=record.public_id, version=record.version, cells=cells, source="Gebeld")
    assert find_place(found.public_id).opening == "niet op maandag"
    with pytest.raises(NotNow) as refusal:
        edit_meeting_place(actor=board, place=found.public_id, changes={"opening": "altijd"}, seen=seen)
    assert refusal.value.code == "stale" and find_place(found.public_id).opening == "niet op maandag"
    with pytest.raises(NotValid) as concern:
        edit_meeting_place(actor=board, place=found.public_id, changes={"opening": "Bel Jan: 0612345678."})
    assert concern.value.code == "concern" and not find_place(found.public_id).hidden


def test_a_page_is_made_for_what_stands_in_the_register_and_closes_with_it() -> None:
    a_land()
    adviser = an_adviser()
    first = a_meeting_place(board=a_resident("bestuur"))
    record = first.facility
    with pytest.raises(NotNow):
        enter_meeting_place(actor=adviser, province=PROVINCE, name="Nog eens", kind="club", area=WEST, facility=record.public_id)
    assert MeetingPlace.objects.count() == 1
    officer = a_person("programma")
    close_facility(actor=officer, facility=record.public_id, version=record.version, closed_on=clock.today())
    with clock.at(clock.now() + kept_for("self-check") + timedelta(days=2)):
        forget_terms(actor=Actor.system("job"))
    assert not PlaceKeeper.objects.exists(), "who kept the page is forgotten, whichever room closed the place"
    assert not queries.shown_places(PROVINCE).exists() and find_place(first.public_id).closed_on == clock.today()
    second = a_meeting_place("Het Luchthuis")
    close_meeting_place(actor=adviser, place=second.public_id)
    second.facility.refresh_from_db()
    assert second.facility.closed_on == clock.today()
    record = open_facility(actor=officer, facility=second.facility.public_id, version=second.facility.version)
    assert record.more_at == "", "until somebody takes it up, the register tells of it"
    back = enter_meeting_place(
        actor=adviser, province=PROVINCE, name="Het Luchthuis", kind="club", area=WEST, facility=record.public_id
    )
    assert (back.pk, back.closed_on, back.facility.more_at, back.is_shown) == (second.pk, None, second.path, True)


def test_someones_details_hide_a_meeting_place_but_the_address_of_a_building_does_not() -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    edit_meeting_place(actor=board, place=found.public_id, changes={"about": "Nergensweg 1, 9900 AA."})
    assert queries.shown_places(PROVINCE).exists()
    edit_meeting_place(actor=board, place=found.public_id, changes={"about": "Bel Jan: 0612345678."})
    assert not queries.shown_places(PROVINCE).exists()
    assert not Document.objects.exists()


def test_a_place_that_closed_leaves_the_list_and_keeps_its_page() -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    close_meeting_place(actor=board, place=found.public_id)
    assert not queries.shown_places(PROVINCE).exists()
    assert find_place(found.public_id).closed_at is not None
    with pytest.raises(NotNow):
        close_meeting_place(actor=board, place=found.public_id)


def test_the_self_check_is_filled_in_by_the_board_and_read_by_board_and_adviser_only() -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    check_viability(actor=board, place=found.public_id, answers={**GOOD, "money": "worry"}, note="De huur stijgt.")
    check_viability(actor=board, place=found.public_id, answers=GOOD)
    assert [check.year for check in checks_for(board, found.public_id)] == [2026], "once a year"
    assert len(checks_for(an_adviser(), found.public_id)) == 1
    municipality = a_person("gemeente", municipality="GM1876")
    assert edit_meeting_place(actor=municipality, place=found.public_id, changes={"opening": "Elke dag"})
    for actor in (municipality, a_person("programma"), a_resident("vreemd"), VISITOR):
        with pytest.raises(NotAllowed):
            checks_for(actor, found.public_id)
        with pytest.raises(NotAllowed):
            check_viability(actor=actor, place=found.public_id, answers=GOOD)
    with pytest.raises(NotAllowed):
        check_viability(actor=an_adviser(), place=found.public_id, answers=GOOD)
    with pytest.raises(NotValid):
        check_viability(actor=board, place=found.public_id, answers={"money": "good"})
    assert "huur" not in " ".join(Document.objects.values_list("text", flat=True))


def test_who_is_of_a_board_finds_the_page_back_without_the_message() -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    assert f'href="{found.own_path}"' in browser(board).get("/mijn/initiatieven").content.decode()
    (asked,) = waiting(board)
    assert asked.path == f"{found.own_path}/zelfcheck"
    check_viability(actor=board, place=found.public_id, answers=GOOD)
    assert list(waiting(board)) == []
    assert list(queries.kept_places(a_resident("vreemd"))) == []
    close_meeting_place(actor=board, place=found.public_id)
    assert list(queries.kept_places(board)) == []


def test_an_invitation_to_keep_a_page_works_once() -> None:
    found = a_meeting_place(board=a_resident("bestuur"))
    with pytest.raises(NotFound):
        join_keepers(actor=a_resident("ander"), place=found.public_id, token="sleutel")


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"area": "BU99999999"}, NotFound),
        ({"point": (1.0, 1.0)}, NotValid),
        ({"area": WEST, "name": " "}, NotValid),
        ({"area": WEST, "kind": "kasteel"}, NotValid),
    ],
)
def test_a_meeting_place_that_cannot_be_is_refused(what: dict[str, Any], error: type[Exception]) -> None:
    a_land()
    with pytest.raises(error):
        enter_meeting_place(actor=an_adviser(), province=PROVINCE, **{"name": "Huis", "kind": "club", **what})
    assert not MeetingPlace.objects.exists()


def _offer(actor: Actor | None = None, seats: int | None = 2, days: int = 10) -> VolunteerOffer:
    return make_offer(
        actor=actor or an_adviser(),
        province=PROVINCE,
        kind="training",
        title="Eerste hulp",
        about="In twee avonden.",
        on=clock.today() + timedelta(days=days),
        seats=seats,
    )


def test_every_volunteer_may_come_until_the_seats_are_taken_and_a_free_seat_is_for_someone_else() -> None:
    found = _offer()
    first, second, third = (a_resident(f"bewoner{number}") for number in range(3))
    register_for_offer(actor=first, offer=found.public_id)
    register_for_offer(actor=second, offer=found.public_id)
    for actor, code in ((second, "already"), (third, "full")):
        with pytest.raises(NotNow) as refusal:
            register_for_offer(actor=actor, offer=found.public_id)
        assert refusal.value.code == code
    assert (find_offer(found.public_id).taken, found.registrations.count()) == (2, 2), "a refusal changes nothing"
    unregister_from_offer(actor=first, offer=found.public_id)
    register_for_offer(actor=third, offer=found.public_id)
    with pytest.raises(NotFound):
        unregister_from_offer(actor=first, offer=found.public_id)
    assert find_offer(found.public_id).taken == 2


def test_offers_are_shared_between_organisations_and_each_calls_off_its_own() -> None:
    mine, theirs = an_adviser(), an_adviser("ander")
    found = _offer(mine)
    assert list(queries.coming_offers(PROVINCE)) == [found]
    resident = a_resident()
    register_for_offer(actor=resident, offer=found.public_id)
    with pytest.raises(NotAllowed):
        cancel_offer(actor=theirs, offer=found.public_id)
    cancel_offer(actor=mine, offer=found.public_id)
    assert Notice.objects.filter(moment="cancelled", person__public_id=resident.id).count() == 1
    assert not queries.coming_offers(PROVINCE).exists()
    with pytest.raises(NotNow):
        register_for_offer(actor=a_resident("later"), offer=found.public_id)


def test_what_is_past_or_impossible_is_not_announced() -> None:
    for seats, days in ((2, -1), (0, 5), (10_001, 5)):
        with pytest.raises(NotValid):
            _offer(seats=seats, days=days)
    for actor in (a_resident(), a_person("gemeente"), VISITOR):
        with pytest.raises(NotAllowed):
            _offer(actor)


def test_an_initiative_is_thanked_once_a_year_and_all_its_people_hear() -> None:
    taker, adviser = a_resident(), an_adviser()
    found = an_initiative(taker)
    invitation = _offer(adviser)
    with pytest.raises(NotValid):
        thank_initiative(actor=adviser, initiative=found.public_id, kind="certificate", text="Dank.")
    thank_initiative(actor=adviser, initiative=found.public_id, kind="invitation", text="Dank.", offer=invitation.public_id)
    for actor in (adviser, a_person("gemeente", municipality="GM1876")):
        with pytest.raises(NotNow) as refusal:
            thank_initiative(actor=actor, initiative=found.public_id, kind="message", text="Nog eens.")
        assert refusal.value.code == "thanked"
    assert Notice.objects.filter(moment="thanks-2026", person__public_id=taker.id).count() == 1
    with clock.at(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        thank_initiative(actor=adviser, initiative=found.public_id, kind="message", text="Weer dank.")
    assert [item.year for item in Thanks.objects.all()] == [2027, 2026]
    assert invitation.on > date(2026, 1, 5)


def test_a_map_layer_shows_what_is_on_the_site_at_the_published_point_in_both_systems_and_nothing_else() -> None:
    taker = a_resident()
    found = an_initiative(taker)
    a_draft(taker, "Nog niet klaar")
    client, rd = Client(), "http://www.opengis.net/def/crs/EPSG/0/28992"
    layer = "/ogc/v1/collections/initiatieven"
    page = client.get(f"{layer}/items", {"crs": rd}).json()
    assert (page["numberMatched"], [item["id"] for item in page["features"]]) == (1, [found.public_id])
    assert page["features"][0]["geometry"]["coordinates"] == [found.x, found.y]
    one = client.get(f"{layer}/items/{found.public_id}", {"crs": rd}).json()
    assert page["crs"] == one["crs"] and page["crs"]["properties"]["name"].endswith("EPSG::28992"), "a saved file says its system"
    degrees = client.get(f"{layer}/items/{found.public_id}").json()["geometry"]["coordinates"]
    west, south, east, north = client.get(layer).json()["extent"]["spatial"]["bbox"][0]
    assert west - 1e-6 <= degrees[0] <= east + 1e-6
    assert south - 1e-6 <= degrees[1] <= north + 1e-6
    here = f"{found.x - 5},{found.y - 5},{found.x + 5},{found.y + 5}"
    away = f"{found.x + 5000},{found.y + 5000},{found.x + 6000},{found.y + 6000}"
    for box, count in ((here, 1), (away, 0)):
        assert client.get(f"{layer}/items", {"bbox": box, "bbox-crs": rd}).json()["numberMatched"] == count
    assert client.get(f"{layer}/items", {"bbox": "3,50,8,54"}).json()["numberMatched"] == 1
    assert client.get(f"{layer}/items/bestaatniet1").status_code == 404
    names = {item["id"] for item in client.get("/ogc/v1/collections").json()["collections"]}
    assert {"initiatieven", "ontmoetingsplekken"} <= names
