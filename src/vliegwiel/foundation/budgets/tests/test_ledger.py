"""The ledger: what each act moves, that it is booked once, and that it is never changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from vliegwiel.foundation.budgets import guard
from vliegwiel.foundation.budgets.models import Balance, BudgetLine, Ceiling, DayTotal, Entry
from vliegwiel.foundation.budgets.public import (
    Beyond,
    ceiling_of,
    commit,
    correct,
    entries_of,
    pay,
    position,
    release,
    reserve,
    take_back,
)
from vliegwiel.foundation.budgets.tests.given import a_ceiling, a_line, about
from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.foundation.trail.models import Entry as TrailEntry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
EURO = Money.euros


@pytest.fixture(autouse=True)
def on_a_monday():
    with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        yield


def stand(line: str, on: date = TODAY) -> tuple[int, ...]:
    """Euros of credit, free, reserved, committed, paid, returned, lapsed."""
    found = position(line, on)
    assert found.balanced
    return tuple(getattr(found, name).cents // 100 for name in found.__dataclass_fields__)


def everything() -> list[object]:
    """All that a refusal may not change."""
    return [list(model.objects.order_by("pk").values()) for model in (Entry, Balance, DayTotal, BudgetLine, Ceiling)]


def test_money_goes_from_free_to_reserved_to_committed_to_paid_and_back() -> None:
    ceiling = a_ceiling(EURO(100_000))
    given = {"actor": SYSTEM, "about": about()}
    reserve(**given, ceiling=ceiling.id, amount=EURO(40_000), received_on=TODAY, key="asked")
    assert stand(ceiling.line) == (100_000, 60_000, 40_000, 0, 0, 0, 0)
    commit(**given, ceiling=ceiling.id, amount=EURO(30_000), received_on=TODAY, key="granted", from_reserved=EURO(40_000))
    assert stand(ceiling.line) == (100_000, 70_000, 0, 30_000, 0, 0, 0)
    pay(**given, amount=EURO(20_000), key="advance", on=TODAY)
    release(**given, amount=EURO(5_000), key="lower", reason="Lager vastgesteld.")
    take_back(**given, amount=EURO(2_000), key="back")
    assert stand(ceiling.line) == (100_000, 77_000, 0, 5_000, 20_000, 2_000, 0)
    assert ceiling_of(ceiling.id).used == EURO(23_000)
    assert [entry.kind for entry in entries_of(about())] == ["reserve", "commit", "pay", "release", "take_back"]
    assert [entry.number for entry in entries_of(about())] == [2, 3, 4, 5, 6]


def test_the_same_act_on_the_same_file_is_booked_once() -> None:
    ceiling = a_ceiling()
    act = {"actor": SYSTEM, "ceiling": ceiling.id, "amount": EURO(10), "about": about(), "received_on": TODAY, "key": "granted"}
    assert commit(**act) == commit(**act)
    assert stand(ceiling.line)[3] == 10
    with pytest.raises(NotNow) as refused:
        commit(**{**act, "amount": EURO(11)})
    assert refused.value.code == "key-used"
    commit(**{**act, "about": about(2)})
    assert stand(ceiling.line)[3] == 20


def test_a_commitment_that_would_pass_the_ceiling_is_refused_and_changes_nothing() -> None:
    ceiling = a_ceiling(EURO(100), credit=EURO(1_000))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(1), received_on=TODAY, key="granted")
    before = everything()
    with pytest.raises(NotNow, match="Er is nog") as refused:
        commit(actor=SYSTEM, ceiling=ceiling.id, amount=Money(4_001), about=about(2), received_on=TODAY, key="granted")
    assert refused.value.code == "ceiling"
    assert everything() == before
    last = TrailEntry.objects.latest("pk")
    assert (last.action, last.result, last.reason) == ("commit-money", "geweigerd", "ceiling")
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(40), about=about(2), received_on=TODAY, key="granted")
    assert ceiling_of(ceiling.id).free == EURO(0)


def test_a_part_of_a_ceiling_is_bound_by_the_wider_one() -> None:
    wide = a_ceiling(EURO(100), credit=EURO(1_000))
    north = a_ceiling(EURO(80), line=wide.line, within=wide.id, name="Noord")
    south = a_ceiling(EURO(80), line=wide.line, within=wide.id, name="Zuid")
    commit(actor=SYSTEM, ceiling=north.id, amount=EURO(70), about=about(1), received_on=TODAY, key="granted")
    assert (ceiling_of(wide.id).used, ceiling_of(south.id).free) == (EURO(70), EURO(30))
    with pytest.raises(NotNow, match="Plafond Nergensgeld"):
        commit(actor=SYSTEM, ceiling=south.id, amount=EURO(31), about=about(2), received_on=TODAY, key="granted")
    with pytest.raises(NotNow, match="Noord"):
        commit(actor=SYSTEM, ceiling=north.id, amount=EURO(11), about=about(3), received_on=TODAY, key="granted")
    assert ceiling_of(wide.id).used == EURO(70)


def test_without_credit_nothing_is_committed() -> None:
    ceiling = a_ceiling(EURO(100), credit=EURO(50))
    before = everything()
    with pytest.raises(NotNow, match="Vraag eerst krediet aan") as refused:
        commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(51), about=about(), received_on=TODAY, key="granted")
    assert (refused.value.code, everything()) == ("credit", before)


GROUND = {"article": "4:25(3)", "reason": "Het bezwaar is gegrond.", "second_signature": "tweedepersoon"}


def test_only_a_ground_goes_past_a_ceiling_and_another_line_carries_it() -> None:
    ceiling, other = a_ceiling(EURO(100)), a_line(EURO(500))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(100), about=about(1), received_on=TODAY, key="granted")
    act = {
        "actor": SYSTEM,
        "ceiling": ceiling.id,
        "amount": EURO(70),
        "about": about(2),
        "received_on": TODAY,
        "key": "objection",
    }
    with pytest.raises(NotNow):
        commit(**act)
    entry = commit(**act, beyond=Beyond(**GROUND, line=other))
    assert (entry.kind, entry.article, entry.second, entry.line) == ("commit_beyond", "4:25(3)", "tweedepersoon", other)
    assert (stand(ceiling.line)[3], stand(other)[3]) == (100, 70)
    assert ceiling_of(ceiling.id).used == EURO(100)
    assert Ceiling.objects.get(public_id=ceiling.id).beyond == 70_00
    pay(actor=SYSTEM, about=about(2), amount=EURO(70), key="paid", on=TODAY)
    assert stand(other)[4] == 70


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        ({"article": "4:46(2)"}, NotValid, "no-ground"),
        ({"reason": " "}, NotValid, "no-reason"),
        ({"second_signature": ""}, NotAllowed, "second-signature"),
        ({"second_signature": SYSTEM.id}, NotAllowed, "second-signature"),
    ],
)
def test_past_a_ceiling_needs_article_reason_and_a_second_person(change: dict[str, str], kind: type[Refusal], code: str) -> None:
    ceiling = a_ceiling(EURO(100))
    before = everything()
    with pytest.raises(kind) as refused:
        commit(
            actor=SYSTEM,
            ceiling=ceiling.id,
            amount=EURO(1),
            about=about(),
            received_on=TODAY,
            key="objection",
            beyond=Beyond(**{**GROUND, **change}, line=ceiling.line),
        )
    assert (refused.value.code, everything()) == (code, before)


def test_the_database_itself_refuses_what_passes_a_ceiling_without_a_ground() -> None:
    ceiling = a_ceiling(EURO(100), credit=EURO(1_000))
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceiling.objects.filter(public_id=ceiling.id).update(granted=100_01)
    entry = commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(100), about=about(), received_on=TODAY, key="granted")
    copy = Entry.objects.get(public_id=entry.id)
    copy.pk, copy.public_id, copy.key, copy.number, copy.standing = None, "zonderplafon", "again", 99, 200_00
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    for change in (
        {"kind": "commit_beyond"},
        {"kind": "commit_beyond", "article": "4:25(3)", "second": copy.by, "reason_hash": "x"},
    ):
        for name, value in {**change, "standing": None, "limit": None}.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


def test_a_budget_line_keeps_its_identity_in_the_database() -> None:
    line = a_line(EURO(100))
    for change in ({"free": 99_99}, {"free": -1, "reserved": 100_01}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetLine.objects.filter(public_id=line).update(**change)


@pytest.mark.parametrize(
    ("table", "act"),
    [
        (table, act)
        for table, acts in guard.TABLES.items()
        for name, act in (("update", "UPDATE {table} SET {column} = {column}"), ("delete", "DELETE FROM {table}"))
        if name in acts
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(table: str, act: str) -> None:
    ceiling = a_ceiling()
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(10), about=about(), received_on=TODAY, key="granted")
    release(actor=SYSTEM, about=about(), amount=EURO(1), key="less", reason="Ingetrokken.")
    column = "entry_id" if table == "budgets_entryreason" else "id"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table=table, column=column))


def test_a_mistake_is_corrected_by_a_counter_entry_and_stays_visible() -> None:
    ceiling = a_ceiling(EURO(100))
    wrong = commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(), received_on=TODAY, key="granted")
    with clock.at(datetime(2026, 3, 9, 9, 0, tzinfo=UTC)):
        back = correct(actor=SYSTEM, entry=wrong.id, reason="Verkeerd dossier.")
        assert correct(actor=SYSTEM, entry=wrong.id, reason="Verkeerd dossier.") == back
        assert stand(ceiling.line, date(2026, 3, 9))[3] == 0
    assert (back.kind, back.corrects, back.reason, back.on) == ("correct", wrong.id, "Verkeerd dossier.", date(2026, 3, 9))
    assert stand(ceiling.line, TODAY)[3] == 60
    assert ceiling_of(ceiling.id).used == EURO(0)


def test_a_correction_that_can_no_longer_be_made_changes_nothing() -> None:
    ceiling = a_ceiling(EURO(100))
    granted = commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(1), received_on=TODAY, key="granted")
    freed = release(actor=SYSTEM, about=about(1), amount=EURO(20), key="less", reason="Lager.")[0]
    pay(actor=SYSTEM, about=about(1), amount=EURO(40), key="paid", on=TODAY)
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(2), received_on=TODAY, key="granted")
    before = everything()
    for entry, code in ((granted.id, "not-there"), (freed.id, "ceiling")):
        with pytest.raises(NotNow) as refused:
            correct(actor=SYSTEM, entry=entry, reason="Fout.")
        assert (refused.value.code, everything()) == (code, before)


def test_more_than_stands_is_not_released_paid_or_taken_back() -> None:
    ceiling = a_ceiling(EURO(100))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(1), received_on=TODAY, key="granted")
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(40), about=about(2), received_on=TODAY, key="granted")
    pay(actor=SYSTEM, about=about(1), amount=EURO(10), key="paid", on=TODAY)
    before = everything()
    for act in (
        lambda: release(actor=SYSTEM, about=about(1), amount=Money(50_01), key="a", reason="Lager."),
        lambda: pay(actor=SYSTEM, about=about(1), amount=Money(50_01), key="b", on=TODAY),
        lambda: take_back(actor=SYSTEM, about=about(1), amount=Money(10_01), key="c"),
        lambda: pay(actor=SYSTEM, about=about(3), amount=Money(1), key="d", on=TODAY),
        lambda: pay(actor=SYSTEM, about=about(1), amount=Money(1), key="e", on=TODAY - timedelta(days=1)),
    ):
        with pytest.raises(NotNow):
            act()
        assert everything() == before


@pytest.mark.parametrize("cents", [0, -1])
def test_an_amount_that_is_no_amount_is_refused(cents: int) -> None:
    ceiling = a_ceiling()
    for act in (
        lambda: reserve(actor=SYSTEM, ceiling=ceiling.id, amount=Money(cents), about=about(), received_on=TODAY, key="a"),
        lambda: commit(actor=SYSTEM, ceiling=ceiling.id, amount=Money(cents), about=about(), received_on=TODAY, key="a"),
        lambda: pay(actor=SYSTEM, about=about(), amount=Money(cents), key="a", on=TODAY),
    ):
        with pytest.raises(NotValid):
            act()


def test_a_visitor_books_nothing() -> None:
    ceiling = a_ceiling()
    with pytest.raises(NotAllowed):
        commit(actor=Actor("visitor"), ceiling=ceiling.id, amount=EURO(1), about=about(), received_on=TODAY, key="a")


def test_the_position_is_known_at_any_date() -> None:
    ceiling = a_ceiling(EURO(100))
    for days, cents in ((0, 10), (10, 20), (20, 30)):
        with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC) + timedelta(days=days)):
            commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(cents), about=about(days), received_on=TODAY, key="granted")
    with clock.at(datetime(2026, 4, 1, 9, 0, tzinfo=UTC)):
        pay(actor=SYSTEM, about=about(10), amount=EURO(20), key="paid", on=date(2026, 3, 15))
    days = [date(2026, 3, 1), TODAY, date(2026, 3, 14), date(2026, 3, 15), date(2026, 3, 31)]
    assert [stand(ceiling.line, day)[3:5] for day in days] == [(0, 0), (10, 0), (30, 0), (10, 20), (40, 20)]
