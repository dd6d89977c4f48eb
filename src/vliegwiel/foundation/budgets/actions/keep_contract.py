"""Money of instruments that are no grants: an assignment, a loan, a contest, … committed, paid and released by its own number (ACC-8)."""

import re
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.commit_money import commit
from vliegwiel.foundation.budgets.actions.move_money import release
from vliegwiel.foundation.budgets.actions.request_payment import PaymentRequest, request_payment
from vliegwiel.foundation.budgets.queries import EntryFacts, PaymentFacts, budget_line
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

KIND = "contract"
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,39}")


@trail.recorded("commit-contract", kind="budget-line", about=lambda arguments: str(arguments["line"])[:12])
def commit_contract(*, actor: Actor, line: str, number: str, amount: Money, text: str, key: str) -> EntryFacts:
    """Commit an amount for a contract, assignment or other decision (by its own number) on a budget line without a ceiling.

    `text` says in words what for. Raises NotFound, NotAllowed, NotValid for no number or text or a line that needs a ceiling, or NotNow.
    """
    demand(actor, "manage-budgets", Subject(province=budget_line(line).province))
    if not text.strip():
        raise NotValid(_("Schrijf op waarvoor dit geld is."), code="no-text")
    return commit(
        actor=actor, line=line, amount=amount, about=contract(number), received_on=clock.today(), key=key, reason=text.strip()
    )


@trail.recorded("release-contract", kind="budget-line", about=lambda arguments: str(arguments["line"])[:12])
def release_contract(*, actor: Actor, line: str, number: str, amount: Money, reason: str, key: str) -> list[EntryFacts]:
    """Let go what is not needed of a contract. Raises NotFound, NotAllowed, NotValid without a reason, or NotNow when less stands."""
    demand(actor, "manage-budgets", Subject(province=budget_line(line).province))
    return release(actor=actor, about=contract(number), amount=amount, key=key, reason=reason)


@trail.recorded("ask-contract-payment", kind="budget-line", about=lambda arguments: str(arguments["line"])[:12])
def ask_contract_payment(
    *,
    actor: Actor,
    line: str,
    number: str,
    payee_name: str,
    account: str,
    amount: Money,
    due_on: date,
    reference: str,
    key: str,
) -> PaymentFacts:
    """Ask for a payment of what is committed for a contract. Raises NotFound, NotAllowed, NotValid or NotNow as `request_payment`."""
    demand(actor, "prepare-payments", Subject(province=budget_line(line).province))
    request = PaymentRequest(contract(number), payee_name, account, amount, due_on, reference)
    return request_payment(actor=actor, request=request, key=key)


def contract(number: str) -> Reference:
    """The file of a contract; raises NotValid for a number that is none."""
    plain = number.strip()
    if not _NUMBER.fullmatch(plain):
        raise NotValid(
            _("Geef het nummer van de overeenkomst: letters, cijfers, punt, streepje of schuine streep."), code="no-number"
        )
    return Reference(KIND, plain, _("Overeenkomst {number}").format(number=plain), "")
