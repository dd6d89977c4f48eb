"""Pay the province's side to the fund, once both sides accepted the statement over a period."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import PaymentFacts, PaymentRequest, money_about_each, request_payment
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.funders.models import FundDecision
from vliegwiel.support.funders.standing import LIST, PAY, booked_about, demand_act, statement_named

#: The fund is paid within this time after it was asked (Awb 4:87 for what is owed).
WITHIN = timedelta(weeks=6)


@trail.recorded("pay-fund", kind="funder-statement", about=lambda arguments: str(arguments["statement"])[:12])
@transaction.atomic
def pay_fund(*, actor: Actor, statement: str, account: str) -> list[PaymentFacts]:
    """Ask for the payment of what the province committed by the decisions in a closed statement, on the account (IBAN) of the fund.

    From here it goes as every payment: another account than before waits for a second person, a batch is released by another, the bank's
    word books it.

    Raises NotFound, NotAllowed, NotNow while the statement is not closed or when all of it was asked for, NotValid for the account.
    """
    found = statement_named(statement)
    agreement = found.agreement
    demand_act(actor, PAY, agreement)
    if not found.closed or found.replaced_at is not None:
        raise NotNow(_("Betalen kan als beide kanten de afrekening hebben goedgekeurd."), code="not-closed")
    numbers = [row["number"] for row in found.rows]
    decisions = list(FundDecision.objects.select_related("agreement").filter(agreement=agreement, number__in=numbers))
    money = money_about_each("fund-decision", [row.public_id for row in decisions])
    asked: list[PaymentFacts] = []
    for row in decisions:
        facts = money.get(row.public_id)
        open_now = facts.committed - facts.on_its_way if facts else None
        if open_now is None or open_now.cents <= 0:
            continue
        request = PaymentRequest(
            about=booked_about(row),
            payee_name=agreement.funder_name,
            account=account,
            amount=open_now,
            due_on=clock.today() + WITHIN,
            reference=f"{row.number} {row.fund_number}",
            payee=agreement.funder,
        )
        asked.append(request_payment(actor=actor, request=request, key=f"statement-{found.public_id}"))
    if not asked:
        raise NotNow(_("Er is niets meer te betalen over deze afrekening."), code="nothing-left")
    facts_told: dict[str, str | int | bool | None] = {
        "agreement": agreement.public_id,
        "amount": sum(item.amount.cents for item in asked),
    }
    subject = Reference("funder-statement", found.public_id, "", f"{LIST}/afrekeningen/{found.public_id}")
    trail.record(actor=actor, action="pay-fund", subject=subject, facts=facts_told, province=agreement.province)
    return asked
