"""Money is paid when it is due, to who may have it, and only once."""

import pytest

from vliegwiel.foundation.budgets.public import money_about, payments_of
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.duties import DutyIn
from vliegwiel.support.grants.tests.officers import a_signer, an_officer
from vliegwiel.support.settlements.actions.order_payment import change_account, order_payment, suspend_payment
from vliegwiel.support.settlements.actions.prove_duty import judge_proof, prove_duty
from vliegwiel.support.settlements.actions.tie_payment import tie_payment
from vliegwiel.support.settlements.files import GrantFile, due_payments
from vliegwiel.support.settlements.rules import may_receive
from vliegwiel.support.settlements.tests.given import a_grant, after, later, paid, recipient, reported, the_bank_pays
from vliegwiel.support.settlements.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
OTHER = "BE68539007547034"


def test_an_instalment_is_ordered_and_booked_when_the_bank_says_so() -> None:
    file = a_grant()
    item = due_payments(file)[0]
    payment = order_payment(actor=an_officer(), application=file.name, instalment=item.instalment.id)
    assert (payment.state, payment.amount, payment.due_on) == ("asked", Money.euros(6_000), item.instalment.due_on)
    assert money_about(file.about).paid == Money(0)
    the_bank_pays()
    money = money_about(file.about)
    assert (money.paid, money.committed) == (Money.euros(6_000), Money.euros(2_000))
    assert due_payments(GrantFile(file.name)) == []
    assert verify().broken == []


def test_an_instalment_is_ordered_once() -> None:
    file = a_grant()
    item = due_payments(file)[0].instalment.id
    order_payment(actor=an_officer(), application=file.name, instalment=item)
    before = snapshot()
    with pytest.raises(NotNow, match="al klaargezet"):
        order_payment(actor=an_officer(), application=file.name, instalment=item)
    assert snapshot() == before
    assert len(payments_of(file.about)) == 1


def test_a_payment_that_is_not_in_the_plan_of_this_grant_is_not_there() -> None:
    file, other = a_grant(), a_grant()
    with pytest.raises(NotFound):
        order_payment(actor=an_officer(), application=file.name, instalment=due_payments(other)[0].instalment.id)


def test_who_signs_does_not_pay_and_the_recipient_neither() -> None:
    file = a_grant()
    item, before = due_payments(file)[0].instalment.id, snapshot()
    for actor in (a_signer(), recipient(file)):
        with pytest.raises(NotAllowed):
            order_payment(actor=actor, application=file.name, instalment=item)
    assert snapshot() == before


def test_a_suspicion_holds_payments_for_thirteen_weeks() -> None:
    file = a_grant()
    hold = suspend_payment(actor=an_officer(), application=file.name, reason="De zaal is nooit gehuurd.")
    assert (hold.until - hold.since).days == 91
    item = due_payments(GrantFile(file.name))[0]
    with pytest.raises(NotNow, match="4:56"):
        order_payment(actor=an_officer(), application=file.name, instalment=item.instalment.id)
    with after(91), pytest.raises(NotNow):
        order_payment(actor=an_officer(), application=file.name, instalment=item.instalment.id)
    with after(92):
        assert order_payment(actor=an_officer(), application=file.name, instalment=item.instalment.id).state == "asked"


def test_another_account_waits_for_a_second_person_and_the_old_contact_hears_it() -> None:
    file = paid(a_grant())
    change_account(actor=recipient(file), application=file.name, account=OTHER, account_name="Vereniging Verzonnen Plein")
    reported(file)
    later(file)
    last = payments_of(file.about)[-1]
    assert (last.state, last.held) == ("held", True)
    said = [message.subject for message in messages_of(file.grant.applicant)]
    assert "Er is een ander rekeningnummer doorgegeven" in said
    assert "Een betaling gaat naar een ander rekeningnummer" in said


@pytest.mark.parametrize(
    ("kind", "same_name", "signed", "may"),
    [
        ("organisation", False, False, True),
        ("person", True, False, True),
        ("person", False, False, False),
        ("person", False, True, True),
        ("group", True, False, False),
        ("group", False, True, True),
    ],
)
def test_a_private_account_of_another_only_through_who_keeps_the_money_and_signed(
    kind: str, same_name: bool, signed: bool, may: bool
) -> None:
    assert bool(may_receive(kind, same_name, signed)) is may


@pytest.mark.parametrize(
    ("account", "name"), [("NL91ABNA0417164301", "V. Zonnen"), (OTHER, " "), ("NL91 ABNA 0417 1643 00", "X")]
)
def test_an_account_that_cannot_be_right_changes_nothing(account: str, name: str) -> None:
    file = a_grant()
    before = snapshot()
    with pytest.raises(NotValid):
        change_account(actor=recipient(file), application=file.name, account=account, account_name=name)
    assert snapshot() == before


DUTY = DutyIn("obligation", "4:37", "U hangt een bord op met het logo van de provincie.", evidence="Een foto", due_on=None)


def test_an_obligation_is_shown_refused_with_reason_shown_again_and_met() -> None:
    file = a_grant(duties=(DUTY,))
    duty = file.duties[0].id
    prove_duty(actor=recipient(file), application=file.name, duty=duty, text="Het bord hangt.")
    with pytest.raises(NotNow, match="Wij kijken"):
        prove_duty(actor=recipient(file), application=file.name, duty=duty, text="Nog eens.")
    with pytest.raises(NotValid):
        judge_proof(actor=an_officer(), application=file.name, duty=duty, good=False)
    judge_proof(actor=an_officer(), application=file.name, duty=duty, good=False, why="De foto ontbreekt.")
    prove_duty(actor=recipient(file), application=file.name, duty=duty, text="Met foto.", upload=an_upload())
    judge_proof(actor=an_officer(), application=file.name, duty=duty, good=True)
    assert GrantFile(file.name).duties[0].met_on == clock.today()
    with pytest.raises(NotNow, match="al voldaan"):
        judge_proof(actor=an_officer(), application=file.name, duty=duty, good=True, why="Ja.")


def test_when_the_condition_of_a_grant_is_met_its_advance_is_planned() -> None:
    condition = DutyIn("condition", "4:33", "U huurt een zaal.", evidence="Het contract")
    file = a_grant(kind="conditional", duties=(condition,))
    assert file.instalments == []
    judge_proof(actor=an_officer(), application=file.name, duty=file.duties[0].id, good=True, why="Het contract is er.")
    assert [item.amount for item in GrantFile(file.name).instalments] == [Money.euros(6_000)]


def test_a_payment_that_waits_for_an_obligation_is_paid_once_it_is_met() -> None:
    file = a_grant(duties=(DUTY,))
    duty, item = file.duties[0], file.instalments[0]
    tie_payment(actor=an_officer(), application=file.name, instalment=item.id, duty=duty.id, why="Eerst dit.")
    with pytest.raises(NotNow, match="Wacht op: U hangt een bord op"):
        order_payment(actor=an_officer(), application=file.name, instalment=item.id)
    judge_proof(actor=an_officer(), application=file.name, duty=duty.id, good=True, why="Ik zag het bord.")
    assert order_payment(actor=an_officer(), application=file.name, instalment=item.id).amount == Money.euros(6_000)
