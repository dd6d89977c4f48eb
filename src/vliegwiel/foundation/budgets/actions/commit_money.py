"""Reserve and commit money under a ceiling. For the act that asks or decides, in its transaction; that act demands the permission."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.catalogue.instruments import instrument_kinds
from vliegwiel.foundation.budgets.actions.post_entries import Draft, post
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import BudgetLine, Ceiling
from vliegwiel.foundation.budgets.queries import EntryFacts, budget_line, ceiling_named, facts_of
from vliegwiel.foundation.budgets.rules import BEYOND_ARTICLES, Moves, moves
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotValid
from vliegwiel.kernel.money import Money


@dataclass(frozen=True)
class Beyond:
    """The only way past a ceiling (rule 1): article "4:25(3)" (late, in objection, appeal or after judgment, where the duty to refuse did
    not hold at the first decision) or "4:51(2)" (the rest of a notice term), the reason in words, the public id of the person who signs
    along, and the public id of the budget line that carries it."""

    article: str
    reason: str
    second_signature: str
    line: str


@trail.recorded("reserve-money", kind="ledger-entry", about=lambda arguments: arguments["about"].id)
def reserve(
    *, actor: Actor, amount: Money, about: Reference, received_on: date, key: str, ceiling: str = "", line: str = ""
) -> EntryFacts:
    """Set an amount apart for a file (*reserveren*) under a ceiling (public id) as it counts for its day of receipt.

    Without a ceiling on a budget line (public id) of an instrument that needs none. Raises NotFound, NotValid, or NotNow with code
    "ceiling", "ceiling-later", "credit" or "closed".
    """
    _must_be_past(received_on)
    under = _place(ceiling, line)

    def drafts() -> list[Draft]:
        return [_draft(Kind.RESERVE, under, amount, moves(Kind.RESERVE, amount.cents), received_on)]

    return facts_of(post(actor=actor, about=about, key=key, amount=amount, build=drafts)[0])


@trail.recorded("commit-money", kind="ledger-entry", about=lambda arguments: arguments["about"].id)
def commit(
    *,
    actor: Actor,
    amount: Money,
    about: Reference,
    received_on: date,
    key: str,
    ceiling: str = "",
    line: str = "",
    from_reserved: Money = Money(0),
    beyond: Beyond | None = None,
    reason: str = "",
) -> EntryFacts:
    """Commit an amount (*verplichting*) for a file under a ceiling (public id), first out of what was reserved for it.

    Without a ceiling on a budget line (public id) of an instrument that needs none. `from_reserved` may be more than the amount: what
    is left of it is free again; `reason` may say in words what for. With `beyond` the amount does not count under the ceiling and
    another line may carry it. Raises NotFound, NotValid, NotAllowed when the second signature is the first one's, or NotNow with code
    "ceiling" when it would pass the ceiling or a wider one as it counts for that day of receipt, "ceiling-later", "credit", "closed",
    or "not-there" when less was reserved.
    """
    _must_be_past(received_on)
    under = _place(ceiling, line)
    if from_reserved.cents < 0:
        raise NotValid(_("Uit de reservering kan geen negatief bedrag komen."), code="amount")
    if beyond is not None:
        if isinstance(under, BudgetLine) or from_reserved.cents:
            raise NotValid(_("Wat boven het plafond gaat, komt niet uit een reservering eronder."), code="reserved")
        return _commit_beyond(actor, under, amount, about, received_on, key, beyond)

    def drafts() -> list[Draft]:
        closed = _line_of(under).closed_on is not None
        lapses = max(from_reserved.cents - amount.cents, 0) if closed else 0
        what = moves(Kind.COMMIT, amount.cents, from_reserved=from_reserved.cents, lapses=lapses)
        return [replace(_draft(Kind.COMMIT, under, amount, what, received_on), reason=reason)]

    return facts_of(post(actor=actor, about=about, key=key, amount=amount, build=drafts)[0])


def _commit_beyond(
    actor: Actor,
    ceiling: Ceiling,
    amount: Money,
    about: Reference,
    received_on: date,
    key: str,
    beyond: Beyond,
) -> EntryFacts:
    if beyond.article not in BEYOND_ARTICLES:
        raise NotValid(_("Boven een plafond kan alleen op grond van Awb 4:25, derde lid, of 4:51, tweede lid."), code="no-ground")
    if not beyond.reason.strip():
        raise NotValid(_("Schrijf op waarom dit bedrag boven het plafond mag."), code="no-reason")
    if not beyond.second_signature or beyond.second_signature == actor.id:
        raise NotAllowed(_("Voor een bedrag boven het plafond tekent een tweede persoon."), code="second-signature")
    carrying = budget_line(beyond.line)
    if carrying.province != ceiling.province:
        raise NotValid(_("De post die dit draagt, is van een andere provincie."), code="other-province")

    def drafts() -> list[Draft]:
        return [
            Draft(
                line=budget_line(beyond.line),
                kind=Kind.COMMIT_BEYOND,
                cents=amount.cents,
                moves=moves(Kind.COMMIT_BEYOND, amount.cents),
                ceiling=ceiling,
                beyond=True,
                received_on=received_on,
                article=beyond.article,
                reason=beyond.reason,
                second=beyond.second_signature,
            )
        ]

    return facts_of(post(actor=actor, about=about, key=key, amount=amount, build=drafts)[0])


def _place(ceiling: str, line: str) -> Ceiling | BudgetLine:
    """Where the money comes from: a ceiling, or a line of an instrument that needs none."""
    if bool(ceiling) == bool(line):
        raise NotValid(_("Boek onder een plafond, of op een budgetpost zonder plafond."), code="no-place")
    if ceiling:
        return ceiling_named(ceiling)
    found = budget_line(line)
    if instrument_kinds()[found.instrument.kind].ceiling:
        text = _("Voor een {kind} boekt u onder een plafond (Awb 4:25).")
        raise NotValid(text.format(kind=instrument_kinds()[found.instrument.kind].name), code="needs-ceiling")
    return found


def _draft(kind: Kind, under: Ceiling | BudgetLine, amount: Money, what: Moves, received_on: date) -> Draft:
    ceiling = under if isinstance(under, Ceiling) else None
    return Draft(
        line=_line_of(under),
        kind=kind,
        cents=amount.cents,
        moves=what,
        ceiling=ceiling,
        limited=ceiling is not None,
        received_on=received_on,
    )


def _line_of(under: Ceiling | BudgetLine) -> BudgetLine:
    return BudgetLine.objects.get(pk=under.line_id if isinstance(under, Ceiling) else under.pk)


def _must_be_past(received_on: date) -> None:
    if received_on > clock.today():
        raise NotValid(_("Een aanvraag kan niet in de toekomst zijn ontvangen."), code="received-later")
