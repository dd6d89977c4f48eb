"""Ask for a payment, have a changed account checked by a second person, and take a payment back before it goes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.post_entries import on_its_way, open_balances
from vliegwiel.foundation.budgets.models import Balance, Payment, PaymentState
from vliegwiel.foundation.budgets.queries import PaymentFacts, payment_facts, payment_named
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.iban import is_iban, plain_iban
from vliegwiel.kernel.money import Money


@dataclass(frozen=True)
class PaymentRequest:
    """What is to be paid (*betaalopdracht*): about which file, to whom, on which account (IBAN), how much, before which day, and the text
    that the receiver reads. `payee` is the public id of the organisation or person, when known, so that a changed account is seen
    across files; `contact` that of who hears it when a later payment goes to another account, and `post` their postal address."""

    about: Reference
    payee_name: str
    account: str
    amount: Money
    due_on: date
    reference: str
    payee: str = ""
    contact: str = ""
    post: tuple[str, ...] = ()


@trail.recorded("request-payment", kind="payment", about=lambda arguments: arguments["request"].about.id)
def request_payment(*, actor: Actor, request: PaymentRequest, key: str) -> PaymentFacts:
    """Ask for a payment of what is committed for a file, once per file and `key`; asking again gives the payment that is there.

    It waits for a second person when the account is another one than was used before for this file or payee, and who was the contact
    then hears of it: the same person, or the one who was pushed aside. For the act that makes
    money due, in its transaction; that act demands the permission. Raises NotValid for an account that fails its check, no name, no
    amount or a reference that is too long, or NotNow with code "not-there" when less is committed and not yet on its way.
    """
    about, account = request.about, plain_iban(request.account)
    if not is_iban(account):
        raise NotValid(_("Dit rekeningnummer klopt niet. Kijk het na, zoals NL91 ABNA 0417 1643 00."), code="no-account")
    if (
        not request.payee_name.strip()
        or not request.reference.strip()
        or len(request.reference) > 140
        or request.amount.cents <= 0
    ):
        raise NotValid(_("Geef naam, bedrag en een omschrijving van hoogstens 140 tekens."), code="no-payment")
    with transaction.atomic():
        before = Payment.objects.filter(about_kind=about.kind, about_id=about.id, key=key).first()
        if before is not None:
            if (before.cents, before.account) != (request.amount.cents, account):
                raise NotNow(_("Deze betaling is al gevraagd, met een ander bedrag of rekeningnummer."), code="key-used")
            return payment_facts(before)
        province = _must_be_committed(about, request.amount)
        earlier = _with_another_account(about, request.payee, account)
        payment = Payment.objects.create(
            province=province,
            about_kind=about.kind,
            about_id=about.id,
            about_title=about.title[:160],
            about_path=about.path[:200],
            key=key,
            state=PaymentState.HELD if earlier else PaymentState.ASKED,
            payee=request.payee,
            contact=request.contact,
            payee_name=request.payee_name.strip()[:70],
            account=account,
            cents=request.amount.cents,
            due_on=request.due_on,
            reference=request.reference.strip(),
            asked_by=actor.id,
        )
        told = _tell_the_old_contact(payment, earlier, request) if earlier else False
        _record(actor, "request-payment", payment, held=payment.state == PaymentState.HELD, told=told)
    return payment_facts(payment)


def _must_be_committed(about: Reference, amount: Money) -> str:
    """Hold the file, so that no other payment or release takes the same money; the code of its province.

    Its balances are held one by one, in the order in which `post` takes them.
    """
    balances = sorted(open_balances(about), key=lambda item: (item.line_id, item.ceiling_id or 0, item.beyond))
    for balance in balances:
        Balance.objects.filter(pk=balance.pk).update(committed=F("committed"))
        balance.refresh_from_db(fields=["committed"])
    if sum(balance.committed for balance in balances) - on_its_way(about) < amount.cents:
        raise NotNow(_("Voor dit dossier is niet zoveel vastgelegd dat nog betaald moet worden."), code="not-there")
    return balances[0].line.province


def _with_another_account(about: Reference, payee: str, account: str) -> Payment | None:
    """The newest payment for this file or payee, when none of them went to this account."""
    same = Q(about_kind=about.kind, about_id=about.id) | (Q(payee=payee) if payee else Q(pk__in=[]))
    known = Payment.objects.filter(same).exclude(state__in=[PaymentState.WITHDRAWN, PaymentState.HELD])
    return None if known.filter(account=account).exists() else known.order_by("-pk").first()


def _tell_the_old_contact(payment: Payment, earlier: Payment, request: PaymentRequest) -> bool:
    """Whoever was the contact before hears that the money is to go elsewhere: a thief tells nobody, so we do. False without a contact."""
    contact = earlier.contact or payment.contact
    if not contact:
        return False
    return tell(
        about=request.about,
        moment=f"account-{payment.public_id}",
        template="foundation/budgets/texts/account_changed",
        facts={"payment": payment, "new": payment.account[-4:], "old": earlier.account[-4:]},
        province=payment.province,
        person=contact,
        post=request.post if contact == request.contact else (),
    )


@trail.recorded("check-account", kind="payment", about=lambda arguments: str(arguments["payment"])[:12])
def check_account(*, actor: Actor, payment: str, good: bool, reason: str = "") -> Payment:
    """Say as a second person whether a changed account is right; if not, with the reason, the payment is withdrawn.

    Raises NotFound, NotAllowed (also for who asked for the payment), NotValid without a reason, or NotNow when it does not wait.
    """
    found = payment_named(payment)
    demand(actor, "prepare-payments", Subject(province=found.province))
    if actor.id == found.asked_by:
        raise NotAllowed(_("U vroeg deze betaling zelf aan. Laat een collega het nieuwe rekeningnummer nakijken."), code="self")
    if not good and not reason.strip():
        raise NotValid(_("Schrijf op waarom dit rekeningnummer niet klopt."), code="no-reason")
    change = (
        {"state": PaymentState.ASKED, "account_checked_by": actor.id}
        if good
        else {"state": PaymentState.WITHDRAWN, "why_not": reason.strip()[:300]}
    )
    return _moved(actor, found, [PaymentState.HELD], change, "check-account")


@trail.recorded("withdraw-payment", kind="payment", about=lambda arguments: str(arguments["payment"])[:12])
def withdraw_payment(*, actor: Actor, payment: str, reason: str) -> Payment:
    """Take a payment back that is not in a batch, with the reason; what is committed stays.

    Raises NotFound, NotAllowed, NotValid without a reason, or NotNow.
    """
    found = payment_named(payment)
    demand(actor, "prepare-payments", Subject(province=found.province))
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom deze betaling niet doorgaat."), code="no-reason")
    change = {"state": PaymentState.WITHDRAWN, "why_not": reason.strip()[:300]}
    return _moved(actor, found, [PaymentState.ASKED, PaymentState.HELD], change, "withdraw-payment")


@trail.recorded("ask-again", kind="payment", about=lambda arguments: str(arguments["payment"])[:12])
def ask_again(*, actor: Actor, payment: str, account: str) -> PaymentFacts:
    """Ask once more for a payment that failed, on the same or another account. Raises NotFound, NotAllowed, NotValid, NotNow."""
    found = payment_named(payment)
    demand(actor, "prepare-payments", Subject(province=found.province))
    if found.state != PaymentState.FAILED:
        raise NotNow(_("Alleen een mislukte betaling vraagt u opnieuw aan."), code="not-failed")
    request = PaymentRequest(
        about=Reference(found.about_kind, found.about_id, found.about_title, found.about_path),
        payee_name=found.payee_name,
        account=account,
        amount=found.money,
        due_on=found.due_on,
        reference=found.reference,
        payee=found.payee,
        contact=found.contact,
    )
    return request_payment(actor=actor, request=request, key=f"again-{found.public_id}")


def _moved(actor: Actor, found: Payment, states: list[PaymentState], change: dict[str, str], action: str) -> Payment:
    with transaction.atomic():
        if not Payment.objects.filter(pk=found.pk, state__in=states).update(**change):
            raise NotNow(_("Deze betaling is intussen verder. Bekijk haar opnieuw."), code="moved-on")
        found.refresh_from_db()
        _record(actor, action, found)
    return found


def _record(actor: Actor, action: str, payment: Payment, **facts: bool) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=Reference("payment", payment.public_id, "", ""),
        facts={"state": payment.state, "cents": payment.cents, "about": payment.about_id, **facts},
        province=payment.province,
    )
