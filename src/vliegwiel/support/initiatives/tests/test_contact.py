"""Contact by consent, following a place, and that nothing gives away more than the published point."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.actions import follow_place as following
from vliegwiel.support.initiatives.actions.follow_place import (
    confirm_follow,
    follow_place,
    followers_of,
    stop_following,
    tell_followers,
)
from vliegwiel.support.initiatives.actions.send_message import (
    answer_message,
    clean_messages,
    confirm_message,
    decline_message,
    report_message,
    write_message,
)
from vliegwiel.support.initiatives.actions.write_initiative import place_initiative, write_initiative
from vliegwiel.support.initiatives.contact import Written
from vliegwiel.support.initiatives.models import ContactMessage, Follow, FollowRun, Initiative
from vliegwiel.support.initiatives.queries import Filter
from vliegwiel.support.initiatives.rules import RADII, published_point
from vliegwiel.support.initiatives.tests.given import BORDER, EAST, PROVINCE, WEST, a_land, a_resident, an_initiative, joined
from vliegwiel.support.initiatives.tokens import key_of

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")
TEXT = "Kan ik woensdag een keer komen kijken?"
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def _written(found: Initiative, address: str = "bezoeker@voorbeeld.invalid", text: str = TEXT) -> ContactMessage:
    return write_message(actor=VISITOR, initiative=found.public_id, written=Written(text, address=address, called="Een buur"))


def _confirmed(found: Initiative, address: str = "bezoeker@voorbeeld.invalid") -> ContactMessage:
    message = _written(found, address)
    return confirm_message(actor=VISITOR, message=message.public_id, key=key_of(message.public_id))


def test_a_message_goes_on_once_its_sender_confirmed_and_neither_learns_the_address_of_the_other() -> None:
    taker = a_resident("initiatiefnemer")
    found = an_initiative(taker)
    message = _written(found)
    assert not Notice.objects.filter(moment="passed-on").exists()
    with pytest.raises(NotFound):
        confirm_message(actor=VISITOR, message=message.public_id, key="geraden")
    for _time in (1, 2):
        confirm_message(actor=VISITOR, message=message.public_id, key=key_of(message.public_id))
    passed = Notice.objects.get(moment="passed-on")
    assert passed.person is not None
    assert passed.person.public_id == taker.id
    assert "bezoeker@" not in passed.subject + passed.body
    answer_message(actor=taker, initiative=found.public_id, message=message.public_id, text="Ja, kom gerust.")
    to_visitor = OutgoingMail.objects.filter(recipient="bezoeker@voorbeeld.invalid").order_by("-pk")[0]
    assert "Ja, kom gerust." in to_visitor.body
    assert "initiatiefnemer@" not in to_visitor.subject + to_visitor.body
    kept = ContactMessage.objects.get()
    assert (kept.state, kept.address) == ("answered", ""), "the address is forgotten with the answer"
    with pytest.raises(NotNow):
        decline_message(actor=taker, initiative=found.public_id, message=message.public_id)


def test_the_trail_holds_no_address_and_no_text_of_a_message() -> None:
    _confirmed(an_initiative())
    told = " ".join(str(list(Entry.objects.values().filter(pk=entry.pk))) for entry in Entry.objects.all())
    assert "bezoeker" not in told
    assert "woensdag" not in told


def test_only_who_takes_contact_gets_messages_and_a_contact_goes_before_the_taker() -> None:
    taker, contact, helper = a_resident(), a_resident("contact"), a_resident("helper")
    found = an_initiative(taker)
    joined(found, taker, contact, "contact")
    joined(found, taker, helper, "helper")
    message = _confirmed(found)
    told = Notice.objects.filter(moment="passed-on").values_list("person__public_id", flat=True)
    assert list(told) == [contact.id]
    with pytest.raises(NotAllowed):
        answer_message(actor=helper, initiative=found.public_id, message=message.public_id, text="Ja.")
    earlier = _written(found, "eerder@voorbeeld.invalid")
    write_initiative(actor=taker, initiative=found.public_id, answers={"contact": False})
    with pytest.raises(NotNow) as refusal:
        _written(found, "nog-een@voorbeeld.invalid")
    assert refusal.value.code == "no-contact"
    with pytest.raises(NotNow) as refusal:
        confirm_message(actor=VISITOR, message=earlier.public_id, key=key_of(earlier.public_id))
    assert refusal.value.code == "no-contact", "who closed the door since gets nothing"


@pytest.mark.parametrize(
    ("text", "address", "code"),
    [
        ("Hoi", "goed@voorbeeld.invalid", "text"),
        ("x" * 2001, "goed@voorbeeld.invalid", "text"),
        ("Koop hier https://een.invalid en https://twee.invalid nu", "goed@voorbeeld.invalid", "text"),
        (TEXT, "geen adres", "address"),
        (TEXT, "", "address"),
    ],
)
def test_a_message_that_cannot_go_on_is_refused_in_words_and_kept_nowhere(text: str, address: str, code: str) -> None:
    found = an_initiative()
    with pytest.raises(NotValid) as refusal:
        _written(found, address, text)
    assert refusal.value.code == code
    assert not ContactMessage.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_who_writes_too_often_waits_until_tomorrow_and_a_network_until_the_next_hour() -> None:
    found = an_initiative()
    for _time in range(5):
        _written(found)
    with pytest.raises(NotNow) as refusal:
        _written(found)
    assert refusal.value.code == "too-often"
    assert ContactMessage.objects.count() == 5
    with clock.at(MONDAY + timedelta(days=1)):
        _written(found)
    for number in range(12):
        write_message(
            actor=VISITOR,
            initiative=found.public_id,
            written=Written(TEXT, address=f"n{number}@voorbeeld.invalid", network="net"),
        )
    with pytest.raises(NotNow):
        write_message(
            actor=VISITOR, initiative=found.public_id, written=Written(TEXT, address="n99@voorbeeld.invalid", network="net")
        )
    with clock.at(MONDAY + timedelta(hours=1)):
        write_message(
            actor=VISITOR, initiative=found.public_id, written=Written(TEXT, address="n99@voorbeeld.invalid", network="net")
        )


def test_who_is_reported_writes_to_nobody_for_ninety_days_and_hears_nothing() -> None:
    taker = a_resident()
    found, other = an_initiative(taker), an_initiative(a_resident("ander"), "Tuin")
    message = _confirmed(found)
    before = OutgoingMail.objects.count()
    report_message(actor=taker, initiative=found.public_id, message=message.public_id)
    assert OutgoingMail.objects.count() == before
    with pytest.raises(NotNow) as refusal:
        _written(other, "BEZOEKER@voorbeeld.invalid")
    assert refusal.value.code == "blocked"
    with clock.at(MONDAY + timedelta(days=91)):
        _written(other)


def test_what_nobody_confirms_or_answers_is_forgotten_and_the_sender_hears() -> None:
    found = an_initiative()
    _written(found, "niet@voorbeeld.invalid")
    message = _confirmed(found)
    with clock.at(MONDAY + timedelta(days=31)):
        clean_messages(actor=Actor.system("job"))
        kept = ContactMessage.objects.get()
        assert (kept.public_id, kept.state, kept.address) == (message.public_id, "declined", "")
        assert "komt nu geen antwoord" in OutgoingMail.objects.order_by("-pk")[0].body
    with clock.at(MONDAY + timedelta(days=120)):
        clean_messages(actor=Actor.system("job"))
        assert not ContactMessage.objects.exists()
        assert not Notice.objects.filter(about_id=message.public_id).exists()


def _follow(address: str = "volger@voorbeeld.invalid", **what: Any) -> Follow:
    a_land()
    made = follow_place(actor=VISITOR, province=PROVINCE, address=address, **what)
    return confirm_follow(actor=VISITOR, follow=made.public_id, key=key_of(made.public_id))


def _told(days: int = 1) -> int:
    with clock.at(MONDAY + timedelta(days=days)):
        return tell_followers(actor=Actor.system("job"), province=PROVINCE)


def test_who_follows_hears_of_what_is_new_once_in_one_message_a_day() -> None:
    _follow(area=WEST, radius=10_000)
    _follow("ander@voorbeeld.invalid", theme="samenleven")
    _follow("wonen@voorbeeld.invalid", theme="wonen")
    with clock.at(MONDAY + timedelta(hours=1)):
        an_initiative(title="Een")
        an_initiative(a_resident("tweede"), title="Twee")
    assert _told() == 2
    mail = OutgoingMail.objects.get(recipient="volger@voorbeeld.invalid", subject__startswith="Nieuw")
    assert "Een" in mail.body
    assert "Twee" in mail.body
    assert "/volgen/" in mail.body
    assert _told() == 0
    assert _told(2) == 0
    assert OutgoingMail.objects.filter(subject__startswith="Nieuw").count() == 2


def test_a_turn_that_stopped_half_way_is_finished_and_nobody_is_told_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        _follow(f"volger{number}@voorbeeld.invalid", theme="samenleven")
    with clock.at(MONDAY + timedelta(hours=1)):
        an_initiative()
    real, count = following._tell, iter(range(9))

    def _breaks(*args: Any) -> bool:
        if next(count) == 1:
            raise RuntimeError
        return real(*args)

    with monkeypatch.context() as broken:
        broken.setattr(following, "_tell", _breaks)
        with pytest.raises(RuntimeError):
            _told()
    assert FollowRun.objects.get().done_at is None
    assert _told(2) == 2
    assert OutgoingMail.objects.filter(subject__startswith="Nieuw").count() == 3


def test_a_text_that_was_cleaned_later_is_still_told_and_ones_own_initiative_is_not() -> None:
    taker = a_resident()
    a_land()
    follow_place(actor=taker, province=PROVINCE, theme="samenleven")
    _follow(theme="samenleven")
    with clock.at(MONDAY + timedelta(hours=1)):
        found = an_initiative(taker, verhaal="Bel 0612345678.")
    assert _told() == 0
    with clock.at(MONDAY + timedelta(days=1, hours=1)):
        write_initiative(actor=taker, initiative=found.public_id, answers={"verhaal": "Kom langs."})
    assert _told(2) == 1


def test_an_address_follows_only_once_it_was_confirmed_and_stopping_deletes_it() -> None:
    a_land()
    made = follow_place(actor=VISITOR, province=PROVINCE, area=WEST, radius=500, address="Volger@Voorbeeld.invalid")
    with clock.at(MONDAY + timedelta(hours=1)):
        an_initiative()
    assert _told() == 0
    again = follow_place(actor=VISITOR, province=PROVINCE, area=WEST, radius=500, address="volger@voorbeeld.invalid")
    assert again == made
    with pytest.raises(NotAllowed):
        stop_following(actor=a_resident("ander"), follow=made.public_id)
    stop_following(actor=VISITOR, follow=made.public_id, key=key_of(made.public_id))
    assert not Follow.objects.exists()
    assert not Notice.objects.filter(about_kind="follow").exists()


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({}, NotValid),
        ({"theme": "bestaat-niet"}, NotValid),
        ({"area": WEST, "radius": 499}, NotValid),
        ({"area": WEST, "radius": 10_001}, NotValid),
        ({"area": "BU99999999", "radius": 500}, NotFound),
        ({"area": WEST, "radius": 500, "address": "x"}, NotValid),
    ],
)
def test_what_cannot_be_followed_is_refused(what: dict[str, Any], error: type[Exception]) -> None:
    a_land()
    with pytest.raises(error):
        follow_place(actor=VISITOR, province=PROVINCE, **{"address": "volger@voorbeeld.invalid", **what})
    assert not Follow.objects.exists()


def test_a_thousand_probes_learn_no_more_than_the_published_point() -> None:
    """Pairs of exact points in one square: whatever is asked of them, the answers are the same."""
    chance = random.Random(20260105)
    taker = a_resident()
    found = an_initiative(taker, point=(205_000.0, 445_000.0))
    asked = 0
    for _pair in range(50):
        precision = chance.choice(["near", "around"])
        side = {"near": 200, "around": 1000}[precision]
        west, south = chance.randrange(200_000, 219_000, side), chance.randrange(441_000, 449_000, side)
        told = []
        probes = [
            (chance.uniform(west - 12_000, west + 12_000), chance.uniform(south - 12_000, south + 12_000)) for _ in range(10)
        ]
        for _point in range(2):
            exact = (west + chance.uniform(0, side - 0.01), south + chance.uniform(0, side - 0.01))
            place_initiative(actor=taker, initiative=found.public_id, precision=precision, point=exact)
            kept = Initiative.objects.get()
            assert (kept.x, kept.y) == published_point(*exact, precision)
            told.append([_everything_told(kept, probe) for probe in probes])
            asked += len(probes)
        assert told[0] == told[1]
    assert asked == 1000


def _everything_told(found: Initiative, probe: tuple[float, float]) -> object:
    """What alerts, list, order and CSV say about an initiative to who looks from a place."""
    from vliegwiel.see.areas.public import PlaceFacts
    from vliegwiel.support.initiatives.csv_files import csv_lines

    middle = PlaceFacts("X", "X", "buurt", 2024, "GM1876", "X", PROVINCE, (round(probe[0]), round(probe[1])))
    hears = [
        following.fits(Follow(x=round(probe[0]), y=round(probe[1]), radius=radius), (found.x or 0, found.y or 0), set())
        for radius in RADII
    ]
    lists = [
        queries.found_by(PROVINCE, Filter(place="X", radius=radius, sort="dichtbij"), middle).exists() for radius in (500, 5000)
    ]
    assert lists == [hears[0], hears[3]], "alerts and list agree"
    return (found.x, found.y, found.area, found.place_name, hears, lists, list(csv_lines(iter([found]))))


def test_what_a_place_is_called_follows_from_the_published_point_too() -> None:
    """A square on the border of two neighbourhoods: the name may not say on which side the exact point lies."""
    taker = a_resident()
    names = set()
    for x in (BORDER - 90, BORDER + 90):
        found = an_initiative(taker, point=(x, 445_000.0), precision="around")
        names.add((found.area, published_point(x, 445_000.0, "around")))
    assert len(names) == 2, "two squares"
    inside = {an_initiative(taker, point=(BORDER + far, 445_000.0), precision="around").area for far in (10, 500, 990)}
    assert inside == {EAST}


def test_followers_near_are_found_by_the_database_and_not_one_by_one(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        _follow(f"volger{number}@voorbeeld.invalid", area=WEST, radius=RADII[number % 5])
    with clock.at(MONDAY + timedelta(hours=1)):
        found = an_initiative()
    found = Initiative.objects.prefetch_related("themes", "people").get(pk=found.pk)
    with django_assert_max_num_queries(2):
        assert len(followers_of(found)) == 30
