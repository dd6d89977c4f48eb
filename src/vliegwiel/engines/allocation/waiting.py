"""Money that comes free (withdrawn, determined lower) goes back to its own ceiling and to who is first in line there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vliegwiel.engines.allocation.model import Application, Award, Ceiling, Outcome, Rules
from vliegwiel.engines.allocation.order import first_come_order
from vliegwiel.engines.allocation.pots import Pots
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Reason

METHOD, VERSION = "allocation.freed", "1"


@dataclass(frozen=True)
class Freed:
    """What freed money does: the awards by application, in the order of the line, which of one day were drawn, and the receipt."""

    awards: Mapping[str, Award]
    drawn: tuple[tuple[str, ...], ...]
    receipt: Receipt


def award_freed_money(
    rules: Rules,
    line: Sequence[Application],
    ceilings: Sequence[Ceiling],
    *,
    seed: str,
    before: Sequence[Application] = (),
) -> Freed:
    """Give what is free under each ceiling now to who waits in `line`, in its order: that of the division (`Division.waiting`). First come,
    first served goes by day of completeness; those of one day that do not fit together keep the order of the line when they were drawn
    before, as the lot of a `seed` is always the same.

    `ceilings` are as they stand now. `before` are applications that nobody decided on yet: what they may get is not free. Nobody gets
    more than was asked and no ceiling is passed. Raises NotValid for a proportional division, which has no line, for an amount that is
    not positive, two applications with one id, or a ceiling that does not exist.
    """
    if rules.method == "proportional":
        raise NotValid("Bij een evenredige verdeling is er geen wachtlijst.")
    _refuse_wrong([*line, *before])
    receipt = Receipt(
        METHOD,
        VERSION,
        {"line": content_hash(list(line)), "before": content_hash(sorted(before, key=lambda item: item.id))},
        {"rules": rules, "ceilings": list(ceilings), "seed": seed},
    )
    drawn: list[tuple[str, ...]] = []
    pots, fits = _without(ceilings, before), _without(ceilings, before)
    ordered = list(line)
    if rules.method == "first-come":
        ordered, drawn = first_come_order(ordered, seed, fits)
    awards: dict[str, Award] = {}
    closed: set[str] = set()
    for place, item in enumerate(ordered, start=1):
        if closed & set(pots.chain(item.ceiling)):
            continue
        wanted, room = item.amount.cents, pots.room(item.ceiling)
        given = wanted if wanted <= room else room if rules.partial and room >= rules.smallest.cents else 0
        if given < wanted and rules.shortage == "stop":
            closed.add(pots.binding(item.ceiling, wanted))
        if given:
            pots.take(item.ceiling, given)
            outcome = Outcome.GRANTED if given == wanted else Outcome.PARTLY
            reason = Reason("freed", "Er kwam geld vrij op hetzelfde plafond.", facts={"given": given})
            awards[item.id] = Award(item.id, outcome, Money(given), place, None, (reason,))
    return Freed(awards, tuple(drawn), receipt)


def _without(ceilings: Sequence[Ceiling], before: Sequence[Application]) -> Pots:
    """What is left when everyone who goes before got what fits."""
    pots = Pots(ceilings)
    for item in before:
        pots.take(item.ceiling, min(item.amount.cents, pots.room(item.ceiling)))
    return pots


def _refuse_wrong(items: Sequence[Application]) -> None:
    if len({item.id for item in items}) < len(items):
        raise NotValid("Twee aanvragen hebben hetzelfde nummer.")
    for item in items:
        if item.amount.cents <= 0:
            raise NotValid(f"Het bedrag van {item.id} is niet groter dan nul.")
