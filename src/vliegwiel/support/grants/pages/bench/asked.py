"""What the address of the workbench asks: a trial with another ceiling, other weights or amounts, and which row is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import amount_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.ranking import WhatIf
from vliegwiel.support.schemes.public import CallFacts

WEIGHT, AMOUNT = "gewicht-", "bedrag-"


@dataclass(frozen=True)
class Asked:
    """The trial, and what is wrong with it: then it is not done."""

    what_if: WhatIf
    problems: tuple[str, ...] = ()


def asked_of(call: CallFacts, given: Mapping[str, str]) -> Asked:
    """Read the trial from the address. What equals the rules of the call is no trial."""
    problems: list[str] = []
    ceiling = _money(given.get("plafond", ""), _("Het plafond"), problems)
    minimum = _number(given.get("minimum", ""), _("Het laagste cijfer"), problems)
    weights = {}
    for item in call.rules.criteria:
        share = _number(given.get(f"{WEIGHT}{item.key}", ""), item.name, problems)
        if share is not None and share / 100 != item.weight:
            weights[item.key] = share / 100
    if minimum is not None and minimum == call.rules.minimum_total:
        minimum = None
    amounts = {
        key.removeprefix(AMOUNT): money
        for key, text in given.items()
        if key.startswith(AMOUNT) and (money := _money(text, _("Het bedrag"), problems)) is not None
    }
    return Asked(WhatIf(ceiling, weights, minimum, amounts), tuple(problems))


def _money(text: str, name: str, problems: list[str]) -> Money | None:
    if not text.strip():
        return None
    found = amount_of(text)
    if found is None or not found.cents:
        problems.append(_("{name}: schrijf een bedrag, zoals 21.250,00.").format(name=name))
    return found


def _number(text: str, name: str, problems: list[str]) -> Fraction | None:
    plain = text.strip().removesuffix("%").strip().replace(",", ".")
    if not plain:
        return None
    try:
        found = Fraction(plain)
    except (ValueError, ZeroDivisionError):
        problems.append(_("{name}: schrijf een getal, zoals 25 of 7,5.").format(name=name))
        return None
    if not 0 <= found <= 100:
        problems.append(_("{name}: kies een getal van 0 tot en met 100.").format(name=name))
        return None
    return found
