"""A grant is determined on its ground, by two persons, and the ledger follows to the cent."""

from datetime import timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of, money_about, payments_of
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.officers import a_call, a_signer, an_officer
from vliegwiel.support.register.models import RegisterChange
from vliegwiel.support.settlements.actions.ask_report import ask_report
from vliegwiel.support.settlements.actions.change_plan import ask_change, decide_change
from vliegwiel.support.settlements.actions.decide_later import (
    propose_later_decision,
    return_later_decision,
    sign_later_decision,
)
from vliegwiel.support.settlements.actions.hear_recipient import note_reaction, skip_hearing
from vliegwiel.support.settlements.actions.order_payment import order_payment
from vliegwiel.support.settlements.actions.send_report import Costs, enter_report
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import LaterDecision
from vliegwiel.support.settlements.tests.given import (
    ANSWERS,
    LASTS,
    a_grant,
    a_grant_by_costs,
    a_proposal,
    after,
    costs_as_planned,
    heard,
    later,
    paid,
    recipient,
    reported,
)
from vliegwiel.support.settlements.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
EURO = Money.euros


def stands(file: GrantFile) -> str:
    return Application.objects.get(public_id=file.name).state


def test_as_granted_the_rest_is_paid_and_the_register_knows() -> None:
    file = reported(paid(a_grant()))
    found = later(file)
    assert (found.act, found.money, stands(file)) == ("settle", EURO(8_000), "determined")
    assert [(item.amount, item.state) for item in payments_of(file.about)] == [(EURO(6_000), "paid"), (EURO(2_000), "asked")]
    assert {letter.kind for letter in letters_of(file.about)} >= {"grant", "settlement"}
    change = RegisterChange.objects.get()
    assert (change.kind, change.money) == ("determined", EURO(8_000))
    assert change.public_from > clock.today()
    assert verify().broken == []


def test_lower_only_after_hearing_and_what_is_not_needed_falls_free() -> None:
    file = reported(paid(a_grant()))
    used = ceiling_of(file.grant.ceiling).used if file.grant.ceiling else None
    lower = a_proposal("lower-a", amount=EURO(6_500), views_answer="Wij wegen dit mee.")
    before = snapshot()
    with pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=lower)
    assert any("4:7" in line for line in refusal.value.details)
    assert snapshot() == before
    heard(file, views="De regen hield ons tegen.")
    waiting = propose_later_decision(actor=an_officer(), application=file.name, proposal=lower)
    found = sign_later_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    money = money_about(file.about)
    assert (found.money, money.committed, money.on_its_way) == (EURO(6_500), EURO(500), EURO(500))
    assert GrantFile(file.name).grant.awarded == EURO(6_500)
    if used is not None:
        assert ceiling_of(file.grant.ceiling).used == used - EURO(1_500)
    letter = next(item for item in letters_of(file.about) if item.kind == "settlement")
    assert "Wij wegen dit mee." in letter.html
    assert "4:46, tweede lid, onder a" in letter.html
    assert verify().broken == []


def test_while_someone_can_still_react_nothing_is_decided_and_afterwards_silence_is_enough() -> None:
    file = heard(reported(paid(a_grant())))
    lower = a_proposal("lower-b", amount=EURO(7_000))
    with pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=lower)
    assert any("reageren tot en met" in line for line in refusal.value.details)
    with after(15):
        assert propose_later_decision(actor=an_officer(), application=file.name, proposal=lower).amount == 7_000_00


def test_a_reaction_is_answered_in_the_decision() -> None:
    file = reported(paid(a_grant()))
    heard(file)
    note_reaction(
        actor=an_officer(), application=file.name, views="Wij zagen het anders.", form="spoken", received_on=clock.today()
    )
    with pytest.raises(NotValid) as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal("lower-a", amount=EURO(1)))
    assert any("reactie" in line for line in refusal.value.details)


