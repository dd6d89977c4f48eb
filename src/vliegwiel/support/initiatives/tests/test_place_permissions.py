"""Who may do what with a meeting place and with what volunteers are offered, in which state: the rest is refused and changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.foundation.trail.tests.snapshot import snapshot_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, Refusal
from vliegwiel.support.initiatives.actions.keep_meeting_place import (
    check_viability,
    checks_for,
    close_meeting_place,
    edit_meeting_place,
    enter_meeting_place,
    find_place,
    invite_keeper,
    join_keepers,
    may_keep,
    may_see_check,
    remove_keeper,
)
from vliegwiel.support.initiatives.actions.offer_to_volunteers import (
    cancel_offer,
    make_offer,
    register_for_offer,
    unregister_from_offer,
)
from vliegwiel.support.initiatives.models import MeetingPlace, PlaceKeeper, VolunteerOffer
from vliegwiel.support.initiatives.tests.given import PROVINCE, WEST, a_meeting_place, a_person, a_resident, an_adviser
from vliegwiel.support.initiatives.tokens import hashed
from vliegwiel.support.initiatives.viability import LOOKED

pytestmark = pytest.mark.django_db
GOOD = {item.key: "good" for item in LOOKED}


@pytest.fixture(autouse=True)
def in_the_province(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE


def _people() -> dict[str, Actor]:
    return {
        "board": a_resident("bestuur"),
        "adviser": an_adviser(),
        "municipality": a_person("gemeente", municipality="GM1876"),
        "elsewhere": a_person("gemeente", "gemeente-elders", municipality="GM0003"),
        "programme": a_person("programma"),
        "supporter": a_person("dorpsondersteuner"),
        "stranger": a_resident("vreemd"),
        "visitor": Actor("visitor"),
    }


KEEP = {"board", "adviser", "municipality"}
#: Who does it; in which states it is not now.
PLACE_ACTS: dict[str, tuple[set[str], set[str]]] = {
    "enter": ({"adviser", "municipality"}, set()),
    "edit": (KEEP, set()),
    "close": (KEEP, {"closed"}),
    "invite": (KEEP, set()),
    "remove": (KEEP, set()),
    "check": ({"board"}, set()),
    "read-check": ({"board", "adviser"}, set()),
}


def _place_act(key: str, actor: Actor, found: MeetingPlace) -> Callable[[], object]:
    by: dict[str, Any] = {"actor": actor, "place": found.public_id}
    keeper = found.keepers.filter(person="").order_by("-pk").values_list("pk", flat=True).first() or 0
    return {
        "enter": lambda: enter_meeting_place(actor=actor, province=PROVINCE, name="Nieuw", kind="village-hall", area=WEST),
        "edit": lambda: edit_meeting_place(**by, changes={"about": "Een fijne plek."}),
        "close": lambda: close_meeting_place(**by),
        "invite": lambda: invite_keeper(**by, email="een@voorbeeld.invalid"),
        "remove": lambda: remove_keeper(**by, keeper=keeper),
        "check": lambda: check_viability(**by, answers=GOOD),
        "read-check": lambda: checks_for(actor, found.public_id),
    }[key]


def _place(state: str, people: dict[str, Actor]) -> MeetingPlace:
    found = a_meeting_place(board=people["board"])
    invite_keeper(actor=people["board"], place=found.public_id, email="nog@voorbeeld.invalid")
    if state == "hidden":
        edit_meeting_place(actor=people["board"], place=found.public_id, changes={"about": "Bel 06-12345678."})
    if state == "closed":
        close_meeting_place(actor=people["board"], place=found.public_id)
    return find_place(found.public_id)


@pytest.mark.parametrize("state", ["open", "hidden", "closed"])
def test_the_whole_matrix_of_a_meeting_place_holds_and_a_refusal_changes_nothing(state: str) -> None:
    people = _people()
    found = _place(state, people)
    before = snapshot_of("initiatives", "search", "notices")
    for key, (allowed, later) in PLACE_ACTS.items():
        for name, actor in people.items():
            if name in allowed and state not in later:
                continue
            with pytest.raises(Refusal) as refusal:
                _place_act(key, actor, found)()
            assert isinstance(refusal.value, NotAllowed if name not in allowed else NotNow), (key, name, refusal.value)
    assert snapshot_of("initiatives", "search", "notices") == before
    for name, actor in people.items():
        assert bool(may_keep(actor, found)) == (name in KEEP), name
        assert bool(may_see_check(actor, found)) == (name in {"board", "adviser"}), name
    assert Entry.objects.filter(result=Result.REFUSED, object_id=found.public_id).exists()


@pytest.mark.parametrize("state", ["open", "hidden", "closed"])
@pytest.mark.parametrize("key", [key for key in PLACE_ACTS if key != "enter"])
def test_every_act_on_a_meeting_place_that_is_allowed_is_done(key: str, state: str) -> None:
    people = _people()
    found = _place(state, people)
    allowed, later = PLACE_ACTS[key]
    if state not in later:
        _place_act(key, people[sorted(allowed)[0]], found)()
        done = {"invite": 3, "remove": 1}.get(key, 2)
        assert found.keepers.count() == done


def test_an_invitation_is_withdrawn_one_by_one_and_its_link_opens_nothing_any_more() -> None:
    board = a_resident("bestuur")
    found = a_meeting_place(board=board)
    first, second = (invite_keeper(actor=board, place=found.public_id, email=f"n{one}@voorbeeld.invalid") for one in (1, 2))
    for row, token in ((first, "een"), (second, "twee")):
        PlaceKeeper.objects.filter(pk=row.pk).update(token=hashed(token))
    remove_keeper(actor=board, place=found.public_id, keeper=first.pk)
    with pytest.raises(NotFound):
        join_keepers(actor=a_resident("een"), place=found.public_id, token="een")
    join_keepers(actor=a_resident("twee"), place=found.public_id, token="twee")
    with pytest.raises(NotFound):
        remove_keeper(actor=board, place=found.public_id, keeper=first.pk)
    remove_keeper(actor=board, place=found.public_id, keeper=found.keepers.get(person=board.id).pk)
    with pytest.raises(NotAllowed):
        edit_meeting_place(actor=board, place=found.public_id, changes={"about": "Van mij."})


#: Who does it; in which states it is not now.
OFFER_ACTS: dict[str, tuple[set[str], set[str]]] = {
    "make": ({"adviser", "other adviser"}, set()),
    "cancel": ({"adviser"}, {"cancelled"}),
    "register": ({"comes", "stranger", "adviser", "other adviser", "programme"}, {"full", "past", "cancelled"}),
}


def _offer_act(key: str, actor: Actor, found: VolunteerOffer) -> Callable[[], object]:
    words: dict[str, Any] = {"kind": "training", "title": "Eerste hulp", "about": "", "on": clock.today()}
    return {
        "make": lambda: make_offer(actor=actor, province=PROVINCE, **words),
        "cancel": lambda: cancel_offer(actor=actor, offer=found.public_id),
        "register": lambda: register_for_offer(actor=actor, offer=found.public_id),
    }[key]


@pytest.mark.parametrize("state", ["open", "full", "cancelled", "past"])
def test_the_whole_matrix_of_what_volunteers_are_offered_holds_and_a_refusal_changes_nothing(state: str) -> None:
    people = {**_people(), "comes": a_resident("komt"), "other adviser": an_adviser("ander")}
    for gone in ("board", "municipality", "elsewhere", "supporter"):
        people.pop(gone)
    adviser = people["adviser"]
    today = clock.today()
    found = make_offer(
        actor=adviser, province=PROVINCE, kind="training", title="Taart", about="", on=today, seats=1 if state == "full" else None
    )
    register_for_offer(actor=people["comes"], offer=found.public_id)
    if state == "cancelled":
        cancel_offer(actor=adviser, offer=found.public_id)
    with clock.at(clock.now() + timedelta(days=2 if state == "past" else 0)):
        before = snapshot_of("initiatives", "people", "notices")
        for key, (allowed, later) in OFFER_ACTS.items():
            for name, actor in people.items():
                again = key == "register" and name == "comes"
                if name in allowed and state not in later and not again:
                    continue
                with pytest.raises(Refusal) as refusal:
                    _offer_act(key, actor, VolunteerOffer.objects.get(pk=found.pk))()
                assert isinstance(refusal.value, NotAllowed if name not in allowed else NotNow), (key, name, refusal.value)
        for name, actor in people.items():
            if name == "comes":
                continue
            with pytest.raises(NotAllowed if name == "visitor" else NotFound):
                unregister_from_offer(actor=actor, offer=found.public_id)
        assert snapshot_of("initiatives", "people", "notices") == before
