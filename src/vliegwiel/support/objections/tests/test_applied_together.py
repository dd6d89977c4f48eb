"""A penalty is owed to each of several applicants for an equal part (Awb 4:17(7)): laid down, told, and paid on an account of their own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.actions.request_payment import check_account
from vliegwiel.foundation.budgets.models import Payment
from vliegwiel.foundation.budgets.public import position
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.models.application import ParticipantRole
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.grants.tests.given import a_filled_draft, a_participant, a_resident, signed
from vliegwiel.support.grants.tests.officers import a_call, days_later, good_for
from vliegwiel.support.objections.actions.determine_penalty import determine_penalty, pay_penalty
from vliegwiel.support.objections.actions.divide_penalty import give_share_account, notice_named
from vliegwiel.support.objections.actions.give_notice import give_notice
from vliegwiel.support.objections.models import DefaultNotice
from vliegwiel.support.objections.penalties import DefaultFacts, equal_parts, facts_of
from vliegwiel.support.objections.tests.given import a_decider, a_handler
from vliegwiel.support.objections.tests.snapshot import snapshot
from vliegwiel.support.objections.tests.test_pages import browser, text
from vliegwiel.support.settlements.tests.given import the_bank_pays

pytestmark = pytest.mark.django_db
FULL, ACCOUNT, OTHER = Money.euros(1_442), "NL91ABNA0417164300", "BE68539007547034"


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def waited(*roles: str) -> tuple[DefaultNotice, list[Actor]]:
    """An application of several people that was decided on too late for the whole penalty, and who they are."""
    draft = a_filled_draft(a_call(), **good_for())
    people = [Actor("person", draft.applicant)]
    for place, role in enumerate(roles, start=1):
        people.append(a_participant(draft, f"mee{place}@voorbeeld.invalid", role=role)[1])
    for person in people:
        signed(draft, person)
    found = submit_application(actor=people[0], application=draft.public_id)
    assert found.due_on is not None
    with days_later((found.due_on - clock.today()).days + 1):
        return give_notice(actor=people[0], application=found.public_id), people


def _facts(notice: DefaultNotice) -> DefaultFacts:
    return facts_of(notice_named(notice.number))


TOGETHER = ParticipantRole.CO_APPLICANT.value


def test_three_applicants_each_get_a_third_to_the_cent_on_their_own_account() -> None:
    notice, (first, second, third) = waited(TOGETHER, TOGETHER)
    line, path = a_line(Money.euros(5_000), kind="lasten"), f"/mijn/aanvragen/{notice.application}/te-laat"
    with days_later(250):
        determine_penalty(actor=a_decider(), notice=notice.public_id)
        parts = [item.share.money for item in _facts(notice).shares]
        assert parts == [Money(480_67), Money(480_67), Money(480_66)]
        html = Letter.objects.get(kind="penalty-decision").html
        assert "Ieder krijgt een gelijk deel" in html
        assert "480,67" in html and "480,66" in html
        assert "480,67" in messages_of(second.id)[0].subject
        [payment] = pay_penalty(actor=a_handler(), notice=notice.public_id, line=line)
        assert payment.amount == parts[0], "who applied is paid; of the others no account is known"
        stranger = a_resident("vreemd@voorbeeld.invalid")
        before = snapshot()
        with pytest.raises(NotNow, match="rekeningnummer"):
            pay_penalty(actor=a_handler(), notice=notice.public_id, line=line)
        for who, account in ((stranger, ACCOUNT), (second, "NL00"), (first, ACCOUNT)):
            with pytest.raises((NotAllowed, NotValid, NotNow)):
                give_share_account(actor=who, notice=notice.public_id, account=account)
        with pytest.raises(NotAllowed):
            give_share_account(actor=second, notice=notice.public_id, account=ACCOUNT, person=third.id)
        assert snapshot() == before
        client = browser(second)
        assert "Uw deel is" in text(client, path)
        assert 'value="NL00"' in client.post(path, {"doe": "rekening", "rekening": "NL00"}).content.decode()
        client.post(path, {"doe": "rekening", "rekening": ACCOUNT})
        assert f"Uw deel komt op {ACCOUNT}" in text(client, path)
        work, page = browser(a_handler()), f"/werk/ingebrekestellingen/{notice.number}"
        assert "Van B. Denkbeeldig is er nog geen rekeningnummer." in text(work, page)
        work.post(page, {"doe": "rekening", "wie": third.id, "rekening": OTHER})
        work.post(page, {"doe": "betalen", "post": line})
        assert _facts(notice).over
        [new] = Payment.objects.filter(state="held")
        check_account(actor=a_handler(9), payment=new.public_id, good=True)
        the_bank_pays()
        assert position(line).paid == FULL, "and a second person looked at the account that was new"
        assert set(Payment.objects.values_list("payee", "account")) >= {(second.id, ACCOUNT), (third.id, OTHER)}
    assert verify().broken == []


def test_who_only_keeps_the_money_is_no_applicant_and_receives_it_for_the_group() -> None:
    notice, _people = waited(TOGETHER, ParticipantRole.CASHIER.value)
    line = a_line(Money.euros(5_000), kind="lasten")
    with days_later(250):
        determine_penalty(actor=a_decider(), notice=notice.public_id)
        assert [item.share.money for item in _facts(notice).shares] == [Money(721_00), Money(721_00)]
        paid = pay_penalty(actor=a_handler(), notice=notice.public_id, line=line)
        assert sum(payment.amount.cents for payment in paid) == FULL.cents
    assert {row.account for row in Payment.objects.all()} == {grant_of(notice.application).account}


@pytest.mark.parametrize("many", range(1, 8))
def test_equal_parts_add_up_and_differ_a_cent_at_most(many: int) -> None:
    for cents in (0, 1, 99, 1_442_00, 357_00 + 1):
        parts = [part.cents for part in equal_parts(Money(cents), many)]
        assert (sum(parts), len(parts)) == (cents, many)
        assert max(parts) - min(parts) <= 1


def test_nothing_changes_for_one_applicant() -> None:
    notice, (first,) = waited()
    with days_later(250):
        determine_penalty(actor=a_decider(), notice=notice.public_id)
    [only] = _facts(notice).shares
    assert (only.share.person, only.share.money) == (first.id, FULL)
    assert "gelijk deel" not in Letter.objects.get(kind="penalty-decision").html
    assert only.share.decision.taken_at - clock.now() == timedelta(days=250)
