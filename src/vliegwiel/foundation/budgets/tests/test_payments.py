"""Money goes out by four eyes, to the account that is known, once, and the ledger says what the bank said."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vliegwiel.connect.bank import fake
from vliegwiel.foundation.budgets.actions.confirm_payments import confirm_payments
from vliegwiel.foundation.budgets.actions.release_batch import prepare_batch, release_batch, return_batch, send_batch
from vliegwiel.foundation.budgets.actions.request_payment import ask_again, check_account, withdraw_payment
from vliegwiel.foundation.budgets.files import payment_file
from vliegwiel.foundation.budgets.models import Balance, Entry, Payment, PaymentBatch
from vliegwiel.foundation.budgets.public import (
    PaymentRequest,
    commit,
    entries_of,
    payments_of,
    position,
    release,
    request_payment,
)
from vliegwiel.foundation.budgets.tests.given import a_ceiling, about
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.models import ConflictDeclaration
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
EURO = Money.euros
OURS, THEIRS, OTHER = "NL18RABO0123459876", "NL91 ABNA 0417 1643 00", "BE68539007547034"


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def people() -> dict[str, Actor]:
    """An officer, a controller with a mandate up to 1,000 euros, and a signatory with one without a limit."""
    at = an_organisation("Provincie Verzonnenland")
    roles = {kind: a_role(kind, organisation=at) for kind in ("programma", "controller", "tekenbevoegde")}
    for kind, most in (("controller", EURO(1_000)), ("tekenbevoegde", None)):
        give_mandate(
            actor=SYSTEM,
            person=roles[kind].person.public_id,
            organisation=at.public_id,
            province=PROVINCE,
            matter="payments",
            resolution="Mandaatbesluit 1",
            most=most,
        )
    return {kind: acting(role) for kind, role in roles.items()}


def granted(number: int = 1, euros: int = 5_000) -> str:
    ceiling = a_ceiling(EURO(euros))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(euros), about=about(number), received_on=TODAY, key="granted")
    return ceiling.line


def asked(number: int = 1, euros: int = 2_000, *, account: str = THEIRS, key: str = "advance", actor: Actor = SYSTEM) -> str:
    wanted = PaymentRequest(about(number), "Stichting De Brug", account, EURO(euros), date(2026, 4, 13), f"Voorschot {number}")
    return request_payment(actor=actor, request=wanted, key=key).id


def batched(people: dict[str, Actor], *payments: str) -> PaymentBatch:
    return prepare_batch(
        actor=people["programma"],
        province=PROVINCE,
        payments=payments,
        account=OURS,
        account_name="Provincie Verzonnenland",
        execute_on=TODAY,
    )


def sent(people: dict[str, Actor], *payments: str) -> bytes:
    batch = batched(people, *payments)
    release_batch(actor=people["tekenbevoegde"], batch=batch.public_id)
    return payment_file(send_batch(actor=people["programma"], batch=batch.public_id))


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Payment, PaymentBatch, Entry, Balance)]


def test_a_payment_is_asked_released_by_another_sent_and_booked_when_the_bank_says_so(people: dict[str, Actor]) -> None:
    line = granted()
    file = sent(people, asked(), asked(euros=3_000, key="rest"))
    assert position(line).paid == EURO(0)
    with clock.at(datetime(2026, 3, 5, 9, 0, tzinfo=UTC)):
        outcomes = confirm_payments(
            actor=people["programma"], province=PROVINCE, content=fake.status_report(file, date(2026, 3, 4))
        )
    assert [outcome.result for outcome in outcomes] == ["paid", "paid"]
    assert (position(line, date(2026, 3, 3)).paid, position(line, date(2026, 3, 4)).paid) == (EURO(0), EURO(5_000))
    assert [facts.state for facts in payments_of(about())] == ["paid", "paid"]
    assert verify().broken == []


def test_the_same_confirmation_may_come_twice_and_is_booked_once(people: dict[str, Actor]) -> None:
    line = granted()
    file = sent(people, asked())
    for expected in ("paid", "known"):
        for form in (fake.status_report(file, TODAY), fake.statement(file, TODAY), fake.table(file, TODAY)):
            outcome = confirm_payments(actor=people["programma"], province=PROVINCE, content=form)[0]
            assert outcome.result == expected
            expected = "known"
    assert position(line).paid == EURO(2_000)


def test_a_payment_that_failed_stays_committed_and_can_be_asked_again(people: dict[str, Actor]) -> None:
    line, payment = granted(), asked()
    file = sent(people, payment)
    report = fake.status_report(file, TODAY, rejected=[payment])
    assert confirm_payments(actor=people["programma"], province=PROVINCE, content=report)[0].result == "failed"
    assert (position(line).paid, payments_of(about())[0].why_not) == (EURO(0), "AC04")
    again = ask_again(actor=people["programma"], payment=payment, account=OTHER)
    assert again.held
    assert ask_again(actor=people["programma"], payment=payment, account=OTHER) == again


def test_a_payment_that_came_back_after_it_was_paid_is_booked_back(people: dict[str, Actor]) -> None:
    line, payment = granted(), asked()
    file = sent(people, payment)
    confirm_payments(actor=people["programma"], province=PROVINCE, content=fake.statement(file, TODAY))
    back = fake.statement(file, TODAY, returned=[payment])
    assert confirm_payments(actor=people["programma"], province=PROVINCE, content=back)[0].result == "failed"
    assert (position(line).paid, position(line).committed) == (EURO(0), EURO(5_000))
    assert entries_of(about())[-1].kind == "correct"
    assert verify().broken == []


def test_a_line_of_the_bank_that_does_not_fit_is_told_and_the_others_are_booked(people: dict[str, Actor]) -> None:
    granted()
    payment, other = asked(), asked(euros=1, key="not-sent")
    sent(people, payment)
    table = (
        "kenmerk;status;datum;bedrag;reden\n"
        "onbekend;betaald;2026-03-02;1,00;\n"
        f"{other};betaald;2026-03-02;1,00;\n"
        f"{payment};betaald;2026-03-02;2.000,01;\n"
        f"{payment};betaald;2026-03-09;2.000,00;\n"
        f"{payment};betaald;2026-03-02;2.000,00;\n"
    )
    outcomes = confirm_payments(actor=people["programma"], province=PROVINCE, content=table.encode())
    assert [outcome.result for outcome in outcomes] == ["refused", "refused", "refused", "refused", "paid"]
    assert all(outcome.text for outcome in outcomes)


def test_nobody_releases_what_they_prepared(people: dict[str, Actor]) -> None:
    granted(euros=500)
    batch = prepare_batch(
        actor=people["controller"],
        province=PROVINCE,
        payments=[asked(euros=500)],
        account=OURS,
        account_name="Provincie",
        execute_on=TODAY,
    )
    before = everything()
    with pytest.raises(NotAllowed) as refused:
        release_batch(actor=people["controller"], batch=batch.public_id)
    assert (refused.value.code, everything()) == ("self", before)


def test_a_batch_is_released_within_the_mandate_only(people: dict[str, Actor]) -> None:
    granted()
    batch = batched(people, asked(euros=1_001))
    for actor, code in (("controller", "above-mandate"), ("programma", "no-role")):
        with pytest.raises(NotAllowed) as refused:
            release_batch(actor=people[actor], batch=batch.public_id)
        assert refused.value.code == code
    released = release_batch(actor=people["tekenbevoegde"], batch=batch.public_id)
    assert released.mandate


def test_who_has_an_interest_in_a_file_does_not_release_its_payment(people: dict[str, Actor]) -> None:
    granted()
    batch = batched(people, asked())
    from vliegwiel.foundation.people.models import Person

    person = Person.objects.get(public_id=people["tekenbevoegde"].id)
    ConflictDeclaration.objects.create(person=person, about_kind="application", about_id=about().id, kind="familie")
    with pytest.raises(NotAllowed) as refused:
        release_batch(actor=people["tekenbevoegde"], batch=batch.public_id)
    assert refused.value.code == "conflict"


def test_who_was_the_contact_hears_that_money_is_to_go_to_another_account() -> None:
    granted()
    old, new = (open_account(actor=SYSTEM, email=f"{name}@voorbeeld.invalid").public_id for name in ("oud", "nieuw"))
    request_payment(actor=SYSTEM, request=_for(old, THEIRS), key="advance")
    assert messages_of(old) == [], "the first account is no change"
    request_payment(actor=SYSTEM, request=_for(new, OTHER), key="rest")
    request_payment(actor=SYSTEM, request=_for(new, OTHER), key="rest")
    [message] = messages_of(old)
    assert "7034" in message.body
    assert "4300" in message.body
    assert OTHER not in message.body, "the whole number is for who pays"
    assert messages_of(new) == [], "who gave the new account is not who can warn us"


def test_a_changed_account_without_a_known_contact_still_waits(people: dict[str, Actor]) -> None:
    granted()
    asked()
    asked(key="rest", account=OTHER)
    assert [facts.held for facts in payments_of(about())] == [False, True]
    assert Notice.objects.count() == 0


def _for(contact: str, account: str) -> PaymentRequest:
    return PaymentRequest(about(), "Stichting De Brug", account, EURO(1_000), date(2026, 4, 13), "Voorschot", contact=contact)


def test_a_changed_account_waits_for_a_second_person(people: dict[str, Actor]) -> None:
    granted()
    asked()
    second = asked(key="rest", account=OTHER, actor=people["programma"])
    assert [facts.held for facts in payments_of(about())] == [False, True]
    with pytest.raises(NotNow):
        batched(people, second)
    with pytest.raises(NotAllowed) as refused:
        check_account(actor=people["programma"], payment=second, good=True)
    assert refused.value.code == "self"
    check_account(actor=people["controller"], payment=second, good=True)
    batched(people, second)


def test_a_changed_account_that_is_not_right_ends_the_payment(people: dict[str, Actor]) -> None:
    granted()
    asked()
    second = asked(key="rest", account=OTHER)
    with pytest.raises(NotValid):
        check_account(actor=people["controller"], payment=second, good=False, reason=" ")
    check_account(actor=people["controller"], payment=second, good=False, reason="Gebeld: niet van hen.")
    assert payments_of(about())[1].state == "withdrawn"


@pytest.mark.parametrize("account", ["NL91ABNA0417164301", "NL91", "", "12345"])
def test_an_account_that_fails_its_check_is_refused(account: str) -> None:
    granted()
    with pytest.raises(NotValid):
        asked(account=account)
    assert not Payment.objects.exists()


def test_no_more_is_asked_than_is_committed_and_what_is_on_its_way_stays_committed(people: dict[str, Actor]) -> None:
    granted()
    first = asked(euros=3_000)
    with pytest.raises(NotNow) as refused:
        asked(euros=2_001, key="rest")
    assert refused.value.code == "not-there"
    release(actor=SYSTEM, about=about(), amount=EURO(2_000), key="lower", reason="Lager vastgesteld.")
    with pytest.raises(NotNow) as refused:
        release(actor=SYSTEM, about=about(), amount=Money(1), key="lower-still", reason="Nog lager.")
    assert refused.value.code == "on-its-way"
    withdraw_payment(actor=people["programma"], payment=first, reason="Eerst afwachten.")
    release(actor=SYSTEM, about=about(), amount=Money(1), key="lower-still", reason="Nog lager.")


def test_a_batch_that_goes_back_lets_its_payments_wait_again(people: dict[str, Actor]) -> None:
    granted()
    payment = asked()
    batch = batched(people, payment)
    with pytest.raises(NotValid):
        return_batch(actor=people["tekenbevoegde"], batch=batch.public_id, reason="")
    return_batch(actor=people["tekenbevoegde"], batch=batch.public_id, reason="Verkeerde dag.")
    assert payments_of(about())[0].state == "asked"
    sent(people, payment)
    assert verify().broken == []


def test_a_batch_goes_one_way(people: dict[str, Actor]) -> None:
    granted()
    batch = batched(people, asked())
    acts = {
        "send": lambda: send_batch(actor=people["programma"], batch=batch.public_id),
        "release": lambda: release_batch(actor=people["tekenbevoegde"], batch=batch.public_id),
        "return": lambda: return_batch(actor=people["programma"], batch=batch.public_id, reason="Fout."),
    }

    def refuses(*names: str) -> None:
        for name in names:
            before = everything()
            with pytest.raises(NotNow):
                acts[name]()
            assert everything() == before

    refuses("send")
    acts["release"]()
    refuses("release")
    acts["send"]()
    refuses("send", "release", "return")


@pytest.mark.parametrize(
    "change",
    [
        {"payments": []},
        {"account": "NL00RABO0123456789"},
        {"account_name": ""},
        {"execute_on": date(2026, 3, 1)},
    ],
)
def test_a_batch_that_cannot_be_paid_is_refused(people: dict[str, Actor], change: dict[str, Any]) -> None:
    granted()
    payment = asked()
    before = everything()
    act = {"payments": [payment], "account": OURS, "account_name": "Provincie", "execute_on": TODAY, **change}
    with pytest.raises(NotValid):
        prepare_batch(actor=people["programma"], province=PROVINCE, **act)
    assert everything() == before


ROLES = ["inwoner", "adviseur", "gemeente", "griffie", "auditor", "beheerder", "programma", "controller", "tekenbevoegde"]
MAY_PREPARE, MAY_RELEASE = {"programma", "controller"}, {"controller", "tekenbevoegde"}


@pytest.mark.parametrize("kind", ROLES)
def test_who_may_do_what_with_payments(people: dict[str, Actor], kind: str) -> None:
    granted(euros=900)
    payment, held = asked(euros=400), asked(euros=100, key="held", account=OTHER)
    batch = batched(people, asked(euros=200, key="batched"))
    if kind in people:
        actor = people[kind]
    elif kind == "inwoner":
        actor = Actor("person", "eenbewoner23")
    else:
        actor = acting(a_role(kind))
    acts = {
        "prepare": lambda: prepare_batch(
            actor=actor, province=PROVINCE, payments=[payment], account=OURS, account_name="P", execute_on=TODAY
        ),
        "check": lambda: check_account(actor=actor, payment=held, good=True),
        "confirm": lambda: confirm_payments(actor=actor, province=PROVINCE, content=b"kenmerk;status;datum;bedrag;reden\n"),
        "withdraw": lambda: withdraw_payment(actor=actor, payment=payment, reason="Wacht."),
        "release": lambda: release_batch(actor=actor, batch=batch.public_id),
    }
    for name, act in acts.items():
        before, allowed = everything(), kind in (MAY_RELEASE if name == "release" else MAY_PREPARE)
        try:
            act()
        except NotAllowed:
            assert not allowed, name
            assert everything() == before
        except Refusal:
            assert allowed, name
        else:
            assert allowed, name
