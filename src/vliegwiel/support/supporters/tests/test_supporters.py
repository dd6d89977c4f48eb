"""Supporters are found by their own choice, reached without addresses, and ask each other things that nobody else reads."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.search.models import Document
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.initiatives.models import ContactMessage
from vliegwiel.support.initiatives.public import Written
from vliegwiel.support.initiatives.tests.given import EAST, MUNICIPALITY, PROVINCE, WEST, a_land, a_person, a_resident, an_adviser
from vliegwiel.support.initiatives.tokens import key_of
from vliegwiel.support.supporters.actions.ask_network import answer_network, ask_network, close_network
from vliegwiel.support.supporters.actions.keep_supporter import (
    Profile,
    confirm_supporter,
    doubt_supporter,
    keep_supporter,
    stop_supporter,
)
from vliegwiel.support.supporters.actions.leave_supporters import leave_supporters
from vliegwiel.support.supporters.actions.write_to_supporter import (
    answer_for_supporter,
    confirm_to_supporter,
    write_to_supporter,
)
from vliegwiel.support.supporters.models import NetworkAnswer, NetworkQuestion, Supporter
from vliegwiel.support.supporters.public import supporters_at
from vliegwiel.support.supporters.queries import shown
from vliegwiel.support.supporters.standing import may_join, supporter_named
from vliegwiel.support.supporters.tests.given import a_supporter, an_official, in_the_role

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")
WRITTEN = Written("Kunt u eens bij mijn moeder langsgaan?", address="dochter@voorbeeld.invalid", called="Een dochter")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        yield


def test_someone_is_found_only_by_choice_and_only_when_another_said_that_they_know_them() -> None:
    actor, found = a_supporter(known=False)
    assert supporters_at(WEST, PROVINCE) == []
    with pytest.raises(NotAllowed):
        confirm_supporter(actor=actor, supporter=found.public_id)
    confirm_supporter(actor=an_adviser(), supporter=found.public_id)
    assert [one.title for one in supporters_at(WEST, PROVINCE)] == ["Anna, dorpsondersteuner"]
    with pytest.raises(NotNow):
        confirm_supporter(actor=an_adviser("tweede"), supporter=found.public_id)
    keep_supporter(actor=actor, province=PROVINCE, profile=Profile(villages=[WEST], shown=False))
    assert supporters_at(WEST, PROVINCE) == []
    keep_supporter(actor=actor, province=PROVINCE, profile=Profile(villages=[WEST], shown=True))
    assert [one.title for one in supporters_at(WEST, PROVINCE)] == ["Een dorpsondersteuner"], "a first name is a choice"
    doubt_supporter(actor=an_adviser(), supporter=found.public_id)
    assert not shown(PROVINCE).exists()
    assert not Document.objects.filter(title__contains="Anna").exists()


def test_who_is_there_for_a_village_is_found_from_it_and_from_its_municipality_and_not_next_door() -> None:
    a_supporter()
    a_supporter("heel", villages=[MUNICIPALITY], first_name="Bo")
    names = {area: [one.title[:3] for one in supporters_at(area, PROVINCE)] for area in (WEST, EAST, MUNICIPALITY, "BU00000000")}
    assert names == {WEST: ["Ann", "Bo,"], EAST: ["Bo,"], MUNICIPALITY: ["Ann", "Bo,"], "BU00000000": []}


@pytest.mark.parametrize(
    ("profile", "refusal"),
    [
        ({"about": "Bel de buurvrouw op 06-12345678."}, NotValid),
        ({"about": "Mijn buurman heeft dementie."}, NotValid),
        ({"villages": ["BU99999999"]}, NotFound),
        ({"villages": []}, NotValid),
        ({"reach": "Mijn burgerservicenummer is 111222333."}, NotValid),
    ],
)
def test_what_may_not_be_public_or_does_not_exist_is_refused_and_keeps_nothing(profile: dict[str, Any], refusal: Any) -> None:
    a_land()
    told = {"villages": [WEST], "shown": True, **profile}
    with pytest.raises(refusal):
        keep_supporter(actor=a_resident(), province=PROVINCE, profile=Profile(**told))
    assert not Supporter.objects.exists()


def test_a_number_of_ones_own_may_be_shown_by_choice_where_one_says_how_to_be_reached() -> None:
    _actor, found = a_supporter(reach="Bel mij op 06-12345678, of kom woensdag.")
    assert "06-12345678" in found.reach


def test_a_message_goes_without_addresses_and_its_sender_confirms_it_first() -> None:
    actor, found = a_supporter()
    message = write_to_supporter(actor=VISITOR, supporter=found.public_id, written=WRITTEN)
    assert message.state == "unconfirmed"
    mail = OutgoingMail.objects.get(recipient="dochter@voorbeeld.invalid")
    key = key_of(message.public_id)
    assert f"{found.path}/bericht/{message.public_id}/{key}" in mail.body
    with pytest.raises(NotFound):
        confirm_to_supporter(actor=VISITOR, supporter=found.public_id, message=message.public_id, key="fout")
    for _time in range(2):
        confirm_to_supporter(actor=VISITOR, supporter=found.public_id, message=message.public_id, key=key)
    told = Notice.objects.get(about_kind="contact-message", moment="passed-on")
    assert (told.receiver, told.path) == (actor.id, "/mijn/dorpsondersteuner/berichten")
    assert "dochter@" not in told.body
    with pytest.raises(NotAllowed):
        answer_for_supporter(actor=a_resident("vreemd"), supporter=found.public_id, message=message.public_id, outcome="declined")
    with pytest.raises(NotValid):
        answer_for_supporter(actor=actor, supporter=found.public_id, message=message.public_id, outcome="answered", text=" ")
    by: dict[str, Any] = {"actor": actor, "supporter": found.public_id, "message": message.public_id}
    answer_for_supporter(**by, outcome="answered", text="Ik kom donderdag.")
    with pytest.raises(NotNow):
        answer_for_supporter(**by, outcome="declined")
    assert "Ik kom donderdag." in OutgoingMail.objects.filter(recipient="dochter@voorbeeld.invalid").latest("pk").body
    assert ContactMessage.objects.get().address == "", "what is done with is forgotten"


def test_who_abuses_it_is_blocked_everywhere_and_who_takes_no_messages_gets_none() -> None:
    actor, found = a_supporter()
    _other, second = a_supporter("ander", takes_contact=False)
    message = write_to_supporter(
        actor=a_resident("plaag"), supporter=found.public_id, written=Written("Koop nu deze loten van mij!")
    )
    answer_for_supporter(actor=actor, supporter=found.public_id, message=message.public_id, outcome="reported")
    with pytest.raises(NotNow) as refusal:
        write_to_supporter(actor=a_resident("plaag"), supporter=found.public_id, written=WRITTEN)
    assert refusal.value.code == "blocked"
    with pytest.raises(NotNow) as refusal:
        write_to_supporter(actor=VISITOR, supporter=second.public_id, written=WRITTEN)
    assert refusal.value.code == "no-contact"


def test_a_late_save_is_told_and_changes_nothing() -> None:
    actor, found = a_supporter()
    keep_supporter(actor=actor, province=PROVINCE, profile=Profile("Anna", "Nieuw.", villages=[WEST]), seen=found.version)
    with pytest.raises(NotNow) as refusal:
        keep_supporter(actor=actor, province=PROVINCE, profile=Profile("Anna", "Oud."), seen=found.version)
    assert refusal.value.code == "stale"
    kept = supporter_named(found.public_id)
    assert (kept.about, kept.villages.count()) == ("Nieuw.", 1)


def test_only_supporters_are_in_the_network() -> None:
    known, _page = a_supporter()
    waiting, _page = a_supporter("nieuw", known=False)
    role = in_the_role()
    inside = [known, role]
    outside = [waiting, an_adviser(), an_official(), a_person("programma"), a_resident("vreemd"), VISITOR]
    asked = ask_network(actor=known, province=PROVINCE, title="Wie kreeg de huur omlaag?")
    before = snapshot("supporters", "initiatives")
    for actor in outside:
        assert not may_join(actor, PROVINCE)
        with pytest.raises(NotAllowed):
            ask_network(actor=actor, province=PROVINCE, title="Mag ik erbij?")
        with pytest.raises(NotAllowed):
            answer_network(actor=actor, question=asked.public_id, text="Ik weet het.")
        with pytest.raises(NotAllowed):
            close_network(actor=actor, question=asked.public_id)
    assert snapshot("supporters", "initiatives") == before
    for actor in inside:
        assert may_join(actor, PROVINCE)
        answer_network(actor=actor, question=asked.public_id, text="Wij maken zelf schoon.")
    assert Notice.objects.filter(about_kind="network-question").count() == 1, "who asked hears of another, not of themselves"
    with pytest.raises(NotAllowed):
        close_network(actor=role, question=asked.public_id)
    close_network(actor=known, question=asked.public_id)
    with pytest.raises(NotNow):
        answer_network(actor=role, question=asked.public_id, text="Nog iets.")


def test_another_supporter_may_say_that_they_know_someone_and_only_an_adviser_takes_it_back() -> None:
    known, _page = a_supporter()
    _actor, found = a_supporter("nieuw", known=False)
    with pytest.raises(NotAllowed):
        confirm_supporter(actor=a_resident("vreemd"), supporter=found.public_id)
    confirm_supporter(actor=known, supporter=found.public_id)
    with pytest.raises(NotAllowed):
        doubt_supporter(actor=known, supporter=found.public_id)


@pytest.mark.parametrize("leaves", [True, False])
def test_who_stops_is_truly_gone_and_what_they_said_in_the_network_stays_without_a_name(leaves: bool) -> None:
    actor, found = a_supporter()
    other, _page = a_supporter("ander", first_name="Bo")
    asked = ask_network(actor=actor, province=PROVINCE, title="Wie weet dit?")
    answer_network(actor=other, question=asked.public_id, text="Ik.")
    write_to_supporter(actor=a_resident("buur"), supporter=found.public_id, written=WRITTEN)
    with pytest.raises(NotAllowed):
        stop_supporter(actor=other, supporter=found.public_id)
    if leaves:
        leave_supporters(actor=actor, person=actor.id, email="ondersteuner@voorbeeld.invalid")
    else:
        stop_supporter(actor=actor, supporter=found.public_id)
    assert list(Supporter.objects.values_list("first_name", flat=True)) == ["Bo"]
    assert not ContactMessage.objects.exists()
    assert (NetworkQuestion.objects.get().person, NetworkQuestion.objects.get().name) == ("", "")
    assert NetworkAnswer.objects.get().name == "Bo"


@pytest.mark.parametrize("closed", [{"takes_contact": False}, {"shown": False}])
def test_a_message_that_is_confirmed_after_the_supporter_closed_the_door_goes_nowhere(closed: dict[str, Any]) -> None:
    actor, found = a_supporter()
    message = write_to_supporter(actor=VISITOR, supporter=found.public_id, written=WRITTEN)
    keep_supporter(actor=actor, province=PROVINCE, profile=Profile(**{"villages": [WEST], "shown": True, **closed}))
    by: dict[str, Any] = {"actor": VISITOR, "supporter": found.public_id, "message": message.public_id}
    with pytest.raises(NotNow) as refusal:
        confirm_to_supporter(**by, key=key_of(message.public_id))
    assert refusal.value.code == "no-contact"
    assert ContactMessage.objects.get().state == "unconfirmed"
    assert not Notice.objects.filter(moment="passed-on").exists()


def test_an_address_longer_than_is_kept_is_refused_in_words() -> None:
    _actor, found = a_supporter()
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.nl"
    with pytest.raises(NotValid):
        write_to_supporter(actor=VISITOR, supporter=found.public_id, written=Written(WRITTEN.text, address=address))
    assert not ContactMessage.objects.exists()
