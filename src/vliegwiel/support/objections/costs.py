"""What we pay of the costs of objecting: what may count, how it is reckoned, what lacks, and how the letter tells it.

Awb 7:15, second to fifth paragraph; Besluit proceskosten bestuursrecht, article 1 and 2 with its annex.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.catalogue.objection_costs import cost_tariff
from vliegwiel.foundation.budgets.public import PaymentFacts, payments_of
from vliegwiel.foundation.papers.public import sent_days
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections.models import REVISING, Objection, ObjectionDecision, Remedy
from vliegwiel.support.objections.standing import reference
from vliegwiel.support.settlements.public import OwnPayee, pay_by

#: What a professional helper did, by the keys of the tariff.
ACTS: Mapping[str, Promise] = MappingProxyType(
    {"objection": gettext_lazy("het bezwaar schrijven"), "hearing": gettext_lazy("meegaan naar het gesprek")}
)
WEIGHTS: Mapping[str, Promise] = MappingProxyType(
    {
        "very-light": gettext_lazy("heel licht"),
        "light": gettext_lazy("licht"),
        "average": gettext_lazy("gemiddeld"),
        "heavy": gettext_lazy("zwaar"),
        "very-heavy": gettext_lazy("heel zwaar"),
    }
)
#: Other costs that can count, and no others: words and the part of article 1.
OTHERS: Mapping[str, tuple[Promise, str]] = MappingProxyType(
    {
        "witness": (gettext_lazy("een getuige, deskundige of tolk"), "b"),
        "travel": (gettext_lazy("reizen en verblijf"), "c"),
        "time": (gettext_lazy("tijd waarin u niet kon werken"), "d"),
        "extract": (gettext_lazy("een uittreksel uit een openbaar register"), "e"),
    }
)


@dataclass(frozen=True)
class Reimbursement:
    """What is proposed about the costs. `ours`: whether the first decision is revoked because of an unlawfulness that is due to us (None:
    not said yet). `acts` of a professional helper with the `weight` of the case, `related` for cases that belong together; `others` are
    (kind, cents). `provider` is who gave legal aid on an assignment (*toevoeging*, Wet op de rechtsbijstand): they are paid (7:15(5))."""

    ours: bool | None = None
    acts: tuple[str, ...] = ()
    weight: str = "average"
    related: bool = False
    others: tuple[tuple[str, int], ...] = ()
    provider: str = ""
    why: str = ""


#: Nothing is said about costs.
NOTHING = Reimbursement()


def lines_of(asked: Reimbursement, on: date) -> list[tuple[str, Money]]:
    """Each part of the amount with how it was reckoned, at the tariff of this day."""
    found: list[tuple[str, Money]] = []
    if asked.acts:
        tariff = cost_tariff(on)
        words = _("Hulp van een deskundige: {acts}. {points} × {point}. De zaak is {weight}: keer {factor}.").format(
            acts=" en ".join(str(ACTS[act]) for act in asked.acts),
            points=_points(sum(tariff.acts[act] for act in asked.acts)),
            point=tariff.point.dutch(cents=False),
            weight=WEIGHTS[asked.weight],
            factor=_points(tariff.weights[asked.weight]),
        )
        if asked.related:
            words += " " + _("De zaak hoort bij andere zaken: keer {factor}.").format(factor=_points(tariff.related_factor))
        found.append((words, tariff.help_costs(asked.acts, asked.weight, related=asked.related)))
    return found + [(str(OTHERS[kind][0]).capitalize(), Money(cents)) for kind, cents in asked.others if cents]


def total_of(lines: Iterable[tuple[str, Money]]) -> Money:
    """All of it together."""
    return Money(sum(amount.cents for _text, amount in lines))


def may_be_paid(outcome: str, remedy: str) -> bool:
    """Whether the first decision is revoked at all: not when it stays with better reasons (Awb 7:15(2))."""
    return outcome in REVISING and remedy != Remedy.REASONS


def problems(objection: Objection, asked: Reimbursement, outcome: str, remedy: str) -> list[str]:
    """What lacks in what is proposed about the costs, one Dutch line each."""
    claimed = bool(asked.acts or asked.others or asked.provider)
    if not objection.wants_costs:
        return [_("Er is niet om vergoeding van kosten gevraagd. Dan betalen wij ze niet (Awb 7:15).")] if claimed else []
    lacks = []
    if not asked.why.strip():
        lacks.append(_("Er is om vergoeding van kosten gevraagd. Schrijf op wat u daarop besluit (Awb 7:15)."))
    if claimed and not may_be_paid(outcome, remedy):
        lacks.append(_("Het eerste besluit wordt niet herroepen. Dan betalen wij geen kosten (Awb 7:15, tweede lid)."))
    elif may_be_paid(outcome, remedy) and asked.ours is None:
        lacks.append(_("Zeg of het eerste besluit door ons toedoen niet klopte (Awb 7:15, tweede lid)."))
    elif claimed and not asked.ours:
        lacks.append(_("Kosten betalen wij alleen als het eerste besluit door ons toedoen niet klopte (Awb 7:15, tweede lid)."))
    if "hearing" in asked.acts and not objection.hearings.filter(held_on__isnull=False).exists():
        lacks.append(_("Er was geen gesprek. Daar kan niemand voor mee zijn gegaan."))
    known = all(act in ACTS for act in asked.acts) and asked.weight in WEIGHTS
    if not known or any(kind not in OTHERS or cents < 0 for kind, cents in asked.others):
        lacks.append(_("Kies alleen kosten uit de lijst (Besluit proceskosten bestuursrecht, artikel 1)."))
    return lacks


def kept(asked: Reimbursement, on: date) -> dict[str, Any]:
    """As a decision that waits keeps it, reckoned at the tariff of this day."""
    lines = lines_of(asked, on)
    return {
        "costs": total_of(lines).cents,
        "costs_ours": asked.ours,
        "costs_lines": [[text, amount.cents] for text, amount in lines],
        "costs_provider": asked.provider.strip()[:120],
        "costs_why": asked.why.strip(),
    }


def facts_of_letter(decision: ObjectionDecision) -> dict[str, Any]:
    """What the letter says of it: in words, and the reckoning as rows."""
    if not decision.objection.wants_costs:
        return {}
    paid = decision.costs_money
    if not paid.cents:
        return {"costs": f"{_('Wij betalen uw kosten niet.')} {decision.costs_why}"}
    told = _("Wij betalen {amount} van uw kosten. Dat staat in artikel 7:15 van de Algemene wet bestuursrecht.")
    to = _("U krijgt dit binnen zes weken.")
    if payee_of(decision.objection, decision) is not None:
        to += " " + _("Geef ons daarvoor uw rekeningnummer door.")
    if decision.costs_provider:
        to = _("Wij betalen dit binnen zes weken aan {name}, want u kreeg hulp met een toevoeging.").format(
            name=decision.costs_provider
        )
    rows = [[text, Money(cents)] for text, cents in decision.costs_lines]
    return {"costs": f"{told.format(amount=paid.dutch())} {decision.costs_why} {to}", "costs_rows": rows}


def payee_of(objection: Objection, decision: ObjectionDecision) -> OwnPayee | None:
    """Who is paid on an account of their own, which is still to be given: who gave legal aid on an assignment (7:15(5)), or who applied
    along and objected. None for the account of the application: also when who keeps its money (*penvoerder*) objected for it."""
    if decision.costs_provider:
        return OwnPayee(decision.costs_provider, "")
    own = objection.objector in dict(grant_of(objection.application).along)
    return OwnPayee(objection.objector_name, "", objection.objector) if own else None


@dataclass(frozen=True)
class CostsOwed:
    """What we owe of the costs of an objection that was decided: why, its reckoning, whether its payment was asked for, by which day it
    must be there (Awb 4:87), the name of who is paid when that is not the account of the application, and the payments."""

    amount: Money
    why: str
    lines: tuple[tuple[str, Money], ...]
    ordered: bool
    pay_by: date
    payee: str
    payments: tuple[PaymentFacts, ...]


def costs_owed(objection: Objection) -> CostsOwed | None:
    """How the costs of this objection stand; None when none were granted."""
    decision = objection.decisions.filter(taken_at__isnull=False, costs__gt=0).first()
    if decision is None:
        return None
    return CostsOwed(
        amount=decision.costs_money,
        why=decision.costs_why,
        lines=tuple((text, Money(cents)) for text, cents in decision.costs_lines),
        ordered=decision.costs_ordered_at is not None,
        pay_by=pay_costs_by(decision),
        payee=payee.name if (payee := payee_of(objection, decision)) else "",
        payments=tuple(payments_of(reference(objection))),
    )


def pay_costs_by(decision: ObjectionDecision) -> date:
    """The last day to pay: six weeks after the decision was made known (Awb 4:87), counted from today while it was not."""
    return pay_by(sent_days([decision.letter]).get(decision.letter) or clock.today(), equated_days())


def _points(number: Any) -> str:
    """A number of points or a factor as people read it."""
    return f"{float(number):g}".replace(".", ",")
