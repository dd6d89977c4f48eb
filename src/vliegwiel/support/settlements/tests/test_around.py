"""What goes by itself or stands around: samples, reminders, letters by post, setting off, and money that always adds up."""

from datetime import timedelta

import pytest

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.budgets.public import ceiling_of, money_about, position
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.notices.public import choose_channel, preview
from vliegwiel.foundation.papers.actions.decide_sending import mark_printed
from vliegwiel.foundation.people.tests.given import SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.regulation import ceiling_for
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.officers import a_call, an_officer
from vliegwiel.support.register.models import RegisterChange
from vliegwiel.support.settlements import contributes
from vliegwiel.support.settlements.actions.collect_claim import receive_money, set_off
from vliegwiel.support.settlements.actions.decide_later import make_known_what_was_posted, propose_later_decision
from vliegwiel.support.settlements.actions.draw_sample import draw_sample
from vliegwiel.support.settlements.actions.enter_misuse import enter_misuse, forget_misuse
from vliegwiel.support.settlements.actions.send_report import check_report
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Claim, Draw, Misuse
from vliegwiel.support.settlements.rules import drawn_from, pay_by, years_later
from vliegwiel.support.settlements.tests.given import (
    OURS,
    a_claim,
    a_grant,
    a_proposal,
    after,
    heard,
    later,
    paid,
    recipient,
    reported,
    the_bank_pays,
)
from vliegwiel.support.settlements.tests.snapshot import snapshot
from vliegwiel.support.settlements.tests.test_pages import DUTY

pytestmark = pytest.mark.django_db
EURO = Money.euros


def test_a_sample_can_be_drawn_again_from_what_was_kept() -> None:
    files = [reported(paid(a_grant())) for _number in range(3)]
    draw = draw_sample(actor=an_officer(), province="PV99", percent=50, seed="2026-1")
    assert tuple(draw.drawn) == drawn_from(draw.population, draw.percent, draw.seed)
    assert (len(draw.population), len(draw.drawn)) == (3, 2)
    drawn = next(file for file in files if GrantFile(file.name).report.draw_id)
    with pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=drawn.name, proposal=a_proposal())
    assert any("steekproef" in line for line in refusal.value.details)
    check_report(actor=an_officer(), application=drawn.name, good=False, finding="De bonnen kloppen niet.")
    with pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=drawn.name, proposal=a_proposal())
    assert any("andere grond" in line for line in refusal.value.details)


def test_nothing_is_drawn_twice_and_a_seed_is_used_once() -> None:
    reported(paid(a_grant()))
    draw_sample(actor=an_officer(), province="PV99", percent=100, seed="2026-1")
    before = snapshot()
    with pytest.raises(NotNow, match="geen nieuwe"):
        draw_sample(actor=an_officer(), province="PV99", percent=100, seed="2026-2")
    for percent, seed in ((0, "x"), (101, "x"), (10, " ")):
        with pytest.raises(NotValid):
            draw_sample(actor=an_officer(), province="PV99", percent=percent, seed=seed)
    assert snapshot() == before
    reported(paid(a_grant()))
    with pytest.raises(NotNow, match="al gebruikt"):
        draw_sample(actor=an_officer(), province="PV99", percent=100, seed="2026-1")
    assert Draw.objects.count() == 1


