"""What is kept of initiatives and for how long, and what becomes of hers when an account goes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client, TestCase

from vliegwiel.foundation.papers.models import Paper
from vliegwiel.foundation.people.actions.remove_own_account import remove_own_account
from vliegwiel.foundation.search.models import Document
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.archive.tests.given import a_list, carried_out
from vliegwiel.support.initiatives import tasks
from vliegwiel.support.initiatives.actions.follow_place import confirm_follow, follow_place
from vliegwiel.support.initiatives.actions.publish_initiative import end_initiative, withdraw_initiative
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import ContactMessage, Follow, Initiative, InitiativePerson, InitiativePhoto
from vliegwiel.support.initiatives.tests.given import (
    PROVINCE,
    a_draft,
    a_land,
    a_resident,
    an_initiative,
    joined,
    with_photo_and_message,
)
from vliegwiel.support.initiatives.tokens import key_of

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def _after(days: int) -> Any:
    return clock.at(MONDAY + timedelta(days=days))


def _files() -> list[Path]:
    return [path for path in (Path(site.VLIEGWIEL_HOME) / "papers").rglob("*") if path.is_file()]


def test_what_was_withdrawn_goes_after_a_year_with_its_photos_and_its_address_says_so(client: Client) -> None:
    taker = a_resident()
    with TestCase.captureOnCommitCallbacks(execute=True):
        found = with_photo_and_message(taker)
        withdraw_initiative(actor=taker, initiative=found.public_id)
    assert _files()
    with _after(370), TestCase.captureOnCommitCallbacks(execute=True):
        carried_out(a_list("withdrawn-initiative", province=PROVINCE))
        assert client.get(found.path).status_code == 410
    assert not Initiative.objects.exists()
    assert not Paper.objects.exists()
    assert not ContactMessage.objects.exists()
    assert _files() == []


def test_the_story_of_what_ended_stays_and_its_people_photos_and_messages_go(client: Client) -> None:
    taker = a_resident()
    with TestCase.captureOnCommitCallbacks(execute=True):
        found = with_photo_and_message(taker)
        end_initiative(actor=taker, initiative=found.public_id, phase="stopped", brought="Veertig mensen aten samen.")
    with _after(2 * 365 - 5):
        tasks.forget_what_is_done.call()
        assert InitiativePerson.objects.exists()
    with _after(2 * 365 + 5), TestCase.captureOnCommitCallbacks(execute=True):
        tasks.forget_what_is_done.call()
        tasks.forget_what_is_done.call()
        page = client.get(found.path)
        assert page.status_code == 200
        assert "Veertig mensen aten samen." in page.content.decode()
    assert not InitiativePerson.objects.exists()
    assert not InitiativePhoto.objects.exists()
    assert not ContactMessage.objects.exists()
    assert _files() == []
    assert Document.objects.filter(key=found.public_id).exists()


def test_drafts_go_after_a_year_and_followers_after_three() -> None:
    a_draft()
    made = follow_place(actor=VISITOR, province=PROVINCE, address="volger@voorbeeld.invalid", theme="samenleven")
    confirm_follow(actor=VISITOR, follow=made.public_id, key=key_of(made.public_id))
    for days, left in ((360, (1, 1)), (370, (0, 1)), (3 * 365 + 2, (0, 0))):
        with _after(days):
            tasks.forget_what_is_done.call()
        assert (Initiative.objects.count(), Follow.objects.count()) == left


def test_who_removes_the_account_hands_on_to_who_helped_longest_and_else_it_comes_off_the_site() -> None:
    a_land()
    me, helper = a_resident("ik"), a_resident("helper")
    shared, alone, ended = an_initiative(me, "Samen"), an_initiative(me, "Alleen"), an_initiative(me, "Gestopt")
    draft = a_draft(me, "Idee")
    joined(shared, me, helper, "helper")
    end_initiative(actor=me, initiative=ended.public_id, phase="stopped", brought="Het was mooi.")
    follow_place(actor=me, province=PROVINCE, theme="samenleven")
    remove_own_account(actor=me)
    states = dict(Initiative.objects.values_list("public_id", "state"))
    assert states == {
        shared.public_id: State.PUBLIC.value,
        alone.public_id: State.WITHDRAWN.value,
        ended.public_id: State.PUBLIC.value,
    }, f"the draft {draft.public_id} is gone"
    assert list(InitiativePerson.objects.values_list("initiative", "role", "person")) == [(shared.pk, "taker", helper.id)]
    assert not Follow.objects.exists()
    assert not Document.objects.filter(key=alone.public_id).exists()
