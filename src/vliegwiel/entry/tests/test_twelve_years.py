"""After twelve years of executed retention the trail and the ledger still prove themselves, and no destroyed name is found anywhere."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import TestCase

from vliegwiel.entry.backup import check_backup, make_backup
from vliegwiel.entry.schedule import SCHEDULE
from vliegwiel.foundation.budgets import verification
from vliegwiel.foundation.budgets.files import payment_file
from vliegwiel.foundation.budgets.models import Entry as LedgerEntry
from vliegwiel.foundation.budgets.models import PaymentBatch
from vliegwiel.foundation.jobs import tasks as jobs
from vliegwiel.foundation.people import outbox
from vliegwiel.foundation.people import tasks as people
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.foundation.trail.actions.seal_entries import seal_entries
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import Gone
from vliegwiel.support.archive import tasks
from vliegwiel.support.archive.models import ListedFile, Tombstone
from vliegwiel.support.archive.queries import candidates
from vliegwiel.support.archive.tests.given import BEGIN, a_list, a_withdrawn_file, carried_out, years_later
from vliegwiel.support.desk.actions.note_hours import note_hours
from vliegwiel.support.desk.models import HourEntry
from vliegwiel.support.desk.queries import on_time
from vliegwiel.support.desk.tests import given as asking
from vliegwiel.support.grants import tasks as grants
from vliegwiel.support.grants.actions.exchange_messages import send_message
from vliegwiel.support.grants.made_up import ACCOUNT
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import a_filled_draft, a_resident
from vliegwiel.support.grants.tests.officers import a_decidable_application
from vliegwiel.support.initiatives import tasks as initiatives
from vliegwiel.support.initiatives.actions.follow_place import confirm_follow, follow_place
from vliegwiel.support.initiatives.actions.publish_initiative import withdraw_initiative
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.tests import given as starting
from vliegwiel.support.initiatives.tokens import key_of
from vliegwiel.support.objections.tests import given as objecting
from vliegwiel.support.settlements.tests.given import a_grant, later, paid, recipient, reported, the_bank_pays

pytestmark = pytest.mark.django_db
#: People, addresses and accounts that stand in the files below.
NAMES = (
    "Zonnebloem-Quist",
    "quist@voorbeeld.invalid",
    "quist2@voorbeeld.invalid",
    "bewoner@voorbeeld.invalid",
    "V. Zonnen",
    "quist4@voorbeeld.invalid",
    "buur@voorbeeld.invalid",
    "volger@voorbeeld.invalid",
    "Luchtstraat 12",
    ACCOUNT,
)
#: An organisation that got a grant: it stays in the public register, and nowhere else.
ORGANISATION = "Vereniging Verzonnen Plein"


@pytest.fixture(autouse=True)
def beginning() -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(BEGIN):
        yield


def _everything_happens() -> list[str]:
    """A grant paid and determined, a refusal that was objected to, a withdrawal and a draft; returns the numbers of what was sent."""
    _an_initiative_and_a_follower()
    call = objecting.a_call_to_object_to()
    person = a_resident("quist@voorbeeld.invalid", called="M. Zonnebloem-Quist")
    granted = a_grant()
    send_message(actor=recipient(granted), application=granted.name, text="Groet van M. Zonnebloem-Quist.")
    later(reported(paid(granted)))
    the_bank_pays()
    refusal = objecting.a_refusal(a_decidable_application(call, person=person))
    objection = objecting.an_objection(refusal, grounds="Ik, Zonnebloem-Quist, vind dit niet goed.")
    objecting.concluded(objecting.not_heard(objecting.taken(objection)))
    a_withdrawn_file("quist2@voorbeeld.invalid", call)
    asked = asking.an_enquiry("Wij, Zonnebloem-Quist, zoeken een zaal.", place="", phone="06 12345678")
    asking.a_case(asked)
    note_hours(actor=asking.an_adviser(), enquiry=asked.public_id, minutes=60, on=clock.today(), what="Gebeld met V. Zonnen")
    asking.a_case_closed(asked)
    a_filled_draft(call, person=a_resident("quist3@voorbeeld.invalid", called="K. Zonnebloem-Quist"))
    sent = [number for number in Application.objects.values_list("number", flat=True) if number]
    return [*sent, asked.number, Initiative.objects.get().public_id]


def _an_initiative_and_a_follower() -> None:
    """An initiative with a photo and a message, taken off the site; and someone who follows a theme."""
    taker = starting.a_resident("quist4")
    text = "Mag M. Zonnebloem-Quist ook een keer meedoen?"
    found = starting.with_photo_and_message(taker, text=text, called="V. Zonnen")
    withdraw_initiative(actor=taker, initiative=found.public_id)
    visitor = Actor("visitor")
    follow = follow_place(actor=visitor, province=PROVINCE, address="volger@voorbeeld.invalid", theme="samenleven")
    confirm_follow(actor=visitor, follow=follow.public_id, key=key_of(follow.public_id))


def _found_in_database(*names: str) -> list[str]:
    """Table and column of every text or JSON in which one of the names stands."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # the names are our own tables
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    f"{model._meta.label}.{column}: {name}"
                    for column, value in zip(columns, row, strict=True)
                    for name in names or NAMES
                    if name.lower() in _plain(value)
                ]
    return sorted(set(found))


