"""Pay: order an instalment, hold payments on a serious suspicion, take another account."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import PaymentFacts, PaymentRequest, request_payment
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.papers.public import prepare_letter
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.iban import is_iban, plain_iban
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import draft_letter_to, mark_ordered, move_on, send_letter, set_account
from vliegwiel.support.settlements.files import GrantFile, begin, why_no_payment
from vliegwiel.support.settlements.models import Hold
from vliegwiel.support.settlements.naming import named
from vliegwiel.support.settlements.rules import HOLD


@trail.recorded("order-payment", kind="application", about=named("application"))
def order_payment(*, actor: Actor, application: str, instalment: int) -> PaymentFacts:
    """Hand one instalment of the plan to payments (*betaalopdracht*, Awb 4:87, 4:95); the bank's confirmation books it.

    Raises NotFound, NotAllowed, and NotNow while it waits for an obligation, payments are held, or the account may not receive it.
    """
    file = GrantFile(application)
    begin(actor, "order-payment", file)
    item = next((row for row in file.instalments if row.id == instalment), None)
    if item is None:
        raise NotFound(_("Deze betaling staat niet in het plan."))
    why_not = why_no_payment(file, item)
    if why_not:
        raise NotNow(why_not, code="not-payable")
    with transaction.atomic():
        mark_ordered(file.name, item.id)
        payment = pay_out(actor, file, item.amount, item.due_on, key=f"instalment-{item.id}")
        move_on(actor, "order-payment", file.name, facts={"payment": payment.id, "cents": item.amount.cents})
    return payment


def pay_out(actor: Actor, file: GrantFile, amount: Money, due_on: date, *, key: str) -> PaymentFacts:
    """Ask for a payment to the recipient in the caller's transaction. The old contact hears when it goes to another account."""
    grant = file.grant
    payment = request_payment(
        actor=actor,
        request=PaymentRequest(
            about=grant.about,
            payee_name=grant.account_name or grant.applicant_name,
            account=grant.account,
            amount=amount,
            due_on=due_on,
            reference=f"Subsidie {grant.number} {grant.title}"[:140].strip(),
            payee=grant.organisation or grant.applicant,
        ),
        key=key,
    )
    if payment.held:
        _tell_all(file, f"account-{payment.id}", "other_account")
    return payment


@trail.recorded("change-account", kind="application", about=named("application"))
@transaction.atomic
def change_account(*, actor: Actor, application: str, account: str, account_name: str) -> GrantFile:
    """The recipient gives another account. Who was told of the grant hears it at once, and a second person looks at the next payment.

    Raises NotAllowed, NotNow, NotValid for an account that cannot be right or without a name.
    """
    file = GrantFile(application)
    begin(actor, "change-account", file)
    plain = plain_iban(account)
    if not is_iban(plain):
        raise NotValid(_("Dit rekeningnummer klopt niet. Kijk het na, zoals NL91 ABNA 0417 1643 00."), code="no-account")
    if not account_name.strip():
        raise NotValid(_("Vul in op welke naam de rekening staat."), code="no-name")
    if plain == file.grant.account:
        raise NotValid(_("Dit is het rekeningnummer dat wij al hebben."), code="same-account")
    set_account(file.name, plain, account_name.strip())
    fresh = GrantFile(application)
    if fresh.account_problem:
        raise NotValid(fresh.account_problem, code="no-cashier")
    move_on(actor, "change-account", file.name)
    _tell_all(fresh, f"account-{clock.now().isoformat()}"[:40], "new_account")
    return fresh


@trail.recorded("suspend-payment", kind="application", about=named("application"))
def suspend_payment(*, actor: Actor, application: str, reason: str) -> Hold:
    """Tell the recipient in writing of a serious suspicion (Awb 4:56): from that day nothing is paid, for thirteen weeks at most or until
    the decision. Raises NotAllowed, NotNow when payments are held already, NotValid without a reason."""
    file = GrantFile(application)
    begin(actor, "suspend-payment", file)
    if not reason.strip():
        raise NotValid(_("Schrijf op wat u vermoedt en waarom."), code="no-reason")
    if Hold.objects.filter(application=file.name, lifted_on=None).exists():
        raise NotNow(_("Betalen staat al stil of heeft al eens stilgestaan. Neem een besluit."), code="held")
    today = clock.today()
    facts: dict[str, Any] = {"activity": f"‘{file.grant.title}’", "reason": reason.strip(), "until": today + HOLD}
    ready = prepare_letter(province=file.grant.province, draft=draft_letter_to(file.name, "payment-hold", facts))
    with transaction.atomic():
        letter = send_letter(actor, file.name, ready)
        hold = Hold.objects.create(
            application=file.name,
            province=file.grant.province,
            reason=reason.strip(),
            since=today,
            until=today + HOLD,
            letter=letter.id,
            by=actor.id or actor.kind,
        )
        move_on(actor, "suspend-payment", file.name, facts={"until": hold.until.isoformat(), "letter": letter.id})
    return hold


def _tell_all(file: GrantFile, moment: str, text: str) -> None:
    for person in file.grant.applicants:
        if known_person(person):
            tell(
                about=file.papers_about,
                moment=moment,
                template=f"support/settlements/texts/{text}",
                facts={"grant": file.grant, "ending": file.grant.account[-4:]},
                province=file.grant.province,
                person=person,
                post=file.grant.post if person == file.grant.applicant else (),
            )
