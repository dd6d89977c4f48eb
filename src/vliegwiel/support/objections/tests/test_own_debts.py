"""What we owe besides a grant (a penalty, interest, costs): who may decide on it and say where it goes, in which state, and who is told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.budgets.models import Payment
from vliegwiel.foundation.budgets.public import position
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import MOVES, State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import Participant
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    a_decidable_application,
    a_signer,
    an_assessor,
    by_mail,
    days_later,
)
from vliegwiel.support.objections.actions.decide_objection import decide_objection
from vliegwiel.support.objections.actions.determine_penalty import determine_penalty, pay_penalty, redress_penalty
from vliegwiel.support.objections.actions.divide_penalty import give_share_account
from vliegwiel.support.objections.actions.give_notice import give_notice
from vliegwiel.support.objections.contested import objectable
from vliegwiel.support.objections.costs import Reimbursement
from vliegwiel.support.objections.models import Matter, Objection, PenaltyDecision
from vliegwiel.support.objections.outcomes import needs_two
from vliegwiel.support.objections.tests.given import (
    a_call_to_object_to,
    a_committee_member,
    a_decider,
    a_handler,
    a_refusal,
    an_objection,
    concluded,
    not_heard,
    proposed,
    upheld,
)
from vliegwiel.support.objections.tests.snapshot import snapshot
from vliegwiel.support.objections.tests.test_applied_together import ACCOUNT, TOGETHER, waited
from vliegwiel.support.objections.tests.test_every_decision import objected
from vliegwiel.support.objections.tests.test_pages import browser, text
from vliegwiel.support.settlements.actions.determine_interest import determine_interest, redress_interest
from vliegwiel.support.settlements.files import owing_file
from vliegwiel.support.settlements.models import InterestDecision
from vliegwiel.support.settlements.owed import owed_on
from vliegwiel.support.settlements.pages.work.page import interest_waits
from vliegwiel.support.settlements.tests.given import a_grant, after, paid, recipient, the_bank_pays

pytestmark = pytest.mark.django_db
EURO = Money.euros


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def _people(**own: Actor) -> dict[str, Actor]:
    """Everyone who may come near, by what they are."""
    return {
        **own,
        "handler": a_handler(),
        "decider": a_decider(),
        "committee": a_committee_member(),
        "assessor": an_assessor(),
        "elsewhere": acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid")),
        "stranger": a_resident("vreemd@voorbeeld.invalid"),
        "visitor": Actor("visitor"),
    }


def _refusals() -> int:
    return Entry.objects.filter(result=Result.REFUSED).count()


def test_the_account_of_a_part_comes_from_who_it_is_of_or_who_pays_and_only_while_it_waits() -> None:
    notice, (first, along, other) = waited(TOGETHER, TOGETHER)
    line, may = a_line(EURO(5_000), kind="lasten"), {"along", "handler"}
    with days_later(250):
        people = _people(applicant=first, along=along, other=other)

        def give(who: Actor) -> None:
            give_share_account(actor=who, notice=notice.public_id, account=ACCOUNT, person="" if who is along else along.id)

        for moment in ("counted", "laid down", "asked of payments"):
            if moment == "laid down":
                determine_penalty(actor=people["decider"], notice=notice.public_id)
            if moment == "asked of payments":
                give(along)
                pay_penalty(actor=people["handler"], notice=notice.public_id, line=line)
            before, refused, count = snapshot(), _refusals(), 0
            for name, who in people.items():
                if name in may and moment == "laid down":
                    with transaction.atomic():
                        give(who)
                        transaction.set_rollback(True)
                    continue
                with pytest.raises(NotNow if name in may and moment == "asked of payments" else NotAllowed):
                    give(who)
                count += 1
            assert snapshot() == before, moment
            assert _refusals() == refused + count, moment


def test_a_higher_penalty_is_of_who_may_sign_it_once_and_never_more_than_the_law_gives() -> None:
    application = by_mail(a_decidable_application(a_call_to_object_to()))
    own, earlier = Actor("person", application.applicant), a_decider(1)
    with days_later(120):
        notice = give_notice(actor=own, application=application.public_id)
    with days_later(190):
        determine_penalty(actor=earlier, notice=notice.number, ground="4:17-6a", why="Het duurde te lang.")
    with days_later(195):
        people = _people(objector=own, involved=earlier)
        found, first = objected(notice.application, Matter.PENALTY), PenaltyDecision.objects.get()
        waiting = proposed(found, upheld(EURO(1_442)))
        before, refused = snapshot(), _refusals()
        for name, who in people.items():
            if name != "decider":
                with pytest.raises(NotAllowed):
                    decide_objection(actor=who, objection=found.public_id, seen=waiting.content_hash)
        assert _refusals() == refused + len(people) - 1

        def redress(decision: str, amount: Money) -> None:
            with transaction.atomic():
                redress_penalty(actor=people["decider"], decision=decision, amount=amount, by=people["handler"].id, letter="")

        for decision, amount, refusal in (
            ("onbekend", EURO(1_442), NotFound),
            (first.public_id, EURO(1_443), NotValid),
            (first.public_id, Money(-1), NotValid),
        ):
            with pytest.raises(refusal):
                redress(decision, amount)
        assert snapshot() == before
        decide_objection(actor=people["decider"], objection=found.public_id, seen=waiting.content_hash)
        after_it = snapshot()
        with pytest.raises(NotNow) as again:
            redress(first.public_id, EURO(1_442))
        assert again.value.code == "replaced"
        assert snapshot() == after_it


def test_who_applied_along_hears_of_their_part_also_when_it_comes_only_after_an_objection() -> None:
    notice, (_first, along) = waited(TOGETHER)
    by_mail(Application.objects.get(public_id=notice.application))
    with days_later(250):
        determine_penalty(actor=a_decider(1), notice=notice.number, ground="4:17-6a", why="Het duurde te lang.")
        assert not [item for item in messages_of(along.id) if "te laat waren" in item.subject]
        concluded(objected(notice.application, Matter.PENALTY), upheld(EURO(1_442)))
        assert [item.subject for item in messages_of(along.id) if "721,00" in item.subject]


def test_more_interest_is_of_who_signs_where_it_can_be_and_once() -> None:
    file = a_grant()
    with after(300):
        paid(file)
        people = _people(recipient=recipient(file))
        determine_interest(actor=a_signer(), application=file.name, why_none="De rekening klopte lang niet.")
        first, line = InterestDecision.objects.get(), a_line(kind="lasten")
        full = next(item for item in objectable(file.name) if item.matter is Matter.INTEREST).best

        def redress(who: Actor, amount: Money = full) -> None:
            with transaction.atomic():
                redress_interest(
                    actor=who,
                    decision=first.public_id,
                    amount=amount,
                    by=people["handler"].id,
                    line=line,
                    letter=first.letter,
                    mandate="",
                    why="Toch.",
                )

        found = objected(file.name, Matter.INTEREST)
        before = snapshot()
        for name, who in people.items():
            if name not in ("handler", "decider"):
                with pytest.raises(NotAllowed):
                    redress(who)
        with pytest.raises(NotValid):
            redress(people["decider"], full + Money(1))
        stands, count = Application.objects.get(public_id=file.name).state, 0
        for state in set(State) - MOVES["determine-interest"].sources - {State.DRAFT, State.SIGNING}:
            Application.objects.filter(public_id=file.name).update(state=state.value)
            with pytest.raises(NotNow):
                redress(people["decider"])
            count += 1
        Application.objects.filter(public_id=file.name).update(state=stands)
        assert snapshot() == before
        assert count > 3
        concluded(found, upheld(full, line=line))
        after_it = snapshot()
        with pytest.raises(NotNow) as again:
            redress(people["decider"])
        assert again.value.code == "replaced"
        assert snapshot() == after_it
    assert verify().broken == []


def test_a_penalty_paid_late_bears_interest_also_when_the_application_was_refused_in_the_end() -> None:
    application = by_mail(a_decidable_application(a_call_to_object_to()))
    own, line = Actor("person", application.applicant), a_line(EURO(5_000), kind="lasten")
    with days_later(120):
        notice = give_notice(actor=own, application=application.public_id)
    with days_later(190):
        refused = a_refusal(application)
        determine_penalty(actor=a_decider(), notice=notice.number)
    with days_later(500):
        pay_penalty(actor=a_handler(), notice=notice.public_id, line=line)
        the_bank_pays()
        page, signer = f"/werk/vaststellingen/{application.number}/geld", browser(a_decider(3))
        assert interest_waits(PROVINCE) == [application.public_id]
        [row] = owed_on(owing_file(application.public_id))
        assert (row.article, row.base) == ("4:98", EURO(1_442))
        assert application.title in text(browser(a_handler()), "/werk/vaststellingen")
        assert row.interest.dutch() in text(signer, page)
        before = snapshot()
        with pytest.raises(NotAllowed):
            determine_interest(actor=own, application=application.public_id, line=line)
        assert snapshot() == before
        signer.post(page, {"doe": "rente", "post": line})
        [made] = InterestDecision.objects.all()
        assert (made.money, interest_waits(PROVINCE)) == (row.interest, [])
        told = Letter.objects.get(public_id=made.letter).html
        assert "Dit gaat over uw aanvraag voor" in told
        assert refused.application.stands is State.REFUSED
        the_bank_pays()
        assert position(line).paid == EURO(1_442) + row.interest
        assert Matter.INTEREST in {item.matter for item in objectable(application.public_id)}
    assert verify().broken == []


def test_costs_count_for_the_mandate_and_for_the_second_signature() -> None:
    found = not_heard(an_objection(a_refusal(), wants_costs=True))
    limited = a_signer(6)
    give_mandate(
        actor=SYSTEM,
        person=limited.id,
        organisation=limited.organisation,
        province=PROVINCE,
        matter="objections",
        resolution="Verzonnen mandaatbesluit, nummer 3",
        most=EURO(8_000),
    )
    costs = Reimbursement(ours=True, acts=("objection",), why="Wij lazen uw plan niet goed.")
    waiting = proposed(found, upheld(EURO(8_000), costs=costs))
    before = snapshot()
    with pytest.raises(NotAllowed) as refusal:
        decide_objection(actor=limited, objection=found.public_id, seen=waiting.content_hash)
    assert refusal.value.code == "above-mandate"
    assert snapshot() == before
    asks = [
        needs_two(found, EURO(24_000), costs=Money(0), beyond=False),
        needs_two(found, EURO(24_000), costs=EURO(1_000), beyond=False),
        needs_two(found, None, costs=EURO(25_000), beyond=False),
    ]
    assert asks == [False, True, True]


def test_who_applied_along_and_objected_alone_gets_all_of_it_is_told_and_asked_for_an_account() -> None:
    found, along = an_objection(a_refusal()), a_resident("mee@voorbeeld.invalid", called="B. Denkbeeldig")
    file = Application.objects.get(public_id=found.application)
    Participant.objects.create(application=file, person=along.id, name="B. Denkbeeldig", accepted_at=clock.now())
    Objection.objects.filter(pk=found.pk).update(objector=along.id, objector_name="B. Denkbeeldig")
    late, path = (found.due_on - clock.today()).days + 1, f"/mijn/bezwaren/{found.public_id}/te-laat"
    with days_later(late):
        notice = give_notice(actor=along, application=found.application, objection=found.public_id)
    with days_later(late + 100):
        determine_penalty(actor=a_decider(), notice=notice.public_id)
        html = Letter.objects.get(kind="penalty-decision").html
        assert "Geef ons daarvoor uw rekeningnummer door" in html
        assert "gelijk deel" not in html
        assert "omdat wij te laat waren" in messages_of(along.id)[0].subject
        client = browser(along)
        assert "Op welke rekening mag uw deel?" in text(client, path)
        client.post(path, {"doe": "rekening", "rekening": ACCOUNT})
        pay_penalty(actor=a_handler(), notice=notice.public_id, line=a_line(EURO(5_000), kind="lasten"))
    assert [(row.payee, row.account) for row in Payment.objects.all()] == [(along.id, ACCOUNT)]
