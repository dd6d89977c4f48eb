"""Money that comes free (withdrawn, determined lower) goes back to its own ceiling and to who is first in line there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vliegwiel.engines.allocation.divide import divide
from vliegwiel.engines.allocation.model import Application, Award, Ceiling, Division, Outcome, Rules
from vliegwiel.engines.allocation.pots import Pots
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason


def award_freed_money(
    rules: Rules,
    applications: Sequence[Application],
    ceilings: Sequence[Ceiling],
    *,
    seed: str,
    freed: Mapping[str, Money],
) -> tuple[Division, Mapping[str, Award]]:
    """Divide again as it was, then give freed money (application → amount given back) to the waiting list, in its order.

    Gives the first division, and the awards that came on top. Nobody gets less than before. Raises NotValid when more is freed than
    was awarded, or for a proportional division, which has no line.
    """
    if rules.method == "proportional":
        raise NotValid("Bij een evenredige verdeling is er geen wachtlijst.")
    first = divide(rules, applications, ceilings, seed=seed)
    by_id = {item.id: item for item in applications}
    pots = Pots([replace(ceiling, used=Money(ceiling.amount.cents - first.left[ceiling.name].cents)) for ceiling in ceilings])
    for key, amount in freed.items():
        if key not in by_id or not 0 < amount.cents <= first.awards[key].amount.cents:
            raise NotValid(f"Van {key} komt meer vrij dan is toegekend.")
        pots.take(by_id[key].ceiling, -amount.cents)
    extra: dict[str, Award] = {}
    closed: set[str] = set()
    for key in first.waiting:
        if key in freed or closed & set(pots.chain(by_id[key].ceiling)):
            continue
        wanted = by_id[key].amount.cents - first.awards[key].amount.cents
        room = pots.room(by_id[key].ceiling)
        given = wanted if wanted <= room else room if rules.partial and room >= rules.smallest.cents else 0
        if given < wanted and rules.shortage == "stop":
            closed.add(pots.binding(by_id[key].ceiling, wanted))
        if given:
            pots.take(by_id[key].ceiling, given)
            reason = Reason("freed", "Er kwam geld vrij op hetzelfde plafond.", facts={"given": given})
            outcome = Outcome.GRANTED if given == wanted else Outcome.PARTLY
            extra[key] = replace(first.awards[key], outcome=outcome, amount=Money(given), reasons=(reason,))
    return first, extra
