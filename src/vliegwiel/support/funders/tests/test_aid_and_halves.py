"""Only public money is state aid, and it counts per award; and where the province handles both sides give the same, to the cent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from vliegwiel.foundation.budgets.tests.given import a_ceiling
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.funders.actions.count_aid import count_aid_of_fund
from vliegwiel.support.funders.actions.share_application import answer_for_fund
from vliegwiel.support.funders.actions.take_in_decisions import book_intake, settle_fund_decision
from vliegwiel.support.funders.aid import aid_in
from vliegwiel.support.funders.contributes import GUARDS
from vliegwiel.support.funders.models import FundDecision, Intake
from vliegwiel.support.funders.rules import Promise
from vliegwiel.support.funders.tests.given import (
    EURO,
    FUND_NAME,
    a_row,
    a_shared_application,
    agreed,
    answered,
    asked,
    booked,
    laid_ready,
    of_the_fund,
    together_handled_by_the_province,
)
from vliegwiel.support.grants.actions.hear_views import skip_views
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.revise_decision import Award
from vliegwiel.support.grants.actions.revise_decision import problems as problems_on_objection
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.decisions import motivation_of
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tests.officers import a_call, a_proposal, a_signer, an_officer, days_later, decided
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.state_aid.models import AidEntry
from vliegwiel.support.state_aid.public import assess_aid, book, ledger_of
from vliegwiel.support.state_aid.tests.given import LOCAL, de_minimis

pytestmark = pytest.mark.django_db
KVK, SAID = "90000001", "02-01-2026"
AIDED = {"kvk": KVK, "verklaring": SAID}
ROOM = Money.euros(300_000)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def used(kvk: str = KVK) -> Money:
    return next(item.used for item in ledger_of(kvk) if item.ledger == "regular")


@pytest.mark.parametrize(("public", "counts", "by"), [(False, EURO(3_000), 1), (True, EURO(6_000), 2)])
def test_our_half_of_an_award_is_aid_and_that_of_a_fund_only_when_its_money_is_public(
    public: bool, counts: Money, by: int
) -> None:
    agreement = agreed(aid_route="de_minimis", public_money=public)
    booked(agreement, a_row("F-1", **AIDED))
    assert used() == counts
    entries = list(AidEntry.objects.order_by("pk"))
    assert [(item.source, item.report_by is not None) for item in entries] == [("grant", True), ("declared", False)][:by]
    assert entries[-1].authority == (FUND_NAME if public else entries[0].authority)
    page = browser(an_officer()).get(f"/werk/medefinanciers/besluiten/{FundDecision.objects.get().number}").content.decode()
    assert ("telt mee: dat is geld van de overheid" in page, "geen overheidsgeld en telt niet mee" in page) == (
        public,
        not public,
    )
    with days_later(30):
        settle_fund_decision(
            actor=an_officer(), decision=FundDecision.objects.get().number or "", total=EURO(4_000), why="Minder kosten."
        )
    assert used() == Money(counts.cents * 2 // 3)
    found = aid_in(FundDecision.objects.get())
    assert found is not None
    assert (found.ours, found.fund) == (EURO(2_000), EURO(2_000) if public else Money(0))


def test_the_ceiling_of_an_undertaking_stops_an_award_also_over_the_rows_of_one_file() -> None:
    agreement = agreed(
        aid_route="de_minimis",
        promised={2026: Promise(EURO(500_000), EURO(500_000))},
        per_award=EURO(700_000),
        per_initiative=EURO(900_000),
        ceiling=a_ceiling(EURO(900_000)).id,
    )
    with pytest.raises(NotValid) as refusal:
        laid_ready(agreement, a_row("F-0", kvk=KVK), a_row("F-1", verklaring=SAID))
    assert [line.split(":")[0] for line in refusal.value.details] == ["regel 2", "regel 3"]
    trial = booked(
        agreement,
        a_row("F-2", bedrag="400000", **AIDED),
        a_row("F-3", bedrag="200000,02", **AIDED),
        a_row("F-4", bedrag="200000", **AIDED),
        a_row("F-5", bedrag="10", staatssteun="geen"),
    )
    assert [item.what for item in trial.rows] == ["new", "stopped", "new", "new"]
    assert "100.000" in trial.rows[1].why
    assert used() == ROOM
    assert AidEntry.objects.count() == 2


def test_what_was_room_when_it_was_laid_ready_and_is_not_at_booking_is_told_and_not_booked() -> None:
    agreement = agreed(aid_route="de_minimis")
    intake = laid_ready(agreement, a_row("F-1", **AIDED), a_row("F-2", bedrag="100", staatssteun="geen"))
    about = Reference("application", "elders", "", "")
    de_minimis(about, KVK)
    book(actor=SYSTEM, about=about, province=PROVINCE, amount=ROOM, on=clock.today(), key="k", authority="Een ander")
    trial = book_intake(actor=a_signer(), intake=intake.public_id, seen=Intake.objects.get().content_hash)
    assert [item.what for item in trial.rows] == ["stopped", "new"]
    assert used() == ROOM


def _halves(application: str, amount: Money) -> Any:
    verdict = GUARDS[0].asked(application, amount, ())
    assert verdict is not None
    return verdict


def test_where_the_province_handles_nobody_gives_alone_and_both_give_the_same() -> None:
    call = a_call()
    promised = {2026: Promise(EURO(30_000), EURO(30_000))}
    agreement = agreed(call, handled_by="province", promised=promised, per_award=EURO(9_000), per_initiative=EURO(9_000))
    plan = a_shared_application(agreement, call)
    name, officer = plan.public_id, an_officer()
    assert GUARDS[0].asked(name, Money(0), ()) is None, "to refuse needs nobody else"
    assert _halves(name, EURO(4_000)).answer is Answer.UNKNOWN
    with pytest.raises(NotNow) as refusal:
        propose_decision(actor=officer, application=name, proposal=a_proposal(plan))
    assert any("Vraag eerst" in line for line in refusal.value.details)
    question = asked(agreement, plan)
    assert _halves(name, EURO(4_000)).reasons[0].code == "fund-waits"
    assert question.proposed_money == EURO(4_000)
    answered(question, Money(399_999))
    before = snapshot("funders")
    proposal = a_proposal(plan, kind="partial", awarded=EURO(3_000), grounds=("other-half",))
    with pytest.raises(NotNow) as refusal:
        propose_decision(actor=officer, application=name, proposal=proposal)
    assert any("Ieder de helft" in line for line in refusal.value.details)
    assert snapshot("funders") == before
    assert [_halves(name, Money(cents)).answer for cents in (399_997, 399_999)] == [Answer.NO, Answer.YES]
    odd = {cents: _halves(name, Money(cents)).reasons[0].code for cents in (399_998, 400_000)}
    assert odd == {399_998: "even", 400_000: "odd-cent"}, "the odd cent is of one side, and the engine knows whose turn it is"
    waiting = propose_decision(
        actor=officer,
        application=name,
        proposal=a_proposal(plan, kind="partial", awarded=Money(399_999), grounds=("other-half",)),
    )
    assert f"{FUND_NAME} betaalt de andere helft" in motivation_of(waiting)
    assert "Samen met ons geld is dat € 7.999,98".replace("€ ", "€\u00a0") in motivation_of(waiting)
    sign_decision(actor=a_signer(), decision=waiting.public_id, seen=waiting.content_hash)


def test_a_fund_that_does_not_pay_stops_the_province_and_more_than_was_promised_is_not_given() -> None:
    call = a_call()
    promised = {2026: Promise(EURO(5_000), EURO(5_000))}
    agreement = agreed(call, handled_by="province", promised=promised, per_award=EURO(8_000), per_initiative=EURO(8_000))
    first, second, third = (a_shared_application(agreement, call) for _number in range(3))
    answer_for_fund(actor=of_the_fund(), answer=asked(agreement, first).public_id, agrees=False, why="Past niet.")
    assert _halves(first.public_id, EURO(1)).reasons[0].code == "fund-says-no"
    answered(asked(agreement, second), EURO(4_000))
    answered(asked(agreement, third, EURO(2_000)), EURO(2_000))
    assert _halves(third.public_id, EURO(2_000)).reasons[0].code == "beyond-agreed"


def test_on_an_objection_too_nobody_gives_alone_and_both_give_the_same() -> None:
    call = a_call()
    promised = {2026: Promise(EURO(30_000), EURO(30_000))}
    agreement = agreed(call, handled_by="province", promised=promised, per_award=EURO(9_000), per_initiative=EURO(9_000))
    plan = a_shared_application(agreement, call)
    question = asked(agreement, plan)
    assess_aid(actor=SYSTEM, about=reference(plan), province=PROVINCE, answers=LOCAL, route="no_aid", why="Plaatselijk.")
    skip_views(actor=an_officer(), application=plan.public_id, ground="4:11a", why="Het moet snel.")
    refused = decided(find(plan.public_id), kind="refusal", awarded=Money(0), grounds=("no-account",), summary="U krijgt niets.")

    def lacks(amount: Money) -> list[str]:
        award = Award(amount, "U krijgt het toch.", "Wij lazen het niet goed.", an_officer().id, public_title="Een plan")
        return [line for line in problems_on_objection(refused, award) if line.startswith("Ieder de helft")]

    assert lacks(EURO(4_000)) == [f"Ieder de helft: {FUND_NAME} heeft nog niet geantwoord."]
    answered(question, EURO(4_000))
    assert lacks(EURO(4_000)) == []
    assert "Ken dat ook toe" in lacks(EURO(3_000))[0]


def test_public_money_of_a_fund_is_counted_before_the_decision_on_a_plan_that_we_handle() -> None:
    agreement, call = together_handled_by_the_province(public_money=True)
    plan = a_shared_application(agreement, call)
    answer = answered(asked(agreement, plan), EURO(5_000))
    assess_aid(
        actor=SYSTEM,
        about=reference(plan),
        province=PROVINCE,
        answers=LOCAL,
        route="no_aid",
        why="Plaatselijk.",
        undertaking=KVK,
    )
    assert GUARDS[1].asked(plan.public_id, EURO(1), ()) is None, "no state aid, also where the undertaking is known"
    with pytest.raises(NotNow):
        count_aid_of_fund(actor=an_officer(), answer=answer.public_id)
    de_minimis(reference(plan), KVK)
    verdict = GUARDS[1].asked(plan.public_id, EURO(1), ())
    assert verdict is not None
    assert verdict.answer is Answer.UNKNOWN
    client, path = browser(an_officer()), f"/werk/medefinanciers/{agreement.public_id}/aanvragen/{plan.number}"
    assert "Tel dit mee als steun" in client.get(path).content.decode()
    assert client.post(path, {"doe": "steun"}).status_code == 302
    assert used() == EURO(5_000)
    assert GUARDS[1].asked(plan.public_id, EURO(1), ()) is None
    with pytest.raises(NotNow):
        count_aid_of_fund(actor=an_officer(), answer=answer.public_id)
    assert find(plan.public_id)
