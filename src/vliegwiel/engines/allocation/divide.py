"""Divide ceilings among applications by the rules of the scheme."""

from collections.abc import Sequence
from fractions import Fraction

from vliegwiel.engines.allocation.model import Application, Award, Ceiling, Division, Outcome, Rules
from vliegwiel.engines.allocation.order import Refusals, drawn_order, first_come_order, lot, ranked_order
from vliegwiel.engines.allocation.pots import Pots
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Reason

METHOD, VERSION = "allocation.divide", "1"
_INCOMPLETE = Reason("incomplete", "De aanvraag is niet compleet.", "4:5 Awb")
_FULL = "Er is geld voor het hele bedrag."


def divide(rules: Rules, applications: Sequence[Application], ceilings: Sequence[Ceiling], *, seed: str) -> Division:
    """Divide; the outcome does not depend on the order in which applications are handed in.

    No ceiling is ever passed. `seed` is published before the draw. Raises NotValid for an amount that is not positive, two
    applications with one id, or a ceiling that does not exist.
    """
    _refuse_wrong(applications, ceilings)
    receipt = Receipt(
        METHOD,
        VERSION,
        {"applications": content_hash(_sorted(applications))},
        {"rules": rules, "ceilings": list(ceilings), "seed": seed},
    )
    complete = [item for item in applications if item.complete_on is not None]
    refusals: Refusals = {item.id: (_INCOMPLETE,) for item in applications if item.complete_on is None}
    totals: dict[str, Fraction] = {}
    draws: list[tuple[str, ...]] = []
    if rules.method == "tender":
        ordered, totals, below, draws = ranked_order(complete, rules, seed)
        refusals |= below
    elif rules.method == "first-come":
        ordered, draws = first_come_order(complete, seed, Pots(ceilings))
    else:
        ordered = drawn_order(complete, seed)
        draws = [tuple(item.id for item in ordered)] if rules.method == "lottery" and len(ordered) > 1 else []
    pots = Pots(ceilings)
    granted = _proportional(ordered, pots, seed) if rules.method == "proportional" else _in_order(ordered, rules, pots)
    awards = {
        item.id: Award(item.id, outcome, Money(cents), place, totals.get(item.id), (reason,))
        for place, (item, outcome, cents, reason) in enumerate(granted, start=1)
    }
    awards |= {key: Award(key, Outcome.REFUSED, Money(0), None, totals.get(key), reasons) for key, reasons in refusals.items()}
    return Division(awards, tuple(item.id for item in ordered), pots.money(), tuple(draws), receipt)


Granted = tuple[Application, Outcome, int, Reason]


def _in_order(ordered: Sequence[Application], rules: Rules, pots: Pots) -> list[Granted]:
    """Give money in order. After a shortage with "stop", nobody behind gets money from the ceiling that ran out."""
    closed: set[str] = set()
    found: list[Granted] = []
    for item in ordered:
        room, asked = pots.room(item.ceiling), item.amount.cents
        shut = next((part for part in pots.chain(item.ceiling) if part in closed), "")
        if shut:
            reason = Reason(
                "after-the-line",
                "Het geld was op voordat deze aanvraag aan de beurt was.",
                "4:25, tweede lid, Awb",
                {"ceiling": shut},
            )
            found.append((item, Outcome.WAITING, 0, reason))
        elif asked <= room:
            pots.take(item.ceiling, asked)
            found.append((item, Outcome.GRANTED, asked, Reason("fits", _FULL, facts={"left": room - asked})))
        else:
            short = pots.binding(item.ceiling, asked)
            given = room if rules.partial and room >= rules.smallest.cents else 0
            pots.take(item.ceiling, given)
            if rules.shortage == "stop":
                closed.add(short)
            text = "Er was nog geld voor een deel." if given else "Er was niet genoeg geld voor deze aanvraag."
            reason = Reason(
                "last-part" if given else "does-not-fit", text, "4:25, tweede lid, Awb", {"ceiling": short, "left": room}
            )
            found.append((item, Outcome.PARTLY if given else Outcome.WAITING, given, reason))
    return found


def _proportional(ordered: Sequence[Application], pots: Pots, seed: str) -> list[Granted]:
    """Everyone gets the same share, smallest ceilings first; cents that rounding leaves go to the largest remainder, then by lot."""
    exact = {item.id: Fraction(item.amount.cents) for item in ordered}
    for name in sorted(pots.left, key=lambda part: -len(pots.chain(part))):
        members = [item for item in ordered if name in pots.chain(item.ceiling)]
        wanted = sum((exact[item.id] for item in members), Fraction(0))
        if wanted > pots.left[name]:
            for item in members:
                exact[item.id] *= Fraction(pots.left[name]) / wanted
    cents = {key: share.numerator // share.denominator for key, share in exact.items()}
    for item in ordered:
        pots.take(item.ceiling, cents[item.id])
    for item in sorted(ordered, key=lambda item: (cents[item.id] - exact[item.id], lot(seed, item.id))):
        if cents[item.id] < exact[item.id] and pots.room(item.ceiling) >= 1:
            pots.take(item.ceiling, 1)
            cents[item.id] += 1
    return [(item, *_share_of(item, cents[item.id])) for item in ordered]


def _share_of(item: Application, cents: int) -> tuple[Outcome, int, Reason]:
    if cents == item.amount.cents:
        return Outcome.GRANTED, cents, Reason("fits", _FULL)
    if cents:
        return (
            Outcome.PARTLY,
            cents,
            Reason("same-share", "Er was niet genoeg geld. Iedereen krijgt hetzelfde deel.", "4:25, tweede lid, Awb"),
        )
    return Outcome.WAITING, 0, Reason("does-not-fit", "Er was geen geld.", "4:25, tweede lid, Awb")


def _refuse_wrong(applications: Sequence[Application], ceilings: Sequence[Ceiling]) -> None:
    pots = Pots(ceilings)
    for item in applications:
        pots.chain(item.ceiling)
        if item.amount.cents <= 0:
            raise NotValid(f"Het bedrag van {item.id} is niet groter dan nul.")
    if len({item.id for item in applications}) < len(applications):
        raise NotValid("Twee aanvragen hebben hetzelfde nummer.")


def _sorted(applications: Sequence[Application]) -> list[Application]:
    return sorted(applications, key=lambda item: item.id)
