"""What we owe for being late, what a reminder costs, a term to account, and a payment that waits: to the cent, each on its article."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vliegwiel.catalogue.interest import dunning_fee
from vliegwiel.foundation.budgets.public import money_about, position
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.papers.public import letters_of, prepare_letter
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.duties import DutyIn
from vliegwiel.support.grants.public import messages_about
from vliegwiel.support.grants.tests.officers import a_call, a_decidable_application, a_signer, an_officer, decided
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.settlements.actions.ask_report import ask_report
from vliegwiel.support.settlements.actions.collect_claim import dun, receive_money, standing
from vliegwiel.support.settlements.actions.determine_interest import determine_interest
from vliegwiel.support.settlements.actions.order_payment import order_payment, suspend_payment
from vliegwiel.support.settlements.actions.tie_payment import tie_payment
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.interest import Receipt, standing_of
from vliegwiel.support.settlements.models import Claim, InterestDecision
from vliegwiel.support.settlements.owed import owed_on
from vliegwiel.support.settlements.pages.work.page import interest_waits
from vliegwiel.support.settlements.tests.given import (
    a_claim,
    a_grant,
    a_grant_by_costs,
    after,
    later,
    paid,
    recipient,
    reported,
    the_bank_pays,
)
from vliegwiel.support.settlements.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
EURO = Money.euros
BOARD = DutyIn("obligation", "4:37", "U hangt een bord op.", evidence="Een foto")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_who_is_paid_late_gets_interest_by_decision_from_a_line_of_its_own_within_six_weeks() -> None:
    file, line = a_grant(), a_line(EURO(1_000), kind="lasten")
    due = file.instalments[0].due_on
    with after(142):
        late = paid(file)
        [row] = owed_on(late)
        days = (clock.today() - due).days - 1
        assert (row.article, row.base, row.since) == ("4:98", EURO(6_000), due)
        assert row.interest == Money(round(6_000_00 * 4 * days / 100 / 365))
        found = determine_interest(actor=a_signer(), application=file.name, line=line)
        assert found.money == row.interest
        letter = next(item for item in letters_of(file.about) if item.id == found.letter)
        assert (letter.kind, "bezwaar maken" in letter.html) == ("interest-decision", True)
        assert owed_on(GrantFile(file.name)) == []
        with pytest.raises(NotNow):
            determine_interest(actor=a_signer(), application=file.name, line=line)
        the_bank_pays()
        about = Reference("interest", found.public_id, "", "")
        assert (money_about(about).paid, money_about(file.about).paid) == (row.interest, EURO(6_000))
        assert position(line).paid == row.interest
    assert verify().broken == []


def test_two_who_lay_down_the_same_interest_at_the_same_moment_pay_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    file, line = a_grant(), a_line(EURO(1_000), kind="lasten")
    with after(142):
        paid(file)
        first, second = a_signer(), a_signer(7)

        def while_the_letter_is_set(**given: Any) -> Any:
            monkeypatch.undo()
            determine_interest(actor=first, application=file.name, line=line)
            return prepare_letter(**given)

        monkeypatch.setattr(f"{determine_interest.__module__}.prepare_letter", while_the_letter_is_set)
        with pytest.raises(NotNow) as refusal:
            determine_interest(actor=second, application=file.name, line=line)
        assert refusal.value.code == "stale"
        [made] = InterestDecision.objects.all()
        assert (made.taken_by, position(line).committed) == (first.id, made.money)
    assert verify().broken == []


def test_a_decision_that_came_too_late_bears_interest_from_the_day_it_should_have_been_paid_told_in_one_sentence() -> None:
    found = a_decidable_application(a_call(advance=[{"share": "75%"}]))
    assert found.due_on is not None
    with after(150):
        decided(found, activity_ends=clock.today() + timedelta(days=100))
        file = paid(GrantFile(found.public_id))
        [row] = owed_on(file)
        since = found.due_on + timedelta(weeks=6)
        assert (row.article, row.base, row.since, row.until) == ("4:100", EURO(6_000), since, clock.today())
        assert row.interest == Money(round(6_000_00 * 4 * ((clock.today() - since).days - 1) / 100 / 365))
        assert len(row.sentence.split()) <= 25
        assert found.public_id in interest_waits("PV99")
        made = determine_interest(actor=a_signer(), application=file.name, line=a_line(EURO(1_000), kind="lasten"))
        assert row.sentence in next(item.html for item in letters_of(file.about) if item.id == made.letter)
        assert row.sentence in browser(recipient(file)).get(f"/mijn/aanvragen/{file.name}/geld").content.decode()


def test_a_determination_that_came_too_late_bears_interest_from_eight_weeks_after_the_report_and_the_six_to_pay() -> None:
    file = reported(paid(a_grant()))
    assert file.settle_by == clock.today() + timedelta(weeks=8)
    with after(200):
        later(file)
        the_bank_pays()
        [row] = owed_on(GrantFile(file.name))
        assert (row.article, row.base) == ("4:100", EURO(2_000))
        assert row.since == file.settle_by + timedelta(weeks=6)


def test_in_time_or_below_ten_euros_nothing_is_owed_and_a_suspicion_stops_the_days() -> None:
    assert owed_on(paid(a_grant())) == []
    few = a_grant()
    with after((few.instalments[0].due_on - clock.today()).days + 10):
        assert owed_on(paid(few)) == [], "ten days over six thousand are less than ten euros"
    held = a_grant()
    suspend_payment(actor=an_officer(), application=held.name, reason="Vermoeden.")
    with after(100):
        paid(held)
        [row] = owed_on(GrantFile(held.name)) or [None]
        assert row is None or row.since == clock.today() - timedelta(days=100) + timedelta(weeks=13)


def test_interest_is_refused_without_mandate_line_or_reason_and_nothing_changes() -> None:
    file, bought = a_grant(), a_line(kind="inkoop")
    with after(142):
        paid(file)
        others = [acting(a_role("controller", email="c@voorbeeld.invalid")), recipient(file), Actor("visitor")]
        signer = a_signer()
        before = snapshot()
        for actor in others:
            with pytest.raises(NotAllowed):
                determine_interest(actor=actor, application=file.name)
        for line in ("", "nergens", bought):
            with pytest.raises(NotValid):
                determine_interest(actor=signer, application=file.name, line=line)
        assert snapshot() == before
        none = determine_interest(actor=signer, application=file.name, why_none="De rekening klopte lang niet.")
        assert (none.amount, InterestDecision.objects.count()) == (0, 1)


def test_a_reminder_may_cost_something_once_and_its_costs_come_in_first() -> None:
    claim = a_claim()
    assert claim.due_on is not None
    with after((claim.due_on - clock.today()).days + 1):
        step = dun(actor=an_officer(), claim=claim.public_id, charge=True)
        assert step.fee_money == dunning_fee(EURO(2_000), claim.arose_on)
        letter = next(item for item in letters_of(GrantFile(claim.application).about) if item.kind == "dunning")
        assert "4:113" in letter.html
        assert standing(Claim.objects.get(pk=claim.pk)).left == EURO(2_000) + step.fee_money
        came = receive_money(
            actor=an_officer(), claim=claim.public_id, amount=EURO(100) + step.fee_money, on=clock.today(), statement="1"
        )
        assert (came.costs, came.interest, came.principal) == (step.fee, 0, 100_00)
        assert money_about(GrantFile(claim.application).about).returned == EURO(100), "what a reminder costs is no grant"
    with after((claim.due_on - clock.today()).days + 40):
        before = snapshot()
        with pytest.raises(NotNow):
            dun(actor=an_officer(), claim=claim.public_id, charge=True)
        assert snapshot() == before
        assert dun(actor=an_officer(), claim=claim.public_id).fee == 0
    assert verify().broken == []


@pytest.mark.parametrize(
    ("debt", "on", "fee"),
    [
        (453, date(2012, 1, 1), 6),
        (454, date(2012, 1, 1), 14),
        (454, date(2013, 1, 1), 15),
        (499, date(2014, 6, 1), 15),
        (499, date(2015, 1, 1), 7),
        (500, date(2015, 1, 1), 15),
        (500, date(2022, 12, 31), 16),
        (499, date(2023, 1, 1), 8),
        (500, date(2023, 12, 31), 18),
        (500, date(2024, 1, 1), 19),
        (499, date(2024, 12, 31), 8),
        (499, date(2025, 1, 1), 9),
        (500, date(2025, 1, 1), 20),
    ],
)
def test_the_costs_of_a_reminder_are_those_of_the_act_on_the_day_the_duty_to_pay_arose(debt: int, on: date, fee: int) -> None:
    assert dunning_fee(EURO(debt), on) == EURO(fee)


def test_costs_count_from_the_day_of_the_reminder_only() -> None:
    due, rates = date(2026, 1, 1), ((date(2024, 1, 1), 0),)
    early = standing_of(EURO(100), due, [Receipt(date(2026, 2, 1), EURO(50))], rates, date(2026, 4, 1))
    fee = [Receipt(date(2026, 3, 1), EURO(7))]
    later_on = standing_of(EURO(100), due, [Receipt(date(2026, 2, 1), EURO(50))], rates, date(2026, 4, 1), fees=fee)
    assert (early.left, later_on.left, later_on.splits[0]) == (EURO(50), EURO(57), (EURO(50), Money(0), Money(0)))


def test_a_term_to_account_is_set_only_when_the_day_passed_and_for_two_weeks_at_least() -> None:
    file = paid(a_grant_by_costs())
    assert file.report_by is not None
    with pytest.raises(NotNow):
        ask_report(actor=an_officer(), application=file.name, until=file.report_by + timedelta(days=30))
    with after((file.report_by - clock.today()).days + 1):
        officer = an_officer()
        before = snapshot()
        with pytest.raises(NotValid):
            ask_report(actor=officer, application=file.name, until=clock.today() + timedelta(days=13))
        assert snapshot() == before
        until = clock.today() + timedelta(days=20)
        ask_report(actor=officer, application=file.name, until=until)
        assert GrantFile(file.name).report_by == until
        assert reported(GrantFile(file.name)).grant.state == "reported", "and the recipient can still account"


def test_a_payment_waits_for_an_obligation_and_the_recipient_hears_it_in_her_file() -> None:
    file = a_grant(duties=(BOARD,))
    item, duty, officer = file.instalments[0], file.duties[0], an_officer()
    before = snapshot()
    for wrong, why in ((duty.id, " "), (None, "Zo.")):
        with pytest.raises((NotValid, NotNow)):
            tie_payment(actor=officer, application=file.name, instalment=item.id, duty=wrong, why=why)
    with pytest.raises(NotFound):
        tie_payment(actor=officer, application=file.name, instalment=item.id, duty=0, why="Zo.")
    assert snapshot() == before
    at_work = browser(officer)
    form = {"doe": "wachten", "betaling": item.id, "verplichting": duty.id, "waarom": "Eerst het bord."}
    assert at_work.post(f"/werk/vaststellingen/{file.grant.number}/geld", form).status_code == 302
    with pytest.raises(NotNow, match="Wacht op"):
        order_payment(actor=officer, application=file.name, instalment=item.id)
    mine = browser(recipient(file))
    page = mine.get(f"/mijn/aanvragen/{file.name}/geld").content.decode()
    assert "Een betaling wacht op u" in page
    assert "als dit is gedaan: U hangt een bord op." in page
    tie_payment(actor=officer, application=file.name, instalment=item.id, duty=None, why="Het hangt al.")
    order_payment(actor=officer, application=file.name, instalment=item.id)


def test_the_letter_of_a_later_decision_is_among_her_messages_on_her_pages() -> None:
    file = reported(paid(a_grant()))
    found = later(file)
    mine = browser(recipient(file))
    said = messages_about(file.grant.applicant, file.about)
    letter = next(item for item in letters_of(file.about) if item.id == found.letter)
    assert said[0].path == letter.path
    for page in (f"/mijn/aanvragen/{file.name}", f"/mijn/aanvragen/{file.name}/geld"):
        assert f"/mijn/berichten/{said[0].id}" in mine.get(page).content.decode()


def test_lists_ask_the_same_number_of_questions_for_three_grants_and_for_twelve() -> None:
    counts = []
    for many in (3, 12):
        while len(_made) < many:
            _made.append(_one(len(_made)))
        at_work = browser(an_officer())
        counts.append([_asked(at_work, path) for path in ("/werk/uitbetalingen", "/werk/vaststellingen")])
    _made.clear()
    assert counts[0] == counts[1]


_made: list[GrantFile] = []


def _one(number: int) -> GrantFile:
    """Grants that stand in different parts of the lists."""
    file = a_grant(duties=(BOARD,))
    if number % 3 == 0:
        return reported(file)
    return paid(file) if number % 3 == 1 else file


def _asked(at_work: Any, path: str) -> int:
    at_work.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert at_work.get(path).status_code == 200
    return len(asked)
