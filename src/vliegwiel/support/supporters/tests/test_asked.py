"""Backing is promised by name and day and counted; room is given or not in public; everything else is refused and changes nothing."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.initiatives.tests.given import MUNICIPALITY, PROVINCE, a_person, a_resident, an_adviser
from vliegwiel.support.supporters.actions.answer_asked import answer_backing, answer_room, promise_backing
from vliegwiel.support.supporters.actions.ask_authority import (
    BackingWish,
    RoomWish,
    ask_backing,
    ask_room,
    withdraw_backing,
    withdraw_room,
)
from vliegwiel.support.supporters.actions.leave_supporters import forget_asked, leave_supporters
from vliegwiel.support.supporters.authorities import ANSWERS, asked_of, may_answer
from vliegwiel.support.supporters.lifecycle import MOVES, Backing, Room, Side
from vliegwiel.support.supporters.models import BackingRequest, PromiseCount, RoomRequest
from vliegwiel.support.supporters.queries import backing_for, rooms_for, stands_of
from vliegwiel.support.supporters.rules import promise_stand
from vliegwiel.support.supporters.standing import may_move, may_read_backing
from vliegwiel.support.supporters.tests.given import (
    TEXT,
    a_province_officer,
    a_supporter,
    an_official,
    backing,
    in_the_role,
    room,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
VISITOR = Actor("visitor")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def later(days: int) -> Any:
    return clock.at(MONDAY + timedelta(days=days))


def _people() -> dict[str, Actor]:
    return {
        "asker": a_resident(),
        "official": an_official(),
        "next door": an_official("GM0003"),
        "province": a_province_officer(),
        "adviser": an_adviser(),
        "supporter": a_supporter()[0],
        "role": in_the_role(),
        "stranger": a_resident("vreemd"),
        "visitor": VISITOR,
    }


def _act(key: str, actor: Actor, found: BackingRequest | RoomRequest) -> Callable[[], object]:
    """The action behind a move, with arguments that are right in themselves."""
    by: dict[str, Any] = {"actor": actor, "request": found.public_id}
    return {
        "promise-backing": lambda: promise_backing(**by, on=clock.today() + timedelta(days=3)),
        "answer-backing": lambda: answer_backing(**by, text="Ja."),
        "withdraw-backing": lambda: withdraw_backing(**by),
        "answer-room": lambda: answer_room(**by, outcome="given", reason="Dat mag."),
        "withdraw-room": lambda: withdraw_room(**by),
    }[key]


SCENES = [*((backing, state) for state in Backing), *((room, state) for state in Room)]


@pytest.mark.parametrize(("make", "state"), SCENES, ids=lambda one: getattr(one, "__name__", str(one)))
def test_the_whole_matrix_of_moves_people_and_states_holds_and_a_refusal_changes_nothing(make: Any, state: str) -> None:
    people = _people()
    found = make(state)
    kind = "backing" if isinstance(found, BackingRequest) else "room"
    before = snapshot("supporters")
    for key, move in MOVES.items():
        if not key.endswith(kind):
            continue
        allowed = "asker" if move.side is Side.ASKER else "official"
        for name, actor in people.items():
            assert bool(may_move(actor, key, found)) == (name == allowed), (key, name)
            if name == allowed and state in move.sources:
                continue
            with pytest.raises(Refusal) as refusal:
                _act(key, actor, found)()
            assert isinstance(refusal.value, NotAllowed if name != allowed else NotNow), (key, name, refusal.value)
    assert snapshot("supporters") == before
    assert Entry.objects.filter(result=Result.REFUSED, object_id=found.public_id).exists()


def test_who_reads_a_question_for_backing_and_the_list_of_who_answers_agree() -> None:
    people, found, public = _people(), backing(), room()
    readers = {name for name, actor in people.items() if may_read_backing(actor, found)}
    assert readers == {"asker", "official"}
    for name, actor in people.items():
        assert (found in backing_for(actor)) == (name == "official"), name
        assert (public in rooms_for(actor)) == (name == "official"), name


def test_the_list_holds_exactly_what_one_may_answer_for_every_kind_of_authority() -> None:
    people = _people()
    adviser = people["adviser"]
    for key in (MUNICIPALITY, PROVINCE, adviser.organisation):
        backing(authority=key)
    for name, actor in people.items():
        listed = set(asked_of(actor, BackingRequest.objects.all()).values_list("authority", flat=True))
        allowed = {one.authority for one in BackingRequest.objects.all() if may_answer(actor, one)}
        assert listed == allowed, name
    assert set(ANSWERS) == {one.authority_kind for one in BackingRequest.objects.all()}


def test_nobody_answers_a_question_of_their_own() -> None:
    official = an_official()
    found = backing(asker=official)
    with pytest.raises(NotAllowed) as refusal:
        answer_backing(actor=official, request=found.public_id, text="Ja.")
    assert refusal.value.code == "own-file"


def test_an_account_is_enough_to_ask_and_a_visitor_is_asked_to_sign_in() -> None:
    found = backing(asker=a_resident("zomaar"))
    assert found.state == Backing.ASKED
    with pytest.raises(NotAllowed) as refusal:
        ask_backing(actor=VISITOR, province=PROVINCE, wish=BackingWish(MUNICIPALITY, "Mag het?", TEXT))
    assert refusal.value.code == "sign-in"


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"authority": "GM9999"}, NotFound),
        ({"title": " "}, NotValid),
        ({"rule": ""}, NotValid),
        ({"asks": "x" * 4001}, NotValid),
        ({"asks": "Bel Jan op 06-12345678."}, NotValid),
        ({"group": "jan@voorbeeld.nl"}, NotValid),
    ],
)
def test_what_is_not_right_is_refused_in_words_and_keeps_nothing(wrong: dict[str, str], refusal: Any) -> None:
    an_official()
    backing()
    wish = {"authority": MUNICIPALITY, "title": "Koken", "rule": "Een regel.", "asks": "Mag het?", **wrong}
    with pytest.raises(refusal):
        ask_room(actor=a_resident(), province=PROVINCE, wish=RoomWish(**wish))
    assert not RoomRequest.objects.exists()


def test_where_nobody_can_answer_the_desk_is_named_and_too_many_questions_wait_a_day() -> None:
    backing()
    with pytest.raises(NotNow) as refusal:
        ask_backing(actor=a_resident("een"), province=PROVINCE, wish=BackingWish(PROVINCE, "Mag het?", TEXT))
    assert (refusal.value.code, "loket" in refusal.value.message) == ("nobody-there", True)
    for _time in range(5):
        backing(asker=a_resident("druk"))
    with pytest.raises(NotNow) as refusal:
        backing(asker=a_resident("druk"))
    assert refusal.value.code == "too-often"


def test_a_promise_is_by_name_and_day_told_to_who_asked_and_reminded_once() -> None:
    found = backing()
    for on in (None, date(2026, 3, 1), date(2026, 7, 1)):
        with pytest.raises(NotValid):
            promise_backing(actor=an_official(), request=found.public_id, on=on)
    done = promise_backing(actor=an_official(), request=found.public_id, on=date(2026, 3, 16))
    assert (done.promised_name, done.promised_on) == ("ambtenaar-gm1876@voorbeeld.invalid", date(2026, 3, 16))
    told = Notice.objects.get(moment="promised", receiver=a_resident().id)
    assert "maandag 16 maart" in told.body
    for day in (5, 11, 12, 13, 14, 15, 20):
        with later(day):
            send_reminders(actor=Actor.system("job"))
    reminded = Notice.objects.filter(about_id=found.public_id, receiver=an_official().id).exclude(moment="asked")
    assert list(reminded.values_list("moment", flat=True)) == ["promised"]
    assert Notice.objects.filter(about_id=found.public_id).count() == 3


def test_a_question_that_nobody_takes_up_is_reminded_once_and_so_is_one_for_room() -> None:
    found, public = backing(), room()
    for day in range(40):
        with later(day):
            send_reminders(actor=Actor.system("job"))
    for one, moment in ((found, "unpromised"), (public, "no-answer")):
        assert Notice.objects.filter(about_id=one.public_id, moment=moment).count() == 1


def test_kept_and_missed_promises_are_counted_per_authority_and_stay_counted_when_the_question_goes() -> None:
    backing("answered")
    missed = backing("promised", asker=a_resident("laat"))
    backing("promised", asker=a_resident("loopt"), days=60)
    backing(asker=a_resident("wacht"))
    with later(20):
        answer_backing(actor=an_official(), request=missed.public_id, text="Sorry.")
        stand = stands_of(PROVINCE)[0]
        assert (stand.kept, stand.missed, stand.open, stand.promised) == (1, 1, 1, 2)
    with later(900):
        assert forget_asked(actor=Actor.system("job")) == 2
        stand = stands_of(PROVINCE)[0]
        assert (stand.kept, stand.missed, stand.open) == (1, 2, 0)
        assert PromiseCount.objects.get().promised == 2
        leave_supporters(actor=a_resident("loopt"), person=a_resident("loopt").id, email="loopt@voorbeeld.invalid")
        stand = stands_of(PROVINCE)[0]
        assert (stand.kept, stand.missed) == (1, 2)


def test_the_count_of_the_database_is_the_count_of_the_rule_for_every_mix_of_days_and_states() -> None:
    chance = random.Random(15)
    base, today = backing("promised"), clock.today()
    base.delete()
    for _number in range(120):
        promised = today + timedelta(days=chance.randint(-9, 9)) if chance.random() < 0.8 else None
        state = chance.choice(["asked", "answered", "withdrawn"] if promised is None else ["promised", "answered", "withdrawn"])
        ended = today - timedelta(days=chance.randint(0, 9)) if state in ("answered", "withdrawn") else None
        base.pk, base.public_id = None, f"{_number:012d}"
        base.state, base.promised_on, base.ended_on = state, promised, ended
        base.save(force_insert=True)
    rows = [promise_stand(one.promised_on, one.ended_on, one.state, today) for one in BackingRequest.objects.all()]
    stand = stands_of(PROVINCE)[0]
    assert (stand.kept, stand.missed, stand.open) == tuple(rows.count(word) for word in ("kept", "missed", "open"))
    assert min(stand.kept, stand.missed, stand.open) > 0


def test_room_is_answered_once_with_a_reason_that_everybody_reads_and_who_asked_is_never_named() -> None:
    found = room()
    by: dict[str, Any] = {"actor": an_official(), "request": found.public_id}
    for wrong in ({"outcome": "misschien", "reason": "Nee."}, {"outcome": "given", "reason": " "}):
        with pytest.raises(NotValid):
            answer_room(**by, **wrong)
    with pytest.raises(NotValid):
        answer_room(**by, outcome="given", reason="Bel mij op 06-12345678.")
    done = answer_room(**by, outcome="partly", reason="Een keer per week.")
    assert (done.state, done.ended_on) == (Room.PARTLY, clock.today())
    with pytest.raises(NotNow):
        answer_room(**by, outcome="refused", reason="Toch niet.")
    assert Notice.objects.filter(about_kind="room-request", moment="answered", receiver=a_resident().id).count() == 1


def test_of_two_who_answer_at_once_one_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    from vliegwiel.support.supporters.actions import answer_asked

    found = backing()
    read = BackingRequest.objects.get(pk=found.pk)
    answer_backing(actor=an_official(), request=found.public_id, text="Ja.")
    before = snapshot("supporters")
    monkeypatch.setattr(answer_asked, "backing_named", lambda _name: read)
    with pytest.raises(NotNow):
        answer_backing(actor=an_official(), request=found.public_id, text="Nee.")
    assert snapshot("supporters") == before


def test_what_nobody_answered_goes_after_twice_the_term_and_a_broken_promise_stays_counted() -> None:
    backing("promised")
    backing()
    asked = room()
    term = kept_for("backing-request")
    with clock.at(clock.now() + 2 * term - timedelta(days=2)):
        assert forget_asked(actor=Actor.system("job")) == 0
    with clock.at(clock.now() + 2 * term + timedelta(days=2)):
        assert forget_asked(actor=Actor.system("job")) == 3
        assert stands_of(PROVINCE)[0].missed == 1
    assert not BackingRequest.objects.exists()
    asked.refresh_from_db()
    assert (asked.person, asked.state) == ("", "asked"), "the question stays, without who asked it"


def test_an_account_that_goes_takes_its_questions_and_leaves_what_is_public_without_a_name() -> None:
    asker = a_resident()
    backing(asker=asker)
    open_room, done = room(asker=asker), room("given", asker=asker)
    leave_supporters(actor=asker, person=asker.id, email="bewoner@voorbeeld.invalid")
    assert not BackingRequest.objects.exists()
    assert {(one.person, one.state) for one in RoomRequest.objects.all()} == {("", "withdrawn"), ("", "given")}
    assert {open_room.pk, done.pk} == set(RoomRequest.objects.values_list("pk", flat=True))
    assert not Notice.objects.filter(about_kind="backing-request").exists()
    assert a_person("gemeente", municipality=MUNICIPALITY).kind == "person"
