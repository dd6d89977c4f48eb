"""Release, pay and take back what was committed for a file. For the act that does so, which demands the permission."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.post_entries import Draft, open_balances, post
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import Balance, Entry
from vliegwiel.foundation.budgets.queries import EntryFacts, facts_of
from vliegwiel.foundation.budgets.rules import first_shortage, moves
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money


@trail.recorded("release-money", kind="ledger-entry", about=lambda arguments: arguments["about"].id)
def release(*, actor: Actor, about: Reference, amount: Money, key: str, reason: str) -> list[EntryFacts]:
    """Let money go that was set apart for a file and is not paid (*vrijval*), with the reason in words.

    What was reserved goes first, then what was committed last. It is free again under its ceiling; once the year or the period of the
    ceiling is closed, what was committed lapses. Raises NotValid, or NotNow with code "not-there" when less stands.
    """
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom dit geld vrijvalt."), code="no-reason")

    def drafts() -> list[Draft]:
        found = open_balances(about)[::-1]
        left, made = amount.cents, []
        reserved = {balance.pk: 0 for balance in found}
        for balance in found:
            reserved[balance.pk] = min(balance.reserved, left)
            left -= reserved[balance.pk]
        for balance in found:
            committed = min(balance.committed, left)
            left -= committed
            cents = reserved[balance.pk] + committed
            if cents:
                lapses = cents if balance.line.closed_on is not None else committed if _period_over(balance) else 0
                what = moves(Kind.RELEASE, cents, from_reserved=reserved[balance.pk], lapses=lapses)
                made.append(
                    Draft(
                        line=balance.line,
                        kind=Kind.RELEASE,
                        cents=cents,
                        moves=what,
                        ceiling=balance.ceiling,
                        beyond=balance.beyond,
                        reason=reason,
                    )
                )
        if left:
            raise NotNow(_("Zoveel staat er niet open voor dit dossier."), code="not-there")
        return made

    return [facts_of(entry) for entry in post(actor=actor, about=about, key=key, amount=amount, build=drafts)]


@trail.recorded("pay-money", kind="ledger-entry", about=lambda arguments: arguments["about"].id)
def pay(*, actor: Actor, about: Reference, amount: Money, key: str, on: date) -> list[EntryFacts]:
    """Book that an amount was paid on a day (*betaling*), out of what was committed first.

    The day may lie in the past, as the bank tells it, and never before what is paid was committed. Raises NotValid for a day to come,
    or NotNow with code "not-there" when less was committed, "not-then" when less was committed on that day.
    """
    if on > clock.today():
        raise NotValid(_("Deze betaaldag ligt in de toekomst."), code="pays-later")

    def drafts() -> list[Draft]:
        def draft(balance: Balance, cents: int) -> Draft:
            _must_have_been_there(about, balance, cents, on)
            return Draft(
                line=balance.line,
                kind=Kind.PAY,
                cents=cents,
                moves=moves(Kind.PAY, cents),
                ceiling=balance.ceiling,
                beyond=balance.beyond,
                on=on,
            )

        return _shared(open_balances(about), amount.cents, lambda balance: balance.committed, draft)

    return [facts_of(entry) for entry in post(actor=actor, about=about, key=key, amount=amount, build=drafts)]


@trail.recorded("take-back-money", kind="ledger-entry", about=lambda arguments: arguments["about"].id)
def take_back(*, actor: Actor, about: Reference, amount: Money, key: str) -> list[EntryFacts]:
    """Book that a recipient paid an amount back (*terugontvangst*), of what was paid last.

    It is free again, or lapses once the year or the period of the ceiling is closed. Raises NotValid, or NotNow with code "not-there"
    when less was paid.
    """

    def drafts() -> list[Draft]:
        def draft(balance: Balance, cents: int) -> Draft:
            lapses = cents if balance.line.closed_on is not None or _period_over(balance) else 0
            return Draft(
                line=balance.line,
                kind=Kind.TAKE_BACK,
                cents=cents,
                moves=moves(Kind.TAKE_BACK, cents, lapses=lapses),
                ceiling=balance.ceiling,
                beyond=balance.beyond,
            )

        return _shared(open_balances(about)[::-1], amount.cents, lambda balance: balance.paid - balance.returned, draft)

    return [facts_of(entry) for entry in post(actor=actor, about=about, key=key, amount=amount, build=drafts)]


def _shared(
    balances: list[Balance], cents: int, has: Callable[[Balance], int], draft: Callable[[Balance, int], Draft]
) -> list[Draft]:
    """Take an amount from several balances, in order."""
    left, made = cents, []
    for balance in balances:
        part = min(has(balance), left)
        if part > 0:
            made.append(draft(balance, part))
            left -= part
    if left:
        raise NotNow(_("Zoveel staat er niet voor dit dossier. Kijk eerst wat is vastgelegd en betaald."), code="not-there")
    return made


def _period_over(balance: Balance) -> bool:
    return balance.ceiling is not None and balance.ceiling.ends < clock.today()


def _must_have_been_there(about: Reference, balance: Balance, cents: int, on: date) -> None:
    entries = Entry.objects.filter(
        about_kind=about.kind, about_id=about.id, line=balance.line, ceiling=balance.ceiling, beyond=balance.beyond
    )
    if first_shortage(entries.values_list("on", "committed"), cents, on) is not None:
        raise NotNow(_("Op die dag was dit bedrag nog niet vastgelegd."), code="not-then")
