"""Letters in a batch: proof-read, held and released by who may, and sent one by one with the act they belong to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from vliegwiel.foundation.papers.actions.prepare_batch import prepare_batch
from vliegwiel.foundation.papers.actions.proofread_batch import free_letter, hold_batch, hold_letter, mark_read
from vliegwiel.foundation.papers.actions.release_batch import release_batch, send_released_letters
from vliegwiel.foundation.papers.batches import BatchPurpose, BatchRow, send_plainly
from vliegwiel.foundation.papers.models import Batch, BatchLetter, Letter, Sending
from vliegwiel.foundation.papers.prepared import PreparedLetter
from vliegwiel.foundation.papers.tests.given import (
    ACCESS_PATH,
    OFFICE_ACCESS_PATH,
    PROVINCE,
    a_receipt,
    an_undated_grant,
    office_file,
)
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid

pytestmark = pytest.mark.django_db
#: Acts that were done with the letters of the purpose "test", and records for which the act refuses.
DONE: list[str] = []
REFUSES: set[str] = set()


def decide_and_send(actor: Actor, about: Reference, letter: PreparedLetter, person: str) -> str:
    """As a room would: its act and the letter in one transaction."""
    if about.id in REFUSES:
        raise NotNow("Het geld is op.", code="ceiling")
    DONE.append(about.id)
    return send_plainly(actor, about, letter, person)


PURPOSES = [BatchPurpose("test", "besluiten", decide_and_send)]


@pytest.fixture(autouse=True)
def contributed(settings: Any) -> None:
    settings.VLIEGWIEL_PAPER_ACCESS = [ACCESS_PATH, OFFICE_ACCESS_PATH]
    settings.VLIEGWIEL_LETTER_BATCHES = [f"{__name__}.PURPOSES"]
    DONE.clear()
    REFUSES.clear()


@pytest.fixture
def officer() -> Actor:
    return acting(a_role("programma"))


def rows(count: int = 3, *, receipt: bool = False) -> list[BatchRow]:
    made = [a_receipt() if receipt else an_undated_grant(name=f"Stichting {n}") for n in range(1, count + 1)]
    return [BatchRow(office_file(n), draft) for n, draft in enumerate(made, 1)]


def a_batch(officer: Actor, *, read: bool = True, made: list[BatchRow] | None = None, **more: Any) -> str:
    words = {"actor": officer, "province": PROVINCE, "title": "Besluiten van maart", "purpose": "test", "rows": made or rows()}
    batch = prepare_batch(**{**words, **more})
    if read:
        mark_read(actor=officer, batch=batch, number=1)
    return batch


def states() -> list[str]:
    return list(BatchLetter.objects.order_by("batch_id", "number").values_list("state", flat=True))


def test_a_batch_that_was_made_ready_has_sent_nothing(officer: Actor) -> None:
    a_batch(officer)
    assert send_released_letters() == 0
    assert states() == ["klaar"] * 3
    assert (Letter.objects.count(), DONE) == (0, [])


def test_a_released_batch_sends_each_letter_once_with_its_act_in_the_name_of_who_released_it(officer: Actor) -> None:
    batch = a_batch(officer)
    assert release_batch(actor=officer, batch=batch) == 3
    assert (send_released_letters(), send_released_letters()) == (3, 0)
    assert states() == ["weg"] * 3
    assert [office_file(n).id for n in (1, 2, 3)] == DONE
    assert set(Letter.objects.values_list("issued_by", flat=True)) == {officer.id}
    assert Sending.objects.filter(way="post").count() == 3
    assert {row.letter.about_id for row in BatchLetter.objects.select_related("letter") if row.letter} == set(DONE)


def test_a_batch_that_waited_over_the_weekend_is_dated_when_it_goes(officer: Actor) -> None:
    friday, monday = datetime(2099, 3, 20, 12, tzinfo=UTC), datetime(2099, 3, 23, 12, tzinfo=UTC)
    with clock.at(friday):
        batch = a_batch(officer)
    with clock.at(monday):
        release_batch(actor=officer, batch=batch)
        send_released_letters()
    letter = Letter.objects.first()
    assert letter is not None
    assert (letter.dated, letter.until) == (date(2099, 3, 23), date(2099, 5, 4))
    assert "4 mei 2099" in letter.html


def test_of_each_kind_of_letter_one_is_read_before_the_batch_goes(officer: Actor) -> None:
    batch = a_batch(officer, read=False, made=[*rows(2), BatchRow(office_file(9), a_receipt())])
    with pytest.raises(NotNow) as refused:
        release_batch(actor=officer, batch=batch)
    assert refused.value.code == "not-read"
    mark_read(actor=officer, batch=batch, number=2)
    with pytest.raises(NotNow) as refused:
        release_batch(actor=officer, batch=batch)
    assert "ontvangstbevestiging" in refused.value.message
    assert "verlening" not in refused.value.message
    mark_read(actor=officer, batch=batch, number=3)
    assert release_batch(actor=officer, batch=batch) == 3


def test_what_is_held_stays_while_the_others_go_and_can_go_later(officer: Actor) -> None:
    batch = a_batch(officer)
    hold_letter(actor=officer, batch=batch, number=2, why="Het bedrag klopt niet")
    assert release_batch(actor=officer, batch=batch) == 2
    send_released_letters()
    assert states() == ["weg", "vast", "weg"]
    free_letter(actor=officer, batch=batch, number=2)
    mark_read(actor=officer, batch=batch, number=2)
    assert release_batch(actor=officer, batch=batch) == 1
    send_released_letters()
    assert states() == ["weg"] * 3


def test_a_draft_that_lacks_something_is_held_from_the_start_and_cannot_be_let_go(officer: Actor) -> None:
    made = rows(2)
    batch = a_batch(officer, made=[made[0], replace(made[1], draft=replace(made[1].draft, motivation=""))])
    assert states() == ["klaar", "vast"]
    assert "Awb 3:46" in BatchLetter.objects.get(number=2).why
    with pytest.raises(NotValid):
        free_letter(actor=officer, batch=batch, number=2)
    assert states() == ["klaar", "vast"]


def test_an_act_that_refuses_leaves_its_row_with_the_reason_and_does_not_hold_up_the_others(officer: Actor) -> None:
    REFUSES.add(office_file(2).id)
    batch = a_batch(officer)
    release_batch(actor=officer, batch=batch)
    assert send_released_letters() == 2
    assert states() == ["weg", "geweigerd", "weg"]
    assert BatchLetter.objects.get(number=2).why == "Het geld is op."
    assert Letter.objects.count() == 2
    entry = Entry.objects.get(action="send-batch-letter", result="geweigerd")
    assert (entry.reason, entry.object_id, entry.actor_id) == ("ceiling", batch, officer.id)
    REFUSES.clear()
    free_letter(actor=officer, batch=batch, number=2)
    mark_read(actor=officer, batch=batch, number=2)
    release_batch(actor=officer, batch=batch)
    assert send_released_letters() == 1


def test_who_lost_the_right_after_releasing_sends_nothing_more(officer: Actor) -> None:
    batch = a_batch(officer)
    release_batch(actor=officer, batch=batch)
    with clock.at(clock.now() + timedelta(seconds=1)):
        from vliegwiel.foundation.people.models import Role

        Role.objects.update(until=clock.now())
    with clock.at(clock.now() + timedelta(seconds=2)):
        assert send_released_letters() == 0
    assert states() == ["geweigerd"] * 3
    assert Letter.objects.count() == 0


def test_a_fault_of_ours_in_one_letter_is_tried_again_and_does_not_hold_up_the_others(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = a_batch(officer)
    release_batch(actor=officer, batch=batch)
    with monkeypatch.context() as broken:

        def fails(actor: Actor, about: Reference, letter: PreparedLetter, person: str) -> str:
            if about.id == office_file(1).id:
                raise ZeroDivisionError
            return send_plainly(actor, about, letter, person)

        broken.setattr(f"{__name__}.PURPOSES", [BatchPurpose("test", "besluiten", fails)])
        assert send_released_letters() == 2
    assert states() == ["vrij", "weg", "weg"]
    assert send_released_letters() == 1


def test_the_brake_holds_everything_that_did_not_go(officer: Actor) -> None:
    batch = a_batch(officer)
    release_batch(actor=officer, batch=batch)
    assert hold_batch(actor=officer, batch=batch, why="Verkeerde regeling") == 3
    assert send_released_letters() == 0
    assert states() == ["vast"] * 3
    assert Letter.objects.count() == 0


def test_what_went_cannot_be_held_read_or_let_go(officer: Actor) -> None:
    batch = a_batch(officer)
    release_batch(actor=officer, batch=batch)
    send_released_letters()
    for act in (
        lambda: hold_letter(actor=officer, batch=batch, number=1, why="Te laat"),
        lambda: mark_read(actor=officer, batch=batch, number=1),
        lambda: free_letter(actor=officer, batch=batch, number=1),
        lambda: release_batch(actor=officer, batch=batch),
    ):
        with pytest.raises(NotNow):
            act()
    assert hold_batch(actor=officer, batch=batch, why="Te laat") == 0
    assert states() == ["weg"] * 3


@pytest.mark.parametrize("wrong", [{"rows": []}, {"title": " "}, {"purpose": "unknown"}])
def test_a_batch_has_a_name_letters_and_a_known_purpose(officer: Actor, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        prepare_batch(**{"actor": officer, "province": PROVINCE, "title": "x", "rows": rows(), "purpose": "test", **wrong})
    assert Batch.objects.count() == 0


def test_the_same_batch_is_made_once_when_it_has_a_key(officer: Actor) -> None:
    first = a_batch(officer, key="call-1")
    assert a_batch(officer, key="call-1", read=False) == first
    assert a_batch(officer, key="call-2") != first
    assert Batch.objects.count() == 2


def test_a_batch_does_not_exist_or_has_no_such_letter(officer: Actor) -> None:
    batch = a_batch(officer)
    with pytest.raises(NotFound):
        mark_read(actor=officer, batch="bestaatniet2", number=1)
    with pytest.raises(NotFound):
        mark_read(actor=officer, batch=batch, number=4)
    for act in (hold_letter, hold_batch):
        number = {"number": 1} if act is hold_letter else {}
        with pytest.raises(NotValid):
            act(actor=officer, batch=batch, why=" ", **number)


@pytest.mark.parametrize("role", ["beheerder", "auditor", "gemeente", "inwoner", "elsewhere", ""])
def test_who_does_not_send_letters_here_does_nothing_with_a_batch(officer: Actor, role: str) -> None:
    batch = a_batch(officer)
    before = list(BatchLetter.objects.values())
    if role == "elsewhere":
        actor = acting(a_role("programma", province="PV98", email="ver@voorbeeld.invalid"))
    elif role in ("", "inwoner"):
        actor = Actor("person", "bewoner23456") if role else Actor("visitor")
    else:
        actor = acting(a_role(role))
    acts = [
        lambda: prepare_batch(actor=actor, province=PROVINCE, title="x", rows=rows()),
        lambda: mark_read(actor=actor, batch=batch, number=1),
        lambda: hold_letter(actor=actor, batch=batch, number=1, why="x"),
        lambda: free_letter(actor=actor, batch=batch, number=1),
        lambda: hold_batch(actor=actor, batch=batch, why="x"),
        lambda: release_batch(actor=actor, batch=batch),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert list(BatchLetter.objects.values()) == before
    assert Batch.objects.count() == 1
    refused = list(Entry.objects.filter(result="geweigerd").order_by("pk").values_list("action", flat=True))
    assert refused == ["prepare-batch", "read-letter", "hold-letter", "free-letter", "hold-batch", "release-batch"]


def test_the_database_keeps_a_sent_row_and_its_letter_together(officer: Actor) -> None:
    a_batch(officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchLetter.objects.filter(number=1).update(state="weg")
