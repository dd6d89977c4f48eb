"""One can object to every decision, and an upheld objection moves ledger, claim, payment, register and letter of that decision along."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of, commit, entries_of, money_about, payments_of
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.duties import DutyIn
from vliegwiel.support.grants.models import Decision
from vliegwiel.support.grants.public import ceiling_under, decisions_of, duties_in, duties_of, grant_of, instalments_of, mark_met
from vliegwiel.support.grants.tests.officers import a_call, a_decidable_application, a_signer, an_officer, by_mail, days_later
from vliegwiel.support.grants.tests.snapshot import snapshot as of_grants
from vliegwiel.support.objections.actions.decide_objection import decide_objection, propose_outcome, return_outcome
from vliegwiel.support.objections.actions.determine_penalty import determine_penalty, pay_penalty
from vliegwiel.support.objections.actions.divide_penalty import notice_named
from vliegwiel.support.objections.actions.give_notice import give_notice
from vliegwiel.support.objections.actions.lodge_objection import lodge_objection
from vliegwiel.support.objections.contested import contested_on, objectable
from vliegwiel.support.objections.models import Matter, Objection, ObjectionDecision, Remedy
from vliegwiel.support.objections.outcomes import ProposedOutcome
from vliegwiel.support.objections.penalties import facts_of
from vliegwiel.support.objections.tests.given import (
    OWN,
    a_call_to_object_to,
    a_decider,
    a_handler,
    a_refusal,
    an_objection,
    an_outcome,
    concluded,
    not_heard,
    upheld,
)
from vliegwiel.support.register.models import RegisterChange, RegisterEntry
from vliegwiel.support.settlements.actions.change_plan import ask_change, decide_change
from vliegwiel.support.settlements.actions.collect_claim import receive_money, standing
from vliegwiel.support.settlements.actions.determine_interest import determine_interest
from vliegwiel.support.settlements.actions.tie_payment import tie_payment
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Claim
from vliegwiel.support.settlements.owed import owed_on
from vliegwiel.support.settlements.tests.given import (
    a_claim,
    a_grant,
    after,
    heard,
    later,
    paid,
    recipient,
    reported,
    the_bank_pays,
)

pytestmark = pytest.mark.django_db
EURO = Money.euros


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def objected(application: str, matter: Matter) -> Objection:
    """The applicant objects to the newest decision of a kind, and needs not be heard."""
    against = next(item for item in objectable(application) if item.matter is matter)
    grant = grant_of(application)
    found = lodge_objection(actor=Actor("person", grant.applicant), decision=against.id, grounds="Wij deden het wel.")
    assert (found.matter, found.involved) == (matter, list(against.by))
    return not_heard(found)


def lowered(amount: Money) -> GrantFile:
    """A grant of 8,000 of which 6,000 was paid, determined at less after the recipient was heard."""
    file = heard(reported(paid(a_grant())), views="Wij deden wat wij konden.")
    later(file, "lower-a", amount=amount, views_answer="Dat verandert het bedrag niet.")
    return GrantFile(file.name)


def everything() -> dict[str, str]:
    """What the rooms of a grant, of what comes after it and of objections hold."""
    return of_grants("settlements", "objections")


def test_a_determination_that_was_too_low_is_booked_back_and_the_rest_is_paid() -> None:
    file = lowered(EURO(6_500))
    the_bank_pays()
    used = ceiling_of(ceiling_under(file.name)).used
    done = concluded(objected(file.name, Matter.SETTLEMENT), upheld(EURO(7_500)))
    fresh = GrantFile(file.name)
    assert (fresh.grant.awarded, fresh.grant.state) == (EURO(7_500), "determined")
    assert ceiling_of(ceiling_under(file.name)).used == used + EURO(1_000)
    assert (fresh.money.paid, fresh.money.committed, fresh.money.on_its_way) == (EURO(6_500), EURO(1_000), EURO(1_000))
    kinds = [(entry.kind, entry.amount) for entry in entries_of(file.about)]
    assert kinds[-2:] == [("correct", EURO(1_500)), ("release", EURO(500))], "a counter-entry, and again what is not needed"
    assert [(change.kind, change.money) for change in RegisterChange.objects.order_by("pk")] == [
        ("determined", EURO(6_500)),
        ("determined", EURO(7_500)),
    ]
    letter = next(item for item in letters_of(file.about) if item.id == done.letter)
    assert "Uw subsidie is nu € 7.500,00." in letter.html.replace("\u00a0", " ")
    assert "€ 1.000,00 binnen zes weken" in letter.html.replace("\u00a0", " ")
    the_bank_pays()
    assert money_about(file.about).paid == EURO(7_500)
    assert verify().broken == []


def test_a_claim_gets_lower_with_the_determination_and_what_came_back_too_much_is_paid_with_interest() -> None:
    claim = a_claim(settled_at=EURO(2_000))
    file = GrantFile(claim.application)
    receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(4_000), on=clock.today(), statement="1")
    found = objected(file.name, Matter.SETTLEMENT)
    with after(100):
        concluded(found, upheld(EURO(5_000)))
        the_bank_pays()
        money = money_about(file.about)
        assert (money.paid, money.returned, money.committed) == (EURO(9_000), EURO(4_000), Money(0))
        fresh = GrantFile(file.name)
        assert (fresh.undue, fresh.grant.awarded) == (Money(0), EURO(5_000))
        [owed] = owed_on(fresh)
        assert (owed.article, owed.base, (owed.until - owed.since).days) == ("4:102, eerste lid", EURO(3_000), 101)
        assert owed.interest == Money(round(3_000_00 * 4 / 100 * 100 / 365))
        assert verify().broken == []


def test_a_claim_that_is_open_gets_lower_and_asks_no_interest_on_what_was_never_due() -> None:
    claim = a_claim(settled_at=EURO(2_000))
    file = GrantFile(claim.application)
    concluded(objected(file.name, Matter.SETTLEMENT), upheld(EURO(5_500), outcome="partly"))
    with after(400):
        assert standing(Claim.objects.get(pk=claim.pk)).principal == EURO(500)
        assert standing(Claim.objects.get(pk=claim.pk)).interest < EURO(25)
    assert GrantFile(file.name).undue == Money(0)
    assert verify().broken == []


def test_a_recovery_that_should_not_have_been_is_forgone_and_not_asked_again() -> None:
    claim = a_claim()
    file = GrantFile(claim.application)
    receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(500), on=clock.today(), statement="1")
    done = concluded(objected(file.name, Matter.RECOVERY), upheld(Money(0)))
    assert done.awarded == 0
    fresh = GrantFile(file.name)
    assert (fresh.undue, fresh.grant.awarded) == (Money(0), EURO(4_000))
    assert Claim.objects.get(pk=claim.pk).closed_on == clock.today()
    assert [(item.amount, item.state) for item in payments_of(file.about)][-1] == (EURO(500), "asked"), "what came back is paid"
    the_bank_pays()
    assert GrantFile(file.name).undue == Money(0)
    assert not RegisterChange.objects.filter(amount=EURO(6_000).cents).exists(), "the grant itself stays what it was"
    assert verify().broken == []


def test_two_objections_about_one_claim_pay_back_what_came_in_once() -> None:
    claim = a_claim(settled_at=EURO(2_000))
    file = GrantFile(claim.application)
    receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(4_000), on=clock.today(), statement="1")
    settled, recovered = objected(file.name, Matter.SETTLEMENT), objected(file.name, Matter.RECOVERY)
    concluded(settled, upheld(EURO(5_000)))
    the_bank_pays()
    assert money_about(file.about).paid == EURO(9_000)
    with pytest.raises(NotValid) as refusal:
        propose_outcome(actor=a_handler(), objection=recovered.public_id, proposal=upheld(EURO(1_500), outcome="partly"))
    assert "staat nog" in " ".join(refusal.value.details)
    concluded(recovered, upheld(Money(0)))
    the_bank_pays()
    money = money_about(file.about)
    assert (money.paid, money.returned) == (EURO(10_000), EURO(4_000)), "all four thousand went back, and no more"
    assert sum(step.principal for step in claim.steps.filter(kind="lowered")) == EURO(4_000).cents
    assert GrantFile(file.name).undue == Money(0)
    assert verify().broken == []


def test_a_recovery_gets_a_later_day_without_another_amount() -> None:
    claim = a_claim()
    file, later_day = GrantFile(claim.application), clock.today() + timedelta(days=200)
    found = objected(file.name, Matter.RECOVERY)
    with pytest.raises(NotValid):
        propose_outcome(actor=a_handler(), objection=found.public_id, proposal=upheld(None, remedy=Remedy.TERMS))
    concluded(found, upheld(None, remedy=Remedy.TERMS, pay_by=later_day))
    changed = Claim.objects.get(pk=claim.pk)
    assert (changed.due_on, standing(changed).principal) == (later_day, EURO(2_000))


def test_a_grant_that_was_withdrawn_runs_again_with_its_plan() -> None:
    file = heard(a_grant(), views="Het gaat wel door.")
    later(file, "withdraw-a", amount=Money(0), views_answer="Wij zien het anders.")
    assert grant_of(file.name).state == "withdrawn"
    concluded(objected(file.name, Matter.WITHDRAWAL), upheld(EURO(8_000)))
    fresh = GrantFile(file.name)
    assert (fresh.grant.state, fresh.grant.awarded, fresh.money.committed) == ("granted", EURO(8_000), EURO(8_000))
    assert [change.kind for change in RegisterChange.objects.order_by("pk")] == ["withdrawn", "changed"]
    assert paid(fresh).money.paid == EURO(6_000)
    assert verify().broken == []


def test_past_a_full_ceiling_a_determination_gets_more_only_on_4_25_3() -> None:
    file = lowered(EURO(6_000))
    ceiling = ceiling_of(ceiling_under(file.name))
    other = Reference("application", "ander", "Een ander", "")
    commit(actor=SYSTEM, amount=ceiling.free, about=other, received_on=clock.today(), key="all", ceiling=ceiling.id)
    found = objected(file.name, Matter.SETTLEMENT)
    waiting = propose_outcome(actor=a_handler(), objection=found.public_id, proposal=upheld(EURO(7_000), outcome="partly"))
    decider = a_decider()
    before = everything()
    with pytest.raises(NotNow) as refusal:
        decide_objection(actor=decider, objection=found.public_id, seen=waiting.content_hash)
    assert refusal.value.code == "ceiling"
    assert everything() == before
    return_outcome(actor=a_decider(), objection=found.public_id, why="Noem de post.")
    beyond = upheld(EURO(7_000), outcome="partly", beyond_reason="Bij de vaststelling lag het geld vast.", beyond_line=a_line())
    concluded(found, beyond)
    last = entries_of(file.about)[-1]
    assert (last.kind, last.article, last.amount) == ("commit_beyond", "4:25(3)", EURO(1_000))
    assert ceiling_of(ceiling.id).free == Money(0)
    assert verify().broken == []


def test_a_change_that_was_refused_is_allowed_after_all() -> None:
    file = a_grant()
    until = (file.ends or clock.today()) + timedelta(days=60)
    ask_change(actor=recipient(file), application=file.name, what="Wij willen later klaar zijn.", why="Ziekte.", new_end=until)
    decide_change(actor=a_signer(), application=file.name, granted=False, motivation="Dat kan niet.")
    done = concluded(objected(file.name, Matter.CHANGE), upheld(None, remedy=Remedy.TERMS))
    assert done.awarded is None
    assert GrantFile(file.name).ends == until
    assert "U mag het doen zoals u vroeg." in next(item for item in letters_of(file.about) if item.id == done.letter).html


def _a_late_decision() -> Any:
    """A penalty that ran its whole course and was refused on a ground."""
    application = by_mail(a_decidable_application(a_call_to_object_to()))
    with days_later(120):
        notice = give_notice(actor=Actor("person", application.applicant), application=application.public_id)
    with days_later(190):
        determine_penalty(actor=a_signer_of_penalties(), notice=notice.number, ground="4:17-6a", why="Het duurde te lang.")
    return notice_named(notice.number)


def a_signer_of_penalties() -> Actor:
    return a_decider(1)


def test_a_penalty_is_objected_to_while_we_are_still_late_and_paid_from_its_own_line_within_six_weeks() -> None:
    notice = _a_late_decision()
    line = a_line(kind="lasten")
    with days_later(195):
        found = objected(notice.application, Matter.PENALTY)
        concluded(found, upheld(EURO(1_442)))
        facts = facts_of(notice_named(notice.number))
        assert facts.laid_down is not None
        assert (facts.laid_down.money, facts.to_pay) == (EURO(1_442), EURO(1_442))
        assert facts.pay_by is not None and 42 <= (facts.pay_by - clock.today()).days <= 45
        people, bought = (Actor("visitor"), a_signer(7), Actor("person", found.objector)), a_line(kind="inkoop")
        officer = an_officer(7)
        before = everything()
        for who in people:
            with pytest.raises(NotAllowed):
                pay_penalty(actor=who, notice=notice.number, line=line)
        with pytest.raises(NotValid):
            pay_penalty(actor=officer, notice=notice.number, line=bought)
        assert everything() == before
        [payment] = pay_penalty(actor=an_officer(7), notice=notice.number, line=line)
        assert (payment.amount, payment.due_on) == (EURO(1_442), facts.pay_by)
        with pytest.raises(NotNow):
            pay_penalty(actor=an_officer(7), notice=notice.number, line=line)
        the_bank_pays()
        assert facts_of(notice_named(notice.number)).payments[0].paid_on == clock.today()
    assert verify().broken == []


def test_interest_that_was_refused_is_paid_after_all() -> None:
    file = a_grant()
    with after(300):
        paid(file)
        assert owed_on(GrantFile(file.name))
        determine_interest(actor=a_signer(), application=file.name, why_none="De rekening klopte lang niet.")
        full = next(item for item in objectable(file.name) if item.matter is Matter.INTEREST).best
        concluded(objected(file.name, Matter.INTEREST), upheld(full, line=a_line(kind="lasten")))
        the_bank_pays()
        assert [item.amount for item in contested_on(file.name) if item.matter is Matter.INTEREST] == [Money(0), full]
    assert verify().broken == []


def test_a_refusal_stays_one_for_better_reasons_and_is_counted_once() -> None:
    other = {"key": "ander", "article": "3", "text": "Uw plan is niet voor het dorp."}
    refused = a_refusal(a_decidable_application(a_call(grounds=[OWN, other])))
    found = not_heard(an_objection(refused))
    done = concluded(found, upheld(None, remedy=Remedy.REASONS, grounds=("ander",)))
    fresh = decisions_of(found.application)[-1]
    assert (fresh.kind, fresh.replaces, fresh.id) == ("refusal", refused.public_id, done.decision)
    assert grant_of(found.application).state == "refused"
    assert RegisterEntry.objects.count() == 1
    letter = next(item for item in letters_of(grant_of(found.application).about) if item.id == done.letter)
    assert "andere redenen" in letter.html


def test_other_obligations_and_dates_leave_the_amount_and_keep_what_was_met_and_what_waits() -> None:
    board = DutyIn("obligation", "4:37", "U hangt een bord op.", evidence="Een foto")
    plan = DutyIn("obligation", "4:37", "U stuurt een planning.", due_on=clock.today() + timedelta(days=20))
    file = a_grant(duties=(board, plan))
    second = file.duties[0] if file.duties[0].text == plan.text else file.duties[1]
    tie_payment(
        actor=an_officer(), application=file.name, instalment=file.instalments[0].id, duty=second.id, why="Eerst het plan."
    )
    mark_met(file.name, next(item for item in file.duties if item.text == board.text).id, clock.today())
    found = not_heard(an_objection(_decision(file)))
    kept = tuple(duty if duty.text == board.text else replace(duty, due_on=LATER) for duty in duties_in(file.decision.id))
    concluded(found, upheld(None, remedy=Remedy.TERMS, duties=kept, activity_ends=LATER))
    fresh = GrantFile(file.name)
    now = {duty.text: (duty.due_on, duty.met_on) for duty in fresh.duties}
    assert now == {board.text: (None, clock.today()), plan.text: (LATER, None)}
    assert (fresh.grant.awarded, fresh.decision.activity_ends) == (EURO(8_000), LATER)
    [row] = fresh.instalments
    assert (row.amount, next(duty.text for duty in fresh.duties if duty.id == row.after)) == (EURO(6_000), plan.text)
    assert duties_of(fresh.decision.id) != duties_of(file.decision.id)
    assert instalments_of(file.decision.id) == []


LATER = (datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=250)).date()


def _decision(file: GrantFile) -> Any:
    return Decision.objects.get(public_id=file.decision.id)


def test_all_decisions_of_a_file_stand_in_one_list_the_newest_first() -> None:
    claim = a_claim()
    assert [item.matter for item in objectable(claim.application)] == [Matter.RECOVERY, Matter.SETTLEMENT, Matter.AWARD]
    concluded(objected(claim.application, Matter.RECOVERY), an_outcome())
    with pytest.raises(NotNow) as refusal:
        objected(claim.application, Matter.RECOVERY)
    assert refusal.value.code == "appeal"


@pytest.mark.parametrize(
    ("matter", "proposal"),
    [
        (Matter.SETTLEMENT, upheld(EURO(4_000))),
        (Matter.SETTLEMENT, upheld(EURO(8_001))),
        (Matter.SETTLEMENT, upheld(EURO(5_000), remedy=Remedy.TERMS)),
        (Matter.RECOVERY, upheld(EURO(2_000))),
        (Matter.RECOVERY, upheld(EURO(1_000), grounds=("lower-a",))),
        (Matter.AWARD, upheld(EURO(8_000), remedy=Remedy.REASONS)),
        (Matter.SETTLEMENT, upheld(None, remedy=Remedy.MONEY)),
        (Matter.SETTLEMENT, an_outcome(awarded=EURO(5_000))),
    ],
)
def test_what_is_not_better_for_who_objects_or_does_not_fit_is_refused_and_changes_nothing(
    matter: Matter, proposal: ProposedOutcome
) -> None:
    claim = a_claim()
    found = objected(claim.application, matter)
    before = everything()
    with pytest.raises(NotValid):
        propose_outcome(actor=a_handler(), objection=found.public_id, proposal=proposal)
    assert everything() == before


def test_after_the_grant_two_people_decide_none_of_whom_took_the_first_decision() -> None:
    claim = a_claim()
    found = objected(claim.application, Matter.SETTLEMENT)
    both = a_decider(1)  # signed the determination
    before = everything()
    for actor in (an_officer(1), a_signer()):
        with pytest.raises(NotAllowed):
            propose_outcome(actor=actor, objection=found.public_id, proposal=upheld(EURO(5_000)))
    assert everything() == before
    waiting = propose_outcome(actor=a_handler(), objection=found.public_id, proposal=upheld(EURO(5_000), outcome="partly"))
    for actor in (both, a_handler()):
        before = everything()
        with pytest.raises(NotAllowed):
            decide_objection(actor=actor, objection=found.public_id, seen=waiting.content_hash)
        assert everything() == before
    assert ObjectionDecision.objects.get(pk=waiting.pk).taken_at is None


def test_a_decision_that_came_later_must_be_objected_to_itself() -> None:
    file = heard(lowered(EURO(6_000)), views="Nee.")
    found = objected(file.name, Matter.SETTLEMENT)
    later(file, "revise-a", amount=EURO(5_000), views_answer="Ja.")
    with pytest.raises(Refusal) as refusal:
        propose_outcome(actor=a_handler(), objection=found.public_id, proposal=upheld(EURO(7_000), outcome="partly"))
    assert any("Na dit besluit kwam er nog een" in line for line in refusal.value.details)
    concluded(objected(file.name, Matter.REVISION), upheld(EURO(6_000)))
    assert GrantFile(file.name).grant.awarded == EURO(6_000)
    assert verify().broken == []
