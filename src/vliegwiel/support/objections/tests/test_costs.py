"""The costs of objecting: asked for before the decision, decided on in it, reckoned by points, told in the letter and paid once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vliegwiel.catalogue.objection_costs import cost_tariff
from vliegwiel.foundation.budgets.models import Payment
from vliegwiel.foundation.budgets.public import money_about, position
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.foundation.notices.reminders import preview
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.confirm_complete import confirm_complete
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.models.application import ParticipantRole
from vliegwiel.support.grants.tests.given import a_filled_draft, a_participant, signed
from vliegwiel.support.grants.tests.officers import a_signer, an_officer, days_later, good_for, no_state_aid
from vliegwiel.support.objections.actions.ask_costs import ask_costs, note_costs_request, pay_costs
from vliegwiel.support.objections.actions.decide_objection import decide_objection
from vliegwiel.support.objections.actions.lodge_objection import lodge_objection
from vliegwiel.support.objections.costs import Reimbursement, costs_owed
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import Objection, ObjectionDecision
from vliegwiel.support.objections.outcomes import ProposedOutcome
from vliegwiel.support.objections.queries import costs_waiting
from vliegwiel.support.objections.standing import find, reference
from vliegwiel.support.objections.tests.given import (
    a_call_to_object_to,
    a_decider,
    a_handler,
    a_refusal,
    an_objection,
    an_outcome,
    concluded,
    heard,
    not_heard,
    proposed,
    upheld,
)
from vliegwiel.support.objections.tests.snapshot import snapshot
from vliegwiel.support.objections.tests.test_pages import browser, text
from vliegwiel.support.settlements.actions.determine_interest import determine_interest
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.many import files_of
from vliegwiel.support.settlements.owed import OwnPayee, owed_on
from vliegwiel.support.settlements.pages.work.page import interest_waits
from vliegwiel.support.settlements.tests.given import the_bank_pays

pytestmark = pytest.mark.django_db
EIGHT, EURO = Money.euros(8_000), Money.euros
POINT = cost_tariff(date(2026, 1, 5)).point
HELP = Reimbursement(ours=True, acts=("objection", "hearing"), others=(("travel", 23_40),), why="Wij lazen uw plan niet goed.")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def _asked(*, hearing: bool = True) -> Objection:
    found = an_objection(a_refusal(), wants_costs=True)
    return heard(found) if hearing else not_heard(found)


def _granted(costs: Reimbursement = HELP) -> ObjectionDecision:
    with days_later(14):
        return concluded(_asked_then(), upheld(EIGHT, costs=costs))


def _asked_then() -> Objection:
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        return _asked()


def test_costs_of_a_revoked_decision_are_reckoned_by_points_told_in_the_letter_and_paid_once_from_their_own_line() -> None:
    done = _granted()
    total = Money(2 * POINT.cents + 23_40)
    assert done.costs_money == total
    letter = Letter.objects.get(public_id=done.letter)
    assert all(
        words in letter.html for words in ("artikel 7:15", "Wij lazen uw plan niet goed.", total.dutch().replace("\xa0", "")[1:])
    )
    name, line = done.objection.public_id, a_line(EURO(5_000), kind="lasten")
    with days_later(20):
        [waits] = costs_waiting(a_handler())
        assert (waits.decision.costs_money, waits.objection.public_id) == (total, name)
        pay_costs(actor=a_handler(), objection=name, line=line)
        before = snapshot()
        with pytest.raises(NotNow):
            pay_costs(actor=a_handler(), objection=name, line=line)
        assert snapshot() == before
        assert costs_waiting(a_handler()) == []
        the_bank_pays()
        assert money_about(reference(find(name))).paid == position(line).paid == total
    owed = costs_owed(find(name))
    assert owed is not None
    assert [payment.paid_on for payment in owed.payments] == [date(2026, 1, 25)]
    assert verify().broken == []


def test_who_got_legal_aid_on_an_assignment_is_not_paid_but_who_gave_it_is() -> None:
    done = _granted(
        Reimbursement(ours=True, acts=("objection",), weight="light", provider="Advocaten Nergens", why="Ons toedoen.")
    )
    name, line = done.objection.public_id, a_line(EURO(5_000), kind="lasten")
    assert "Advocaten Nergens" in Letter.objects.get(public_id=done.letter).html
    before = snapshot()
    for account in ("", "NL91ABNA0417164301"):
        with pytest.raises(NotValid):
            pay_costs(actor=a_handler(), objection=name, line=line, account=account)
    assert snapshot() == before
    payment = pay_costs(actor=a_handler(), objection=name, line=line, account="NL91 ABNA 0417 1643 00")
    assert payment.amount == Money(POINT.cents // 2)


def _objected_by_another(role: ParticipantRole) -> tuple[Objection, Actor]:
    """An objection by somebody else of the side that applied, with who that is."""
    draft = a_filled_draft(a_call_to_object_to(), **good_for())
    first, (_row, another) = Actor("person", draft.applicant), a_participant(draft, role=role.value)
    for person in (first, another):
        signed(draft, person)
    sent = submit_application(actor=first, application=draft.public_id)
    refusal = a_refusal(no_state_aid(confirm_complete(actor=an_officer(), application=sent.public_id)))
    return lodge_objection(actor=another, decision=refusal.public_id, grounds="Dat klopt niet.", wants_costs=True), another


def test_who_applied_along_and_objected_is_paid_on_an_account_of_their_own_and_gets_the_interest_when_that_is_late() -> None:
    found, along = _objected_by_another(ParticipantRole.CO_APPLICANT)
    done = concluded(not_heard(found), upheld(EIGHT, costs=replace(HELP, acts=("objection",))))
    line, application = a_line(EURO(5_000), kind="lasten"), found.application
    owed = costs_owed(find(found.public_id))
    assert owed is not None
    assert (owed.payee, "Geef ons daarvoor uw rekeningnummer" in Letter.objects.get(public_id=done.letter).html) == (
        "B. Denkbeeldig",
        True,
    )
    with pytest.raises(NotValid):
        pay_costs(actor=a_handler(), objection=found.public_id, line=line)
    with days_later(700):
        pay_costs(actor=a_handler(), objection=found.public_id, line=line, account="BE68 5390 0754 7034")
        the_bank_pays()
        [late] = owed_on(GrantFile(application))
        assert (late.article, late.base, late.to) == (
            "4:98",
            done.costs_money,
            OwnPayee("B. Denkbeeldig", "BE68539007547034", along.id),
        )
        assert owed_on(files_of([application])[application]) == [late], "the list shows what the file shows"
        assert interest_waits("PV99") == [application]
        assert late.interest.dutch() in text(browser(an_officer()), "/werk/vaststellingen")
        made = determine_interest(actor=a_signer(), application=application, line=line)
        told = Letter.objects.get(public_id=made.letter).html
        assert f"Wij betalen B. Denkbeeldig {late.interest.dutch()} rente." in told
        assert "Wij betalen u" not in told
        theirs = Letter.objects.filter(kind="interest-decision").exclude(public_id=made.letter).get()
        assert "B. Denkbeeldig" in theirs.html
        assert f"Wij betalen u {late.interest.dutch()} rente." in theirs.html
        assert any(theirs.public_id in item.path for item in messages_of(along.id)), "who gets it has a letter of their own"
        assert interest_waits("PV99") == []
        the_bank_pays()
        paid = Payment.objects.get(about_kind="interest", about_id=made.public_id)
        assert (paid.payee, paid.account, paid.cents) == (along.id, "BE68539007547034", late.interest.cents)
    assert verify().broken == []


def test_costs_of_who_keeps_the_money_and_objected_for_all_go_to_the_account_of_the_application() -> None:
    found, keeper = _objected_by_another(ParticipantRole.CASHIER)
    done = concluded(not_heard(found), upheld(EIGHT, costs=replace(HELP, acts=("objection",))))
    owed = costs_owed(find(found.public_id))
    assert owed is not None
    assert (found.objector, owed.payee) == (keeper.id, "")
    assert "rekeningnummer door" not in Letter.objects.get(public_id=done.letter).html


def test_costs_that_the_law_does_not_give_are_refused_and_nothing_changes() -> None:
    found, ours = _asked(hearing=False), Reimbursement(ours=True, why="Ja.")
    same = an_outcome(outcome="upheld", remedy="reasons")
    wrong: list[tuple[ProposedOutcome, Reimbursement, str]] = [
        (an_outcome(), HELP, "niet herroepen"),
        (an_outcome(), Reimbursement(), "Schrijf op wat u daarop besluit"),
        (same, HELP, "niet herroepen"),
        (upheld(EIGHT), Reimbursement(why="Nee."), "Zeg of"),
        (upheld(EIGHT), Reimbursement(ours=False, acts=("objection",), why="Nee."), "door ons toedoen"),
        (upheld(EIGHT), replace(ours, acts=("hearing",)), "geen gesprek"),
        (upheld(EIGHT), replace(ours, acts=("koffie",)), "uit de lijst"),
        (upheld(EIGHT), replace(ours, others=(("travel", -1),)), "uit de lijst"),
    ]
    a_handler()
    before = snapshot()
    for outcome, costs, says in wrong:
        with pytest.raises(NotValid) as refusal:
            proposed(found, replace(outcome, costs=costs))
        assert says in " ".join(refusal.value.details)
    assert snapshot() == before


def test_without_a_request_no_costs_are_paid() -> None:
    with pytest.raises(NotValid) as refusal:
        proposed(not_heard(an_objection(a_refusal())), upheld(EIGHT, costs=Reimbursement(ours=True, acts=("objection",))))
    assert "niet om vergoeding" in " ".join(refusal.value.details)


def test_costs_that_are_not_paid_are_told_with_the_reason() -> None:
    done = concluded(_asked(hearing=False), an_outcome(costs=Reimbursement(why="Ons besluit bleef zoals het was.")))
    html = Letter.objects.get(public_id=done.letter).html
    assert "Wij betalen uw kosten niet. Ons besluit bleef zoals het was." in html
    with pytest.raises(NotNow):
        pay_costs(actor=a_handler(), objection=done.objection.public_id, line=a_line(EURO(10), kind="lasten"))


def test_who_asks_while_a_proposal_waits_gets_it_back_and_after_the_decision_it_is_too_late() -> None:
    found = not_heard(an_objection(a_refusal()))
    own = Actor("person", found.objector)
    seen = proposed(found).content_hash
    asked = ask_costs(actor=own, objection=found.public_id, text="Een jurist hielp mij.")
    assert (asked.stands, asked.wants_costs, asked.costs_asked) == (State.READY, True, "Een jurist hielp mij.")
    with pytest.raises(NotNow):
        decide_objection(actor=a_decider(), objection=found.public_id, seen=seen)
    with pytest.raises(NotValid):
        ask_costs(actor=own, objection=found.public_id, text=" ")
    more = note_costs_request(actor=a_handler(), objection=found.public_id, text="En de trein.")
    assert more.costs_asked == "Een jurist hielp mij.\n\nEn de trein."
    concluded(more, an_outcome(costs=Reimbursement(why="Ons besluit blijft.")))
    before = snapshot()
    with pytest.raises(NotNow):
        ask_costs(actor=own, objection=found.public_id, text="Te laat.")
    assert snapshot() == before


def test_a_resident_asks_and_officers_grant_and_pay_from_their_pages() -> None:
    found = heard(an_objection(a_refusal()))
    line = a_line(EURO(5_000), kind="lasten")
    client, own, work = (
        browser(Actor("person", found.objector)),
        f"/mijn/bezwaren/{found.public_id}",
        f"/werk/bezwaren/{found.number}",
    )
    with days_later(14):
        client.post(own, {"doe": "kosten", "kosten-tekst": "Mijn nicht is jurist."})
        at_work = browser(a_handler())
        assert "Mijn nicht is jurist." in text(at_work, f"{work}/bezwaar")
        assert "Staatscourant" in text(at_work, f"{work}/besluit"), "what was not checked says so"
        form = {"doe": "voorstellen", "uitkomst": "upheld", "bedrag": "8.000", "kort": "U krijgt het.", "motivering": "Het past."}
        form |= {"titel": "Een plan", "kosten-fout": "ja", "kosten-hulp-objection": "1", "kosten-travel": "x"}
        wrong = at_work.post(f"{work}/besluit", form)
        assert (wrong.status_code, 'value="x"' in wrong.content.decode()) == (400, True)
        at_work.post(f"{work}/besluit", {**form, "kosten-travel": "12,50", "kosten-waarom": "Wij lazen het niet."})
        waits = ObjectionDecision.objects.get()
        decide_objection(actor=a_decider(), objection=found.public_id, seen=waits.content_hash)
        assert "te betalen" in text(at_work, "/werk/bezwaren?stapel=betalen")
        at_work.post(f"{work}/besluit", {"doe": "kosten-betalen", "kosten-post": line})
        assert "klaargezet, uiterlijk" in text(at_work, f"{work}/besluit")
        assert Money(POINT.cents + 12_50).dutch() in text(client, own)


def test_who_pays_is_reminded_two_weeks_before_the_costs_must_be_there() -> None:
    _granted()
    with days_later(14 + 20):
        assert any(item.reminder.key == "objection-costs-pay" for item in preview("PV99", days=14))


def test_the_tariff_is_dated_unchecked_where_nobody_looked_and_reckons_to_the_cent() -> None:
    assert cost_tariff(date(2023, 6, 1)).point < cost_tariff(date(2024, 6, 1)).point
    assert [cost_tariff(date(year, 1, 1)).checked for year in (2023, 2024, 2025, 2026)] == [True, True, False, False]
    tariff = cost_tariff(date(2025, 1, 1))
    assert tariff.help_costs(["objection"], "very-light", related=True) == Money(round(647_00 * 0.25 * 1.5 + 0.01))
    with pytest.raises(NotFound):
        cost_tariff(date(2015, 1, 1))
