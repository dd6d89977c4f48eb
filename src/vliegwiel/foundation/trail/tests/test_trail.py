"""What is in the trail stays as it was, and every change is found."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.own_database import own_database
from vliegwiel.foundation.trail import guard, queries
from vliegwiel.foundation.trail.actions.seal_entries import seal_entries
from vliegwiel.foundation.trail.models import Counterfoil, Entry, Result, Seal
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotValid

pytestmark = pytest.mark.django_db
WHEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACTOR = Actor("person", "abcdefghjkmn", "organisatie1")


def some_entries(count: int) -> list[Entry]:
    with clock.at(WHEN):
        return [
            record(actor=ACTOR, action="try-it", subject=Reference("thing", str(number), "Naam van iemand", "/ding"))
            for number in range(count)
        ]


def tamper(sql: str) -> None:
    guard.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_entry_has_action_object_result_origin_actor_and_time_and_no_title() -> None:
    entry = some_entries(1)[0]
    entry.refresh_from_db()
    assert (entry.action, entry.object_kind, entry.object_id, entry.result) == ("try-it", "thing", "0", "gedaan")
    assert (entry.origin, entry.actor_id, entry.organisation, entry.at) == ("web", ACTOR.id, ACTOR.organisation, WHEN)
    assert "Naam" not in str({field.name: getattr(entry, field.name) for field in Entry._meta.concrete_fields})
    assert entry.computed_hash() == entry.content_hash


@pytest.mark.parametrize("fact", ["Jan Jansen", "jan@voorbeeld.nl", "een lange zin", "Zoë"])
def test_a_name_a_text_or_an_address_does_not_fit_in_a_fact(fact: str) -> None:
    with pytest.raises(ValueError, match="never names"):
        record(actor=ACTOR, action="try-it", subject=Reference("thing", "1", "", ""), facts={"who": fact})
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("table", guard.TABLES)
@pytest.mark.parametrize("act", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_or_delete(table: str, act: str) -> None:
    some_entries(2)
    seal_entries()
    column = "entry_id" if table.endswith("sealedentry") else "id"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table=table, column=column))
    assert queries.verify().broken == ""


def test_a_whole_trail_verifies_and_says_how_long_its_unsealed_tail_is() -> None:
    some_entries(3)
    assert seal_entries() == 3
    assert seal_entries() == 0
    some_entries(2)
    found = queries.verify()
    assert (found.entries, found.seals, found.unsealed, found.oldest_unsealed, found.broken) == (5, 1, 2, WHEN, "")


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE trail_entry SET result = 'geweigerd' WHERE object_id = '1'", "in zegel 1 is veranderd"),
        ("UPDATE trail_entry SET result = 'geweigerd' WHERE object_id = '8'", "nog niet verzegeld"),
        ("DELETE FROM trail_entry WHERE object_id = '8'", "weggehaald of veranderd voordat"),
        ("UPDATE trail_entry SET content_hash = 'x' WHERE object_id = '7'", "weggehaald of veranderd voordat"),
        ("DELETE FROM trail_counterfoil WHERE entry_id = (SELECT MAX(id) FROM trail_entry)", "buiten het logboek om"),
        (
            "DELETE FROM trail_sealedentry WHERE entry_id = (SELECT MIN(id) FROM trail_entry WHERE object_id = '1')",
            "had 3 regels",
        ),
        ("UPDATE trail_seal SET sealed_at = '2020-01-01 00:00:00' WHERE number = 1", "klopt niet met zijn regels"),
        ("UPDATE trail_seal SET previous_hash = 'x' WHERE number = 2", "volgt niet"),
        ("UPDATE trail_seal SET number = 7 WHERE number = 2", "zegel 2 ontbreekt"),
        ("DELETE FROM trail_sealedentry WHERE seal_id = (SELECT id FROM trail_seal WHERE number = 2)", "zonder zijn regels"),
    ],
)
def test_tampering_with_the_guard_taken_away_is_found(sql: str, says: str) -> None:
    some_entries(3)
    seal_entries()
    some_entries(5)
    seal_entries()
    some_entries(9)
    tamper(sql)
    assert says in queries.verify().broken


def test_an_entry_taken_away_before_it_is_sealed_is_still_missed_after_sealing() -> None:
    some_entries(3)
    tamper("DELETE FROM trail_entry WHERE object_id = '1'")
    assert seal_entries() == 2
    assert "weggehaald of veranderd voordat" in queries.verify().broken


def test_a_counterfoil_may_go_once_its_entry_is_sealed_and_not_before() -> None:
    some_entries(2)
    for act in ("DELETE FROM trail_counterfoil", "UPDATE trail_counterfoil SET content_hash = 'x'"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
    assert seal_entries() == 2
    assert not Counterfoil.objects.exists()
    assert queries.verify().broken == ""


def test_sealing_reads_what_waits_and_not_the_trail_that_is_sealed() -> None:
    some_entries(30)
    seal_entries()
    some_entries(2)
    with CaptureQueriesContext(connection) as asked:
        seal_entries()
    selects = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert all("trail_counterfoil" in sql or "trail_seal" in sql for sql in selects)
    assert not any("LEFT OUTER JOIN" in sql for sql in selects)


def test_an_entry_names_the_province_of_what_it_is_about_or_of_who_acts() -> None:
    acting = Actor("person", "abcdefghjkmn", "organisatie1", province="PV98")
    assert record(actor=acting, action="try-it", subject=Reference("thing", "1", "", "")).province == "PV98"
    assert record(actor=acting, action="try-it", subject=Reference("thing", "1", "", ""), province="PV99").province == "PV99"
    assert record(actor=ACTOR, action="try-it", subject=Reference("thing", "1", "", "")).province == ""


@pytest.mark.parametrize("province", ["", "Gelderland", "GM1876"])
def test_an_act_on_what_a_province_owns_is_not_kept_without_its_province(province: str) -> None:
    with pytest.raises(ValueError, match="belongs to a province"):
        record(actor=ACTOR, action="give-role", subject=Reference("role", "1", "", ""), province=province)
    assert not Entry.objects.exists()


def test_a_refusal_by_someone_without_a_province_is_kept_all_the_same() -> None:
    @recorded("give-role", kind="role")
    def give(*, actor: Actor, province: str) -> None:
        raise NotAllowed("Dit mag niet.")

    for asked in ("PV99", "nergens"):
        with pytest.raises(NotAllowed):
            give(actor=ACTOR, province=asked)
    assert [entry.province for entry in Entry.objects.order_by("pk")] == ["PV99", ""]


def test_an_end_that_was_cut_off_is_found_with_a_seal_that_was_written_down() -> None:
    some_entries(2)
    seal_entries()
    some_entries(2)
    seal_entries()
    written_down = Seal.objects.get(number=2).hash
    tamper("DELETE FROM trail_sealedentry WHERE seal_id = (SELECT id FROM trail_seal WHERE number = 2)")
    tamper("DELETE FROM trail_seal WHERE number = 2")
    assert "buiten het logboek om" in queries.verify().broken
    tamper("DELETE FROM trail_entry WHERE id > (SELECT MAX(entry_id) FROM trail_sealedentry)")
    assert queries.verify().broken == ""
    assert "staat niet meer in de keten" in queries.verify(known=written_down).broken


@recorded("open-door", kind="door", about=lambda arguments: str(arguments["door"]))
def open_door(*, actor: Actor, door: str, how: str) -> str:
    with transaction.atomic():
        record(actor=actor, action="open-door", subject=Reference("door", door, "", ""))
        if how == "locked":
            raise NotAllowed("Deze deur is op slot.", code="locked")
        if how == "broken":
            raise ZeroDivisionError
    return door


def test_a_refusal_changes_nothing_and_still_leaves_an_entry() -> None:
    with pytest.raises(NotAllowed):
        open_door(actor=ACTOR, door="d1", how="locked")
    entry = Entry.objects.get()
    assert (entry.action, entry.object_id, entry.result, entry.reason) == ("open-door", "d1", Result.REFUSED, "locked")


def test_a_text_that_someone_typed_as_object_is_left_out_and_the_refusal_is_kept() -> None:
    @recorded("find-door", kind="door", about=lambda arguments: str(arguments["door"]))
    def find_door(*, actor: Actor, door: str) -> str:
        raise NotValid(f"De deur {door} kennen we niet.")

    with pytest.raises(NotValid):
        find_door(actor=ACTOR, door="de deur van Jan Jansen")
    assert [(entry.object_id, entry.result) for entry in Entry.objects.all()] == [("", Result.REFUSED)]


def test_a_fault_leaves_an_entry_too() -> None:
    with pytest.raises(ZeroDivisionError):
        open_door(actor=ACTOR, door="d1", how="broken")
    assert [(entry.result, entry.reason) for entry in Entry.objects.all()] == [(Result.FAILED, "ZeroDivisionError")]


def test_of_an_action_within_an_action_only_the_outer_refusal_is_kept() -> None:
    @recorded("open-house", kind="house")
    def open_house(*, actor: Actor) -> str:
        return open_door(actor=actor, door="d1", how="locked")

    with pytest.raises(NotAllowed):
        open_house(actor=ACTOR)
    assert [entry.action for entry in Entry.objects.all()] == ["open-house"]


def test_the_filter_narrows_by_every_field_and_by_days_in_amsterdam() -> None:
    with clock.at(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)):
        record(actor=ACTOR, action="late", subject=Reference("thing", "1", "", ""))
    some_entries(1)
    day = WHEN.date()
    assert queries.entries(queries.Filter(since=day, until=day)).count() == 2
    assert queries.entries(queries.Filter(until=day - timedelta(days=1))).count() == 0
    assert queries.entries(queries.Filter(action="late", actor=ACTOR.id, object="1", result="gedaan")).count() == 1


def test_the_command_stops_at_the_first_broken_place() -> None:
    some_entries(3)
    seal_entries()
    tamper("UPDATE trail_entry SET action = 'other' WHERE object_id = '1'")
    from click.testing import CliRunner

    from vliegwiel.foundation.trail.cli import trail

    result = CliRunner().invoke(trail, ["verify"])
    assert isinstance(result.exception, NotValid)
    assert "is veranderd" in result.exception.message


CONCURRENT = """
import threading, django
django.setup()
from django.db import connection
from vliegwiel.foundation.trail.actions.seal_entries import seal_entries
from vliegwiel.foundation.trail.public import record
from vliegwiel.foundation.trail import queries
from vliegwiel.kernel.actor import Actor, Reference
faults = []
def busy():
    try:
        for number in range(20):
            record(actor=Actor.system("job"), action="try-it", subject=Reference("thing", str(number), "", ""))
            seal_entries()
    except Exception as fault:
        faults.append(repr(fault))
    finally:
        connection.close()
threads = [threading.Thread(target=busy) for _ in range(6)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
seal_entries()
found = queries.verify()
print(faults, found.entries, found.unsealed, found.broken, found.seals > 1)
"""


def test_many_sealers_at_once_make_one_chain(tmp_path: Path) -> None:
    with own_database(tmp_path) as environment:
        settings = {**environment, "DJANGO_SETTINGS_MODULE": "vliegwiel.entry.settings"}
        done = subprocess.run([sys.executable, "-c", CONCURRENT], env=settings, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[] 120 0  True", done.stderr