def test_hearing_is_skipped_only_on_a_ground_of_4_11() -> None:
    file = reported(paid(a_grant()))
    for ground, why in (("4:12", "Het gaat om geld."), ("4:11a", " ")):
        with pytest.raises(NotValid):
            skip_hearing(actor=an_officer(), application=file.name, ground=ground, why=why)
    skip_hearing(actor=an_officer(), application=file.name, ground="4:11b", why="Er was al een gesprek hierover.")
    assert later(file, "lower-a", amount=EURO(7_000)).money == EURO(7_000)


def test_never_more_than_granted_and_lower_is_lower() -> None:
    file = heard(reported(paid(a_grant())), views="Nee.")
    for amount in (EURO(8_000), EURO(8_001), Money(-1)):
        before = snapshot()
        with pytest.raises(NotValid):
            propose_later_decision(
                actor=an_officer(), application=file.name, proposal=a_proposal("lower-a", amount=amount, views_answer="Ja.")
            )
        assert snapshot() == before


def test_actual_costs_lower_the_grant_by_its_own_calculation() -> None:
    file = paid(a_grant_by_costs())
    reported(file, costs=costs_as_planned(file, 60))
    found = later(file, "actual-costs")
    planned = sum(row[1] for row in found.account)
    made = sum(row[2] for row in found.account)
    assert made == planned * 60 // 100
    assert found.amount <= made
    assert found.amount < found.was
    letter = next(item for item in letters_of(file.about) if item.kind == "settlement")
    assert "Hoe wij aan dit bedrag komen" in letter.html
    assert verify().broken == []


def test_unreasonable_costs_are_left_out_with_a_reason() -> None:
    file = paid(a_grant_by_costs())
    reported(file, costs=costs_as_planned(file, 60))
    with pytest.raises(NotValid):
        propose_later_decision(
            actor=an_officer(), application=file.name, proposal=a_proposal("actual-costs", left_out=EURO(1_000))
        )
    whole = GrantFile(file.name)
    found = later(whole, "actual-costs", left_out=EURO(1_000), left_out_why="Deze reis hoorde niet bij het plan.")
    assert "Deze reis" in next(item for item in letters_of(file.about) if item.kind == "settlement").html
    assert found.left_out == 1_000_00


def test_costs_that_do_not_add_up_are_not_sent() -> None:
    file = a_grant_by_costs()
    good = costs_as_planned(file)
    for wrong in (
        Costs(good.actual, (good.total or 0) + 1),
        Costs((None, *good.actual[1:]), good.total),
        Costs(good.actual, None),
    ):
        before = snapshot()
        with pytest.raises(NotValid):
            reported(file, costs=wrong)
        assert snapshot() == before


def test_without_a_report_only_after_its_last_day_and_then_ex_officio() -> None:
    file = paid(a_grant_by_costs())
    with pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    assert any("Er is nog geen verslag" in line for line in refusal.value.details)
    assert file.report_by is not None
    with clock.at(clock.now() + (file.report_by - clock.today()) + timedelta(days=1)):
        with pytest.raises(NotNow) as refusal:
            propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
        assert any("4:44, derde lid" in line for line in refusal.value.details)
        until = ask_report(actor=an_officer(), application=file.name, until=clock.today() + timedelta(days=14)).until
        with pytest.raises(NotNow):
            propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    assert any(letter.kind == "report-request" for letter in letters_of(file.about))
    with clock.at(clock.now() + (until - clock.today()) + timedelta(days=1)):
        found = later(GrantFile(file.name))
    assert found.ex_officio
    assert "4:47" in found.article


def test_a_report_on_paper_is_the_same_report() -> None:
    file = paid(a_grant())
    report = enter_report(actor=an_officer(), application=file.name, answers=ANSWERS, received_on=clock.today())
    assert (report.on_paper, stands(file)) == (True, "reported")
    assert later(file).money == EURO(8_000)


def test_who_proposes_does_not_sign_whatever_the_amount() -> None:
    file = reported(paid(a_grant()))
    officer = an_officer()
    waiting = propose_later_decision(actor=officer, application=file.name, proposal=a_proposal())
    little, signer = an_officer(3, most=EURO(7_999)), a_signer()
    before = snapshot()
    with pytest.raises(NotAllowed, match="Een ander"):
        sign_later_decision(actor=officer, decision=waiting.public_id, seen=waiting.content_hash)
    with pytest.raises(NotAllowed, match="mandaat"):
        sign_later_decision(actor=little, decision=waiting.public_id, seen=waiting.content_hash)
    with pytest.raises(NotValid):
        sign_later_decision(actor=signer, decision=waiting.public_id, seen="0" * 64)
    assert snapshot() == before


