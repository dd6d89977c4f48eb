"""What an upheld objection does, per kind of decision: what stands in the way, what the letter says of it, and the doing itself.

Each room carries out what is its own, in the transaction of the decision on the objection; this one decides who may.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import Beyond, lines_of_kind
from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import Award, DutyIn, award_problems, award_words, revise_decision
from vliegwiel.support.objections.actions.determine_penalty import redress_penalty
from vliegwiel.support.objections.contested import Contested
from vliegwiel.support.objections.models import Matter, Remedy
from vliegwiel.support.settlements.public import (
    BURDENS,
    Redress,
    grant_after_all,
    redress_decision,
    redress_interest,
    redress_problems,
    redress_words,
)

ARTICLE = "4:25(3)"
#: Decisions on what we owe besides a grant.
OWN_DEBTS = frozenset({Matter.PENALTY, Matter.INTEREST})
#: What can be changed by upholding an objection, per kind of decision.
REMEDIES: dict[Matter, tuple[Remedy, ...]] = {
    Matter.AWARD: (Remedy.MONEY, Remedy.TERMS, Remedy.REASONS),
    Matter.SETTLEMENT: (Remedy.MONEY, Remedy.REASONS),
    Matter.WITHDRAWAL: (Remedy.MONEY, Remedy.REASONS),
    Matter.REVISION: (Remedy.MONEY, Remedy.REASONS),
    Matter.RECOVERY: (Remedy.MONEY, Remedy.TERMS, Remedy.REASONS),
    Matter.CHANGE: (Remedy.TERMS,),
    Matter.PENALTY: (Remedy.MONEY, Remedy.REASONS),
    Matter.INTEREST: (Remedy.MONEY, Remedy.REASONS),
}


@dataclass(frozen=True)
class Upheld:
    """What is decided instead: which remedy, the whole amount from now on (or what is still asked back), with everything that goes with it.
    `line` carries what we owe besides a grant; `beyond_line` what passes a ceiling, for the reason given (Awb 4:25(3))."""

    remedy: Remedy
    amount: Money
    summary: str
    motivation: str
    by: str
    mandate: str = ""
    public_title: str = ""
    activity_ends: date | None = None
    consent_weighed: str = ""
    at_once: bool = False
    duties: tuple[DutyIn, ...] | None = None
    grounds: tuple[str, ...] = ()
    pay_by: date | None = None
    line: str = ""
    beyond_reason: str = ""
    beyond_line: str = ""

    @property
    def beyond(self) -> Beyond | None:
        """What lets it pass the ceiling."""
        if not self.beyond_line:
            return None
        return Beyond(ARTICLE, self.beyond_reason, second_signature=self.by, line=self.beyond_line)


def problems(against: Contested, upheld: Upheld, province: str) -> list[str]:
    """What stands in the way, one Dutch line each."""
    if against.replaced or against.replaces:
        return [_("Voor dit besluit is al een ander in de plaats gekomen.")]
    if upheld.remedy is Remedy.TERMS and not _changes_terms(against, upheld):
        return [_("Wijzig een verplichting of een datum.")]
    if against.matter is Matter.AWARD:
        return award_problems(against.id, _award(upheld))
    if against.matter in OWN_DEBTS:
        known = {name for name, _title, _free in lines_of_kind(province, BURDENS, clock.today())}
        needs = against.matter is Matter.INTEREST and upheld.amount > against.amount
        return [_("Kies een budgetpost voor dwangsommen, rente en kosten.")] if needs and upheld.line not in known else []
    if against.matter is Matter.CHANGE:
        return []
    return redress_problems(against.id, _redress(upheld))


def words(against: Contested, upheld: Upheld) -> dict[str, Any]:
    """What the letter says of it: the effect, and for a grant what is paid, asked and by when."""
    if against.matter is Matter.AWARD:
        award: dict[str, Any] = dict(award_words(against.id, _award(upheld)))
        kept: dict[str, Any] = {name: award[name] for name in ("payment", "obligations", "account_by") if name in award}
        return {"effect": _award_effect(against, upheld), **kept}
    if against.matter is Matter.CHANGE:
        return {"effect": _("Dit besluit komt in de plaats van het eerste. U mag het doen zoals u vroeg.")}
    if against.matter in OWN_DEBTS:
        return _own_debt_words(against, upheld)
    said = redress_words(against.id, _redress(upheld))
    return {"effect": f"{_instead(upheld)} {said['effect']}", "payment": said["payment"]}


def carry_out(*, actor: Actor, against: Contested, upheld: Upheld, letter: str) -> str:
    """Put the new decision in the place of the first, in the caller's transaction; returns its public id. Raises as the room does."""
    if against.matter is Matter.AWARD:
        return revise_decision(actor=actor, decision=against.id, award=_award(upheld), letter=letter).id
    if against.matter is Matter.PENALTY:
        return redress_penalty(actor=actor, decision=against.id, amount=upheld.amount, by=upheld.by, letter=letter).public_id
    if against.matter is Matter.INTEREST:
        return redress_interest(
            actor=actor,
            decision=against.id,
            amount=upheld.amount,
            by=upheld.by,
            line=upheld.line,
            letter=letter,
            mandate=upheld.mandate,
            why=upheld.motivation,
        ).public_id
    if against.matter is Matter.CHANGE:
        return grant_after_all(
            actor=actor, request=against.id, motivation=upheld.motivation, by=upheld.by, letter=letter
        ).public_id
    return redress_decision(actor=actor, decision=against.id, redress=_redress(upheld), letter=letter).public_id