def _plain(value: object) -> str:
    raw = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
    return raw.lower()


def _found_in(folder: Path) -> list[str]:
    """Files below a folder in which one of the names stands, also when they are packed."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            found += [f"{path.name}: {name}" for name in NAMES if name.encode().lower() in data.lower()]
    return found


def _a_year_of_retention() -> None:
    """What goes by itself goes; what is due is listed, approved by a second person and carried out."""
    grants.discard_old_drafts.call()
    outbox.clear_sent()
    jobs.clear_finished.call()
    initiatives.forget_what_is_done.call()
    people.forget_use.call()
    for province in (PROVINCE, starting.PROVINCE):
        for key in sorted({item.key for item in candidates(province) if item.ready}):
            carried_out(a_list(key, province=province))
    tasks.forget_people.call()
    seal_entries()


def test_no_destroyed_name_is_left_and_trail_and_ledger_still_prove_themselves(tmp_path: Path) -> None:
    home = Path(settings.VLIEGWIEL_HOME)
    with TestCase.captureOnCommitCallbacks(execute=True):
        numbers = _everything_happens()
    answered = on_time(PROVINCE)
    booked = LedgerEntry.objects.count()
    before = {place.rsplit(":", 1)[0] for place in _found_in_database()}
    assert len(before) > 10, "the names stand in many places before"
    papers = sum(1 for path in (home / "papers").rglob("*") if path.is_file())
    assert papers >= 5
    for year in range(1, 13):
        with years_later(year), TestCase.captureOnCommitCallbacks(execute=True):
            _a_year_of_retention()
    with years_later(12, days=2):
        assert sorted(ListedFile.objects.filter(state="done").values_list("number", flat=True)) == sorted(numbers)
        assert not Application.objects.exists()
        assert (on_time(PROVINCE), HourEntry.objects.get().minutes) == (answered, 60), "what is counted stays"
        assert _found_in_database() == []
        assert _found_in_database(ORGANISATION) == [f"register.RegisterEntry.recipient: {ORGANISATION}"]
        assert _found_in(home) == []
        assert [path for path in (home / "papers").rglob("*") if path.is_file()] == []
        place, _manifest = make_backup(tmp_path / "backups")
        assert check_backup(place).row_count > 0
        assert _found_in(tmp_path / "backups") == []
        assert trail.verify().broken == ""
        with pytest.raises(Gone):
            payment_file(PaymentBatch.objects.earliest("pk"))
        checked = verification.verify()
        assert (checked.holds, checked.entries) == (True, booked), checked.broken
    assert {item.number for item in ListedFile.objects.filter(tombstones__name__in=numbers)} == set(numbers)
    assert Tombstone.objects.count() > len(numbers) * 3, "letters and documents have a tombstone too"


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_file_of_the_database_itself_keeps_no_bytes_of_what_is_gone() -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        a_withdrawn_file("quist2@voorbeeld.invalid")
    assert b"quist2@voorbeeld.invalid" in connection.connection.serialize()
    for year in (1, 2, 3):
        with years_later(year), TestCase.captureOnCommitCallbacks(execute=True):
            _a_year_of_retention()
    kept = connection.connection.serialize()
    assert [name for name in NAMES if name.encode() in kept] == []


def test_what_returns_by_the_clock_includes_the_archive() -> None:
    names = {periodic.name for periodic in SCHEDULE}
    assert {periodic.name for periodic in tasks.SCHEDULE} <= names
    assert tasks.carry_on_lists.call() == 0
