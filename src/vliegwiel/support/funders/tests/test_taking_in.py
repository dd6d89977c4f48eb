"""Decisions of the fund come in, two persons book them, and every cent stands in the ledger and the register."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from vliegwiel.foundation.budgets.public import ceiling_of, entries_of
from vliegwiel.foundation.budgets.tests.given import a_ceiling
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.actions import take_in_decisions
from vliegwiel.support.funders.actions.take_in_decisions import (
    book_intake,
    prepare_intake,
    return_intake,
    settle_fund_decision,
    try_decisions,
)
from vliegwiel.support.funders.models import FundDecision, FunderAgreement, Intake
from vliegwiel.support.funders.models.agreement import FUND
from vliegwiel.support.funders.models.agreement import PROVINCE as OURS
from vliegwiel.support.funders.retention import HOLDINGS, RULES
from vliegwiel.support.funders.rules import Promise
from vliegwiel.support.funders.stand import stand_of
from vliegwiel.support.funders.standing import booked_about
from vliegwiel.support.funders.tests.given import (
    CROWD,
    EURO,
    FUND_NAME,
    a_file,
    a_row,
    agreed,
    booked,
    changed,
    laid_ready,
)
from vliegwiel.support.grants.tests.officers import a_call, a_signer, an_officer, days_later
from vliegwiel.support.register.models import RegisterEntry
from vliegwiel.support.register.queries import givers_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_the_provinces_half_is_committed_under_its_ceiling_and_both_givers_are_named() -> None:
    agreement = agreed()
    booked(agreement, a_row(bedrag="6.000,01"))
    made = FundDecision.objects.get()
    assert (made.province_money + made.fund_money, made.number) == (Money(600_001), "F2026-00001")
    (entry,) = entries_of(booked_about(made))
    assert (entry.kind, entry.amount, entry.ceiling) == ("commit", made.province_money, made.terms.ceiling)
    assert ceiling_of(made.terms.ceiling).used == made.province_money
    listed = RegisterEntry.objects.get()
    assert (listed.number, listed.money, listed.recipient) == (made.number, made.province_money, "Stichting Verzonnen F-1")
    (giver,) = givers_of(PROVINCE, [listed.number])[listed.number]
    assert (giver.name, giver.money) == (FUND_NAME, made.fund_money)
    with clock.at(clock.now() + timedelta(days=2)):
        record = Client().get(f"/api/v1/subsidies/{listed.number}").json()
    assert record["medegevers"] == [{"naam": FUND_NAME, "bedrag": made.fund_money.cents / 100}]


def test_who_prepared_it_does_not_book_it_and_a_mandate_must_reach() -> None:
    agreement = agreed()
    intake = laid_ready(agreement)
    for actor in (an_officer(), an_officer(2)):
        with pytest.raises(NotAllowed):
            book_intake(actor=actor, intake=intake.public_id, seen=intake.content_hash)
    with pytest.raises(NotValid):
        book_intake(actor=a_signer(), intake=intake.public_id, seen="anders")
    assert not FundDecision.objects.exists()
    return_intake(actor=a_signer(), intake=intake.public_id, why="Er mist een brief.")
    with pytest.raises(NotNow):
        book_intake(actor=a_signer(), intake=intake.public_id, seen=intake.content_hash)


def test_the_same_file_again_changes_nothing_and_another_row_with_that_number_is_refused() -> None:
    agreement = agreed()
    booked(agreement)
    trial = try_decisions(actor=an_officer(), agreement=agreement.public_id, data=a_file(a_row()))
    assert [item.what for item in trial.rows] == ["known"]
    with pytest.raises(NotNow, match="niets dat geboekt"):
        laid_ready(agreement)
    with pytest.raises(NotValid) as refusal:
        laid_ready(agreement, a_row(bedrag="5.000"), a_row("F-2"))
    assert "met andere gegevens" in refusal.value.details[0]


def test_when_one_side_runs_dry_it_says_so_and_nothing_more_is_matched_that_year() -> None:
    agreement = agreed(promised={2026: Promise(EURO(5_000), EURO(5_000))})
    trial = booked(agreement, a_row("F-1", bedrag="6000"), a_row("F-2", bedrag="9000"), a_row("F-3", bedrag="1000"))
    assert [item.what for item in trial.rows] == ["new", "stopped", "stopped"]
    assert "is op" in trial.rows[1].why
    with pytest.raises(NotNow):
        laid_ready(agreement, a_row("F-4", bedrag="100"))
    stand = stand_of(agreement)
    assert [stand.of(2026, side).left for side in (OURS, FUND)] == [EURO(2_000), EURO(2_000)]
    assert any(item.dry for item in stand_of(FunderAgreement.objects.get()).years)
    changed(FunderAgreement.objects.get(), promised={2026: Promise(EURO(9_000), EURO(9_000))})
    assert [item.what for item in booked(FunderAgreement.objects.get(), a_row("F-2", bedrag="9000")).rows] == ["new"]


def test_a_ceiling_with_less_than_was_promised_stops_the_match_too() -> None:
    agreement = agreed(ceiling=a_ceiling(EURO(3_500)).id)
    trial = booked(agreement, a_row("F-1", bedrag="6000"), a_row("F-2", bedrag="2000"))
    assert [item.what for item in trial.rows] == ["new", "stopped"]
    assert "de provincie" in trial.rows[1].why


def test_an_initiative_gets_no_more_than_its_cap_in_a_year_also_over_two_files() -> None:
    agreement = agreed()
    same = {"ontvanger": "Stichting  Dezelfde"}
    booked(agreement, a_row("F-1", bedrag="6000", **same))
    trial = booked(agreement, a_row("F-2", bedrag="5000", **same), a_row("F-3", bedrag="4000", **same))
    assert [item.what for item in trial.rows] == ["stopped", "new"]
    assert "4.000" in trial.rows[0].why


def test_an_award_above_the_cap_per_award_is_not_booked() -> None:
    trial = booked(agreed(), a_row("F-1", bedrag="10.000,01"), a_row("F-2", bedrag="10.000"))
    assert [item.what for item in trial.rows] == ["stopped", "new"]


def test_of_a_refusal_only_that_it_happened_is_kept() -> None:
    booked(agreed(), a_row("F-1"), a_row("F-2", uitkomst="afgewezen"))
    kept = FundDecision.objects.get(outcome="refused")
    assert (kept.recipient, kept.title, kept.number, kept.initiative) == ("", "", None, "")
    assert all("F-2" not in str(row["recipient"]) for row in Intake.objects.get().rows)
    assert RegisterEntry.objects.get(kind="refusal").amount == 0


def test_a_group_without_a_legal_form_is_not_named_in_the_register() -> None:
    booked(agreed(), a_row(organisatie="nee", ontvanger="Groep van Jan Verzonnen"))
    assert RegisterEntry.objects.get().recipient_name == "particulier"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nummer": ""}, "nummer is leeg"),
        ({"uitkomst": "misschien"}, "toegekend of afgewezen"),
        ({"besluit": "gisteren"}, "geen datum"),
        ({"besluit": "01-01-2030"}, "toekomst"),
        ({"besluit": "01-01-2020"}, "geen getekende afspraak"),
        ({"bedrag": "veel"}, "geen bedrag"),
        ({"bedrag": "0,50"}, "minder dan een euro"),
        ({"kvk": "12"}, "acht cijfers"),
        ({"organisatie": ""}, "ja of nee"),
        ({"gemeente": "Nergensdam"}, "code"),
    ],
)
def test_a_row_that_is_wrong_stops_the_whole_file_and_says_why(change: dict[str, str], said: str) -> None:
    agreement = agreed()
    with pytest.raises(NotValid) as refusal:
        laid_ready(agreement, a_row("F-1"), {**a_row("F-2"), **change})
    assert said in " ".join(refusal.value.details)
    assert not Intake.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"nummer;\x00", b"a;b\n1;2", b'nummer;"\n', b"x" * 1_000_001])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    agreement = agreed()
    with pytest.raises(NotValid):
        prepare_intake(actor=an_officer(), agreement=agreement.public_id, data=data)


def test_who_read_an_older_state_of_the_agreement_books_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = agreed()
    intake = laid_ready(agreement)
    read = take_in_decisions.intake_named

    def while_another_books(name: str) -> Intake:
        found = read(name)
        FunderAgreement.objects.filter(pk=agreement.pk).update(revision=F("revision") + 1)
        return found

    monkeypatch.setattr(take_in_decisions, "intake_named", while_another_books)
    with pytest.raises(NotNow, match="Iemand anders"):
        book_intake(actor=a_signer(), intake=intake.public_id, seen=intake.content_hash)
    assert not FundDecision.objects.exists()


def test_a_quarter_of_the_crowd_unlocks_half_of_the_province_up_to_five_thousand() -> None:
    promised = {2026: Promise(EURO(8_000), Money(0))}
    caps = {"per_award": EURO(5_000), "per_initiative": EURO(5_000), "unlock": 25, "share": 50}
    agreement = agreed(a_call(CROWD), kind="crowd", promised=promised, **caps)

    def plan(number: str, costs: str, raised: str, amount: str) -> dict[str, str]:
        return a_row(number, kosten=costs, opgehaald=raised, bedrag=amount)

    with pytest.raises(NotValid, match="klopt iets niet"):
        laid_ready(agreement, plan("C-0", "4000", "1000", "2500"))
    trial = booked(
        agreement,
        plan("C-1", "4000", "999,99", "2000"),
        plan("C-2", "4000", "1000", "2000"),
        plan("C-3", "20000", "5000", "5000"),
        plan("C-4", "4000", "1000", "2000"),
    )
    assert [item.what for item in trial.rows] == ["stopped", "new", "new", "stopped"]
    assert "25 procent" in trial.rows[0].why
    assert stand_of(agreement).of(2026, OURS).left == EURO(1_000)
    number = FundDecision.objects.order_by("pk")[0].number or ""
    assert [(item.name, item.money) for item in givers_of(PROVINCE, [number])[number]] == [
        (f"inwoners, via {FUND_NAME}", EURO(1_000))
    ]


def test_what_the_fund_settles_lower_is_free_again_and_the_register_follows() -> None:
    agreement = agreed(promised={2026: Promise(EURO(3_000), EURO(3_000))})
    booked(agreement, a_row("F-1"), a_row("F-2", bedrag="100"))
    made = FundDecision.objects.get()
    with days_later(30):
        settle_fund_decision(actor=an_officer(), decision=made.number or "", total=EURO(4_000), why="Minder kosten.")
        pair = stand_of(agreement).pairs[0]
        assert (pair.province, pair.fund, pair.settled) == (EURO(2_000), EURO(2_000), True)
        assert RegisterEntry.objects.get().changes.get().money == EURO(2_000)
        with pytest.raises(NotNow):
            settle_fund_decision(actor=an_officer(), decision=made.number or "", total=EURO(1), why="Nog minder.")
        assert [item.what for item in booked(FunderAgreement.objects.get(), a_row("F-2", bedrag="100")).rows] == ["new"]
    with pytest.raises(NotValid):
        settle_fund_decision(actor=an_officer(), decision=made.number or "", total=EURO(6_000), why="Gelijk.")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_over_any_files_both_sides_give_the_same_within_a_cent_and_the_ledger_agrees(seed: int) -> None:
    chance = Random(seed)
    agreement = agreed()
    for file in range(2):
        rows = [a_row(f"F-{file}-{place}", bedrag=f"{chance.randint(1, 8000)},{chance.randint(0, 99):02d}") for place in range(4)]
        with suppress(NotNow):
            booked(FunderAgreement.objects.get(), *rows)
    stand = stand_of(agreement)
    assert stand.pairs
    assert all(pair.even for pair in stand.pairs)
    assert abs(stand.total(OURS).cents - stand.total(FUND).cents) <= 1
    assert all(item.put_in <= item.promised for item in stand.years)
    assert stand.total(OURS).cents == sum(row.province_cents for row in FundDecision.objects.all())
    assert verify().broken == []


def test_the_name_of_a_resident_goes_after_ten_years_and_the_amounts_and_organisations_stay() -> None:
    agreement = agreed()
    booked(agreement, a_row("F-1", ontvanger="V. Zonnen", organisatie="nee", waarvoor="Een bank"), a_row("F-2"))
    of_resident, of_organisation = FundDecision.objects.order_by("fund_number")
    before = FundDecision.objects.filter(pk=of_organisation.pk).values().get()
    rule, holding = RULES[0], next(item for item in HOLDINGS if item.room == "funders-decisions")
    ended = list(rule.ended(PROVINCE, "fund-decision", of_resident.decided_on))
    assert [item.id for item in ended] == [of_resident.public_id]
    assert not list(rule.ended(PROVINCE, "fund-decision", of_resident.decided_on - timedelta(days=1)))
    about = frozenset({("fund-decision", of_resident.public_id)})
    assert holding.destroy(about, holding.rows(about)) == 1
    kept = FundDecision.objects.get(pk=of_resident.pk)
    assert (kept.recipient, kept.title, kept.initiative, kept.province_cents) == ("", "", "", of_resident.province_cents)
    assert FundDecision.objects.filter(pk=of_organisation.pk).values().get() == before
    assert [row["number"] for row in Intake.objects.get().rows] == ["F-2"]
    assert rule.ended_one(of_resident.public_id) is None
    assert verify().holds
