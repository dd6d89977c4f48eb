"""An applicant decides who reads the plan; the fund reads that and nothing else, answers once, and its settlement may be followed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.actions.follow_settlement import FundSettlement, follow_settlement
from vliegwiel.support.funders.actions.share_application import (
    answer_for_fund,
    ask_fund,
    read_shared,
    share_application,
    stop_sharing,
)
from vliegwiel.support.funders.models import Disclosure, FundAnswer
from vliegwiel.support.funders.models.agreement import FUND
from vliegwiel.support.funders.models.agreement import PROVINCE as OURS
from vliegwiel.support.funders.rules import Promise
from vliegwiel.support.funders.stand import stand_of
from vliegwiel.support.funders.tests.given import (
    EURO,
    FUND_NAME,
    a_shared_application,
    agreed,
    answered,
    asked,
    of_the_fund,
    shared,
    together_handled_by_the_province,
)
from vliegwiel.support.grants.public import notes_about, plan_of
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_call, a_decidable_application, an_officer, decided, good_for
from vliegwiel.support.register.queries import givers_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_the_fund_reads_a_plan_only_while_the_applicant_shares_it_and_each_reading_is_kept() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_decidable_application(call)
    by: dict[str, Any] = {"agreement": agreement.public_id, "application": plan.public_id}
    with pytest.raises(NotFound):
        read_shared(actor=of_the_fund(), **by)
    shared(agreement, plan)
    read_shared(actor=of_the_fund(), **by)
    assert Disclosure.objects.get().read_on == clock.today()
    assert Entry.objects.filter(action="read-shared-application", object_id=plan.public_id, result="gelezen").count() == 1
    with pytest.raises(NotAllowed):
        read_shared(actor=of_the_fund("Fonds Zeepbel"), **by)
    stop_sharing(actor=Actor("person", plan.applicant), application=plan.public_id, agreement=agreement.public_id)
    with pytest.raises(NotFound):
        read_shared(actor=of_the_fund(), **by)


def test_one_plan_shows_the_same_costs_under_the_headings_of_the_fund_and_only_what_is_shared() -> None:
    kind = "materiaal"
    agreement, call = together_handled_by_the_province(headings=((kind, "Spullen"),) if kind in _kinds() else ())
    plan = a_decidable_application(call)
    shared(agreement, plan, "budget")
    by: dict[str, Any] = {"agreement": agreement.public_id, "application": plan.public_id}
    seen = read_shared(actor=of_the_fund(), **by)
    rows = [row for row in plan_of(plan.public_id).rows if row.side == "cost"]
    assert seen.cost_total == Money(sum(row.amount.cents for row in rows))
    assert Money(sum(amount.cents for _heading, amount in seen.headings)) == seen.cost_total
    assert seen.answers == ()
    shared(agreement, plan, "answers")
    seen = read_shared(actor=of_the_fund(), **by)
    assert seen.rows == ()
    assert seen.answers
    told = " ".join(words for _question, words in seen.answers)
    assert plan.account not in told
    assert plan.address.splitlines()[0] not in told


def _kinds() -> tuple[str, ...]:
    return tuple(a_call().rules.cost_kinds)


def test_only_the_applicant_says_who_reads_along_and_on_paper_an_officer_says_how() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_decidable_application(call)
    by: dict[str, Any] = {"application": plan.public_id, "agreement": agreement.public_id, "parts": ("budget",)}
    for actor in (of_the_fund(), a_resident("vreemd@voorbeeld.invalid"), an_officer()):
        with pytest.raises(NotAllowed):
            share_application(actor=actor, **by)
    type(plan).objects.filter(pk=plan.pk).update(applicant="")  # it came on paper
    with pytest.raises(NotValid):
        share_application(actor=an_officer(), **by)
    made = share_application(actor=an_officer(), **by, on_paper="Per brief van 4 januari")
    assert made.part_names


def test_a_plan_of_another_scheme_or_not_sent_is_not_shared() -> None:
    agreement, _call = together_handled_by_the_province()
    other = a_decidable_application(a_call())
    with pytest.raises(NotNow):
        shared(agreement, other)
    with pytest.raises(NotValid):
        plan = a_decidable_application(a_call_of(agreement))
        share_application(
            actor=Actor("person", plan.applicant), application=plan.public_id, agreement=agreement.public_id, parts=("alles",)
        )


def a_call_of(agreement: Any) -> Any:
    from vliegwiel.support.schemes.public import calls_in

    return next(call for call in calls_in(PROVINCE) if call.scheme == agreement.scheme)


def test_the_fund_answers_once_the_applicant_hears_it_and_the_register_names_both() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_shared_application(agreement, call)
    question = asked(agreement, plan)
    assert question.proposed_money == plan.asked_money
    with pytest.raises(NotNow):
        asked(agreement, plan)
    with pytest.raises(NotValid):
        answered(question, question.proposed_money + Money(1))
    with pytest.raises(NotValid):
        answer_for_fund(actor=an_officer(), answer=question.public_id, agrees=True, amount=EURO(1))
    answered(question, EURO(5_000))
    with pytest.raises(NotNow):
        answered(question, EURO(4_000))
    assert Notice.objects.filter(person__public_id=plan.applicant, moment__startswith="fund-answered").exists()
    decided(plan)
    (giver,) = givers_of(PROVINCE, [plan.number or ""])[plan.number or ""]
    assert (giver.name, giver.money) == (FUND_NAME, EURO(5_000))
    stand = stand_of(agreement)
    assert [(pair.province, pair.fund) for pair in stand.pairs] == [(plan.asked_money, EURO(5_000))]
    assert "betaalt" in notes_about(plan.public_id, for_applicant=True)[0].text


def test_a_no_has_its_reason_and_names_nobody() -> None:
    agreement, call = together_handled_by_the_province()
    question = asked(agreement, a_shared_application(agreement, call))
    with pytest.raises(NotValid):
        answer_for_fund(actor=of_the_fund(), answer=question.public_id, agrees=False)
    answer_for_fund(actor=of_the_fund(), answer=question.public_id, agrees=False, why="Past niet bij ons.")
    assert givers_of(PROVINCE, [question.number]) == {}


def test_when_both_double_each_other_the_fund_is_asked_for_half_of_what_is_left() -> None:
    call = a_call()
    promised = {2026: Promise(EURO(3_000), EURO(3_000))}
    agreement = agreed(call, handled_by="province", promised=promised, per_award=EURO(5_000), per_initiative=EURO(5_000))
    plan = a_shared_application(agreement, call)
    assert asked(agreement, plan).proposed_money == EURO(2_500)
    assert stand_of(agreement).of(2026, FUND).left == EURO(3_000)
    assert stand_of(agreement).of(2026, OURS).left == EURO(3_000)


def test_asking_needs_a_day_to_come_and_an_agreement_that_the_province_handles() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_shared_application(agreement, call)
    by: dict[str, Any] = {"actor": an_officer(), "agreement": agreement.public_id, "application": plan.public_id}
    with pytest.raises(NotValid):
        ask_fund(**by, until=clock.today())
    with pytest.raises(NotFound):
        unshared = a_decidable_application(call, person=a_resident("twee@voorbeeld.invalid"), **good_for())
        ask_fund(**{**by, "application": unshared.public_id}, until=clock.today() + timedelta(days=9))


def _granted_with(amount: Money, **terms: Any) -> tuple[FundAnswer, Any]:
    agreement, call = together_handled_by_the_province(**terms)
    plan = a_shared_application(agreement, call)
    answer = answered(asked(agreement, plan, EURO(20_000)), amount)
    decided(plan)
    return answer, plan


_SETTLED = FundSettlement("V-12", datetime(2026, 1, 5, tzinfo=UTC).date(), EURO(20_000), EURO(9_000))


def test_the_settlement_of_who_pays_more_is_followed_for_the_same_part_and_stands_beside_the_file() -> None:
    answer, plan = _granted_with(EURO(12_000))
    made = follow_settlement(actor=an_officer(), answer=answer.public_id, settled=_SETTLED)
    assert made.becomes_money == EURO(6_000), "three quarters of eight thousand"
    note = notes_about(plan.public_id, for_applicant=False)[0].text
    assert "V-12" in note
    assert "6.000" in note
    with pytest.raises(NotNow):
        follow_settlement(actor=an_officer(), answer=answer.public_id, settled=_SETTLED)


@pytest.mark.parametrize(
    ("terms", "gives", "code"),
    [
        ({}, EURO(8_000), "not-larger"),
        ({"follow": False, "follow_most": None}, EURO(12_000), "not-agreed"),
        ({"follow_most": EURO(5_000)}, EURO(12_000), "too-much"),
    ],
)
def test_who_pays_less_above_the_amount_or_without_agreement_is_not_followed(terms: Any, gives: Money, code: str) -> None:
    answer, _plan = _granted_with(gives, **terms)
    settled = FundSettlement("V-12", clock.today(), EURO(20_000), EURO(7_000))
    with pytest.raises(NotNow) as refusal:
        follow_settlement(actor=an_officer(), answer=answer.public_id, settled=settled)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "change", [{"number": " "}, {"amount": EURO(12_001)}, {"costs": Money(-1)}, {"on": datetime(2027, 1, 1, tzinfo=UTC).date()}]
)
def test_a_settlement_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    answer, _plan = _granted_with(EURO(12_000))
    values = {"number": "V-12", "on": clock.today(), "costs": EURO(20_000), "amount": EURO(9_000), **change}
    with pytest.raises(NotValid):
        follow_settlement(actor=an_officer(), answer=answer.public_id, settled=FundSettlement(**values))