@pytest.mark.parametrize("percent", [1, 10, 33, 50, 100])
def test_of_any_population_the_share_is_drawn_rounded_up_and_in_any_order_the_same(percent: int) -> None:
    for size in (1, 7, 100):
        population = [f"r{number}" for number in range(size)]
        drawn = drawn_from(population, percent, "s")
        assert len(drawn) == -(-size * percent // 100)
        assert set(drawn) <= set(population)
        assert drawn == drawn_from(population[::-1], percent, "s")


def test_reminders_go_two_weeks_before_and_once_too_late() -> None:
    due = clock.today() + timedelta(days=40)
    duty = type(DUTY)(DUTY.kind, DUTY.article, DUTY.text, evidence=DUTY.evidence, due_on=due)
    file = a_grant(duties=(duty,))
    assert file.report_by is not None
    far = clock.today() + timedelta(days=400)
    reports = {item.on for reminder in contributes.REMINDERS[:1] for item in reminder.due(clock.today(), far)}
    assert reports == {file.report_by - timedelta(days=14), file.report_by + timedelta(days=1)}
    duties = [item.on for item in contributes.REMINDERS[1].due(clock.today(), far)]
    assert duties == [due - timedelta(days=14)]
    assert {item.reminder.key for item in preview("PV99", days=400)} >= {"grant-report", "grant-duty"}


def test_before_money_must_have_come_back_someone_hears_it() -> None:
    claim = a_claim()
    assert claim.due_on is not None
    found = [item.on for item in contributes.REMINDERS[2].due(clock.today(), clock.today() + timedelta(days=100))]
    assert found == [claim.due_on - timedelta(days=7)]


def test_a_claim_is_set_off_against_another_period_of_the_same_grant() -> None:
    call = a_call(advance=[{"share": "75%"}])
    claim = a_claim(reported(paid(a_grant(call))))
    other = a_grant(call)
    set_off(actor=an_officer(), claim=claim.public_id, against=other.grant.number, amount=EURO(500))
    assert (money_about(other.about).paid, money_about(other.about).committed) == (EURO(500), EURO(7_500))
    assert money_about(GrantFile(claim.application).about).returned == EURO(500)
    with pytest.raises(NotNow):
        set_off(actor=an_officer(), claim=claim.public_id, against=other.grant.number, amount=EURO(7_501))
    assert verify().broken == []


@pytest.mark.parametrize("settled", [0, 1, 599_999, 600_000, 600_001, 799_999])
def test_whatever_a_grant_becomes_the_ledger_adds_up_to_the_cent(settled: int) -> None:
    file = heard(reported(paid(a_grant())), views="Nee.")
    ceiling = ceiling_for(find(file.name))
    used = ceiling_of(ceiling).used
    later(file, "lower-a", amount=Money(settled), views_answer="Ja.")
    the_bank_pays()
    money = money_about(file.about)
    assert money.committed == Money(0)
    assert money.paid.cents == max(600_000, settled)
    undue = GrantFile(file.name).undue
    assert undue.cents == max(600_000 - settled, 0)
    if undue.cents:
        later(file, "undue", pay_to=OURS)
        claim = GrantFile(file.name).claims[0]
        receive_money(actor=an_officer(), claim=claim.public_id, amount=undue, on=clock.today(), statement="1")
    money = money_about(file.about)
    assert money.paid.cents - money.returned.cents == settled
    assert used.cents - ceiling_of(ceiling).used.cents == 800_000 - settled
    assert position(ceiling_of(ceiling).line).balanced
    assert verify().broken == []


def test_by_post_the_term_to_pay_and_the_register_wait_for_the_day_it_was_posted() -> None:
    file = reported(paid(a_grant()))
    who = recipient(file)
    choose_channel(actor=who, person=who.id, kind="letters", channel="post")
    heard(file, views="Nee.")
    found = later(file, "lower-a", amount=EURO(4_000), views_answer="Ja.")
    back = later(file, "undue", pay_to=OURS)
    claim = Claim.objects.get(decision=back)
    assert (found.sent_on, claim.due_on, RegisterChange.objects.count()) == (None, None, 0)
    with pytest.raises(NotNow, match="nog niet verstuurd"):
        receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(1), on=clock.today(), statement="1")
    with after(10):
        mark_printed(actor=an_officer(), letters=[found.letter, back.letter], province="PV99")
        assert (make_known_what_was_posted(actor=SYSTEM), make_known_what_was_posted(actor=SYSTEM)) == (2, 0)
        claim.refresh_from_db()
        assert claim.due_on == pay_by(clock.today(), equated_days())
        assert RegisterChange.objects.get().public_from > clock.today()
    with pytest.raises(NotAllowed):
        make_known_what_was_posted(actor=an_officer())


def test_an_entry_about_misuse_is_truly_gone_after_five_years_and_only_the_clock_does_that() -> None:
    file = heard(paid(a_grant()), views="Nee.")
    controller = acting(a_role("controller", email="controller@voorbeeld.invalid"))
    entry = enter_misuse(actor=controller, application=file.name, what="Het geld ging elders heen.", views_answer="Dat bleek.")
    assert entry.until == years_later(clock.today())
    with pytest.raises(NotAllowed):
        forget_misuse(actor=an_officer())
    with clock.at(clock.now() + (entry.until - clock.today())):
        assert forget_misuse(actor=SYSTEM) == 0
    with clock.at(clock.now() + (entry.until - clock.today()) + timedelta(days=1)):
        assert forget_misuse(actor=SYSTEM) == 1
    assert not Misuse.objects.exists()
