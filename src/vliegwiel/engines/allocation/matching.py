"""Match funding (*matchfinanciering*): two sides that double each other, and a crowd that unlocks public money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money, Share
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Reason

METHOD, VERSION = "allocation.match", "1"


@dataclass(frozen=True)
class Side:
    """One side of the match: its name and what it puts in per year (year → amount)."""

    name: str
    per_year: Mapping[int, Money]


@dataclass(frozen=True)
class MatchRules:
    """Both sides give the same. Caps: per award, and per initiative per year, over both sides together."""

    per_award: Money
    per_initiative_per_year: Money


@dataclass(frozen=True)
class Request:
    """A request in the order in which it is decided: what may be granted, for which initiative, in which year."""

    id: str
    initiative: str
    year: int
    amount: Money


@dataclass(frozen=True)
class Given:
    """What an initiative got before in a year, per side (name → amount): it counts for the caps, for what a side has left, and
    for whose
    turn the odd cent is."""

    initiative: str
    year: int
    shares: Mapping[str, Money]


@dataclass(frozen=True)
class Matched:
    """What each side gives to a request (name → amount), and why."""

    request: str
    shares: Mapping[str, Money]
    reason: Reason

    @property
    def total(self) -> Money:
        """What the request gets."""
        return Money(sum(share.cents for share in self.shares.values()))


def match(
    rules: MatchRules, sides: Sequence[Side], requests: Sequence[Request], *, already: Sequence[Given] = ()
) -> tuple[tuple[Matched, ...], Receipt]:
    """Go through the requests in order. Shares differ by at most one cent over a request, and the odd cent takes turns.

    `already` is what was given before, out of the same amounts per year: matching in parts gives what matching at once would
    give. When a request no longer fits in what one side has for the year, the match stops for that year: no side gives alone.
    """
    if len(sides) != 2:
        raise NotValid("Verdubbelen gaat tussen twee partijen.")
    left = {(side.name, year): amount.cents for side in sides for year, amount in side.per_year.items()}
    had: dict[tuple[str, int], int] = {}
    dry: dict[int, str] = {}
    odd = {side.name: 0 for side in sides}
    for item in already:
        total = Money(sum(share.cents for share in item.shares.values()))
        had[item.initiative, item.year] = had.get((item.initiative, item.year), 0) + total.cents
        for name, given in item.shares.items():
            left[name, item.year] = left.get((name, item.year), 0) - given.cents
            odd[name] += given.cents > total.cents - given.cents
    found = []
    for request in requests:
        room = rules.per_initiative_per_year.cents - had.get((request.initiative, request.year), 0)
        cents = min(request.amount.cents, rules.per_award.cents, room)
        first, second = sorted((side.name for side in sides), key=lambda name: (odd[name], name))
        shares = {first: cents - cents // 2, second: cents // 2}
        short = next((name for name, share in shares.items() if left.get((name, request.year), 0) < share), "")
        if cents <= 0:
            found.append(_nothing(request, sides, "cap", "Dit initiatief heeft dit jaar het hoogste bedrag al gekregen."))
        elif request.year in dry or short:
            name = dry.setdefault(request.year, short)
            found.append(_nothing(request, sides, "dry", f"Het geld van {name} is op. Dan geeft ook de ander niet."))
        else:
            for name, share in shares.items():
                left[name, request.year] -= share
            odd[first] += cents % 2
            had[request.initiative, request.year] = had.get((request.initiative, request.year), 0) + cents
            capped = cents < request.amount.cents
            text = "Toegekend tot het hoogste bedrag." if capped else "Toegekend voor het hele bedrag."
            found.append(
                Matched(
                    request.id,
                    {name: Money(share) for name, share in shares.items()},
                    Reason("capped" if capped else "full", text),
                )
            )
    return tuple(found), Receipt(
        METHOD, VERSION, {}, {"rules": rules, "sides": list(sides), "requests": list(requests), "already": list(already)}
    )


def crowd_share(*, goal: Money, raised: Money, unlock: Share, share: Share, cap: Money) -> Money:
    """What public money adds when a crowd has raised `unlock` of the goal: `share` of the goal, never above `cap`; before that nothing.

    >>> crowd_share(goal=Money.euros(8000), raised=Money.euros(2000), unlock=Share.of(1, 4), share=Share.of(1, 2), cap=Money.euros(5000))
    Money(cents=400000)
    """
    if raised.cents < goal.part(unlock).cents:
        return Money(0)
    return min(goal.part(share), cap)


def _nothing(request: Request, sides: Sequence[Side], code: str, text: str) -> Matched:
    return Matched(request.id, {side.name: Money(0) for side in sides}, Reason(code, text))