def test_a_proposal_goes_back_with_a_reason_and_can_be_made_again() -> None:
    file = reported(paid(a_grant()))
    waiting = propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    with pytest.raises(NotNow, match="al een voorstel"):
        propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    with pytest.raises(NotValid):
        return_later_decision(actor=a_signer(), decision=waiting.public_id, why=" ")
    return_later_decision(actor=a_signer(), decision=waiting.public_id, why="De motivering is te kort.")
    with pytest.raises(NotNow):
        sign_later_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)
    assert later(file).money == EURO(8_000)


def test_a_decision_is_taken_once() -> None:
    file = reported(paid(a_grant()))
    found, second = later(file), a_signer(2)
    before = snapshot()
    with pytest.raises(NotNow):
        sign_later_decision(actor=second, decision=found.public_id, seen=found.content_hash)
    assert snapshot() == before


def test_money_on_its_way_is_waited_for() -> None:
    file = a_grant()
    order_payment(actor=an_officer(), application=file.name, instalment=file.instalments[0].id)
    reported(file)
    with pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    assert any("onderweg" in line for line in refusal.value.details)


def test_a_request_to_change_moves_the_days_and_is_decided_first() -> None:
    file = paid(a_grant())
    until = clock.today() + LASTS + timedelta(days=60)
    ask_change(actor=recipient(file), application=file.name, what="Wij willen later klaar zijn.", why="Ziekte.", new_end=until)
    with pytest.raises(NotNow):
        ask_change(actor=recipient(file), application=file.name, what="Nog iets.", why="Daarom.")
    before = GrantFile(file.name).report_by
    with pytest.raises(NotValid):
        decide_change(actor=a_signer(), application=file.name, granted=True, motivation="")
    decide_change(actor=a_signer(), application=file.name, granted=True, motivation="Dat is niet uw schuld.")
    whole = GrantFile(file.name)
    assert before is not None
    assert (whole.ends, whole.report_by) == (until, before + timedelta(days=60))
    letter = next(item for item in letters_of(file.about) if item.kind == "change-decision")
    assert letter.until is not None


@pytest.mark.parametrize("changes", [{"summary": ""}, {"motivation": " "}, {"ground": "no-ground"}, {"ground": "actual-costs"}])
def test_a_proposal_that_is_not_whole_changes_nothing(changes: dict[str, Any]) -> None:
    file = reported(paid(a_grant()))
    before = snapshot()
    with pytest.raises(NotValid):
        propose_later_decision(
            actor=an_officer(), application=file.name, proposal=a_proposal(changes.pop("ground", "as-granted"), **changes)
        )
    assert snapshot() == before
    assert not LaterDecision.objects.exists()


def test_the_determination_of_a_larger_funder_is_followed_only_where_the_regulation_says_so() -> None:
    follow = {"amount": EURO(7_000), "follows": "Fonds Denkbeeldig van 3 maart 2026, nummer 12"}
    file = reported(paid(a_grant()))
    with pytest.raises(NotValid, match="compleet") as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal("follow-funder", **follow))
    assert any("staat niet" in line for line in refusal.value.details)
    with_rule = a_call(advance=[{"share": "75%"}], follow_funder={"article": "12"})
    other = reported(paid(a_grant(with_rule)))
    with pytest.raises(NotValid):
        propose_later_decision(
            actor=an_officer(), application=other.name, proposal=a_proposal("follow-funder", amount=EURO(8_001), follows="F")
        )
    found = later(other, "follow-funder", **follow)
    assert (found.money, found.article.split(" van ")[0]) == (EURO(7_000), "artikel 12")
    letter = next(item for item in letters_of(other.about) if item.kind == "settlement")
    assert "Fonds Denkbeeldig" in letter.html
    assert verify().broken == []
