"""How much of a debt is left, with costs and statutory interest: on plain values, to the cent (Awb 4:92, 4:97, 4:98; BW 6:119)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from vliegwiel.kernel.money import Money
from vliegwiel.support.settlements.rules import years_later

#: Interest below this is not due (Awb 4:98(2)): of what others owe, and of what we owe.
LEAST, LEAST_OF_OURS = Money.euros(20), Money.euros(10)
Rates = Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Receipt:
    """Money that came in on a day."""

    on: date
    amount: Money


@dataclass(frozen=True)
class Standing:
    """How a debt stands at a day: principal, interest and costs still due, and per receipt how it was split in these three (costs first,
    then interest, Awb 4:92)."""

    principal: Money
    interest: Money
    splits: tuple[tuple[Money, Money, Money], ...]
    costs: Money = Money(0)

    @property
    def left(self) -> Money:
        """All that is still due."""
        return self.principal + self.interest + self.costs


def standing_of(
    amount: Money,
    due_on: date,
    receipts: Iterable[Receipt],
    rates: Rates,
    on: date,
    *,
    fees: Iterable[Receipt] = (),
    least: Money = LEAST,
) -> Standing:
    """A debt that had to be paid by `due_on`. Interest runs from the day after it to the day of payment, over days of the calendar year,
    and bears interest itself after each year (BW 6:119(2)). Below `least` in all it is not due (Awb 4:98(2)). `fees` are what reminders
    cost, each from its day (4:113).
    """
    began = due_on + timedelta(days=1)
    state = _Running(Fraction(amount.cents), began, rates, least)
    charged = sorted(fees, key=lambda item: item.on)
    splits = []
    for receipt in sorted(receipts, key=lambda item: item.on):
        while charged and charged[0].on <= receipt.on:
            state.costs += charged.pop(0).amount.cents
        state.run_to(max(receipt.on, began))
        splits.append(state.take(receipt.amount.cents))
    state.costs += sum(fee.amount.cents for fee in charged if fee.on <= on)
    state.run_to(max(on, began))
    return Standing(Money(int(state.principal)), Money(state.due), tuple(splits), Money(state.costs))


def interest_on(amount: Money, due_on: date, paid_on: date, rates: Rates) -> Money:
    """What we owe over an amount that we had to pay by `due_on` and paid later (Awb 4:98): nothing below ten euros.

    >>> interest_on(Money.euros(10_000), date(2023, 12, 31), date(2024, 3, 1), [(date(2024, 1, 1), 7)]).dutch()
    '€\xa0114,75'
    """
    return standing_of(amount, due_on, (), rates, paid_on, least=LEAST_OF_OURS).interest


class _Running:
    """A debt as time passes."""

    def __init__(self, principal: Fraction, began: date, rates: Rates, least: Money) -> None:
        self.principal, self.began, self.rates, self.least = principal, began, rates, least
        self.costs = 0
        self.at, self.accrued, self.bearing, self.paid = began, Fraction(0), Fraction(0), 0

    @property
    def due(self) -> int:
        """Interest due in whole cents: nothing while all of it together stays below the least."""
        cents = _rounded(self.accrued)
        return cents if cents + self.paid >= self.least.cents else 0

    def run_to(self, day: date) -> None:
        """Let interest run, piece by piece: a year, a rate and a year of the claim each begin a new piece."""
        while self.at < day:
            end = min(day, *self._edges())
            base = self.principal + self.bearing
            self.accrued += base * self._rate() / 100 * (end - self.at).days / _days_in(self.at.year)
            self.at = end
            if end in self._years():
                self.bearing = self.accrued

    def take(self, cents: int) -> tuple[Money, Money, Money]:
        """Count what came in: costs first, then interest, then principal."""
        costs = min(self.costs, cents)
        self.costs -= costs
        cents -= costs
        interest = min(self.due, cents)
        self.accrued = max(self.accrued - interest, Fraction(0))
        self.bearing = min(self.bearing, self.accrued)
        self.paid += interest
        principal = min(int(self.principal), cents - interest)
        self.principal -= principal
        return Money(principal), Money(interest), Money(costs)

    def _edges(self) -> list[date]:
        later = [day for day, _percent in self.rates if day > self.at]
        return [*later, date(self.at.year + 1, 1, 1), *(day for day in self._years() if day > self.at)]

    def _years(self) -> list[date]:
        return [years_later(self.began, number) for number in range(1, self.at.year - self.began.year + 2)]

    def _rate(self) -> int:
        return next((percent for day, percent in reversed(self.rates) if day <= self.at), 0)


def _days_in(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _rounded(cents: Fraction) -> int:
    return int(cents + Fraction(1, 2))