def _changes_terms(against: Contested, upheld: Upheld) -> bool:
    if against.matter is Matter.CHANGE:
        return True
    if against.matter is Matter.RECOVERY:
        return upheld.pay_by is not None
    return upheld.duties is not None or upheld.activity_ends is not None


def _award(upheld: Upheld) -> Award:
    return Award(
        awarded=upheld.amount,
        summary=upheld.summary,
        motivation=upheld.motivation,
        by=upheld.by,
        public_title=upheld.public_title,
        activity_ends=upheld.activity_ends,
        consent_weighed=upheld.consent_weighed,
        at_once=upheld.at_once,
        beyond=upheld.beyond,
        mandate=upheld.mandate,
        duties=upheld.duties,
        grounds=upheld.grounds,
        reasons=upheld.remedy is Remedy.REASONS,
    )


def _redress(upheld: Upheld) -> Redress:
    return Redress(
        amount=upheld.amount,
        summary=upheld.summary,
        motivation=upheld.motivation,
        by=upheld.by,
        ground=upheld.grounds[0] if upheld.grounds else "",
        due_on=upheld.pay_by,
        beyond=upheld.beyond,
        mandate=upheld.mandate,
    )


def _instead(upheld: Upheld) -> str:
    if upheld.remedy is Remedy.REASONS:
        return _("Dit besluit komt in de plaats van het eerste. De uitkomst blijft dezelfde, met andere redenen.")
    return _("Dit besluit komt in de plaats van het eerste.")


def _award_effect(against: Contested, upheld: Upheld) -> str:
    if not upheld.amount.cents:
        return _instead(upheld)
    if upheld.amount == against.amount:
        told = _("Het bedrag blijft {amount}.").format(amount=upheld.amount.dutch())
        return (
            f"{_instead(upheld)} {told}"
            if upheld.remedy is Remedy.REASONS
            else f"{_instead(upheld)} {told} {_terms(upheld)}".strip()
        )
    return f"{_instead(upheld)} {_('U krijgt hoogstens {amount}.').format(amount=upheld.amount.dutch())}"


def _terms(upheld: Upheld) -> str:
    if upheld.activity_ends is None:
        return ""
    return _("Uw activiteit is klaar uiterlijk {day}.").format(day=day(upheld.activity_ends, "full"))


def _own_debt_words(against: Contested, upheld: Upheld) -> dict[str, Any]:
    what = _("dwangsom") if against.matter is Matter.PENALTY else _("rente")
    told = _("De {what} is nu {amount}.").format(what=what, amount=upheld.amount.dutch())
    more = upheld.amount - against.amount
    paid = _("U krijgt {amount} binnen zes weken.").format(amount=more.dutch()) if more.cents > 0 else None
    return {"effect": f"{_instead(upheld)} {told}", "payment": paid}
