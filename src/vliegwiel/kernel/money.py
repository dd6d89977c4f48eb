"""Money in whole cents and shares as exact fractions."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, order=True)
class Share:
    """An exact part of a whole (*aandeel*), from 0 to 1.

    >>> Share.of(1, 3).value
    Fraction(1, 3)
    """

    value: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            message = f"a share lies between 0 and 1, not {self.value}"
            raise ValueError(message)

    @classmethod
    def of(cls, part: int, whole: int) -> "Share":
        """The share `part / whole`."""
        return cls(Fraction(part, whole))


@dataclass(frozen=True, order=True)
class Money:
    """An amount (*bedrag*) in whole euro cents; may be negative for a correction.

    >>> Money(2_545_173).dutch()
    '€\xa025.451,73'
    >>> Money.euros(25_451).dutch(cents=False)
    '€\xa025.451'
    """

    cents: int

    def __post_init__(self) -> None:
        if isinstance(self.cents, bool) or not isinstance(self.cents, int):
            message = "money is a whole number of cents"
            raise TypeError(message)

    @classmethod
    def euros(cls, euros: int) -> "Money":
        """A whole number of euros."""
        return cls(euros * 100)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def part(self, share: Share) -> "Money":
        """The share of this amount, rounded half up to a whole cent (away from zero)."""
        exact = abs(self.cents) * share.value
        rounded = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
        return Money(rounded if self.cents >= 0 else -rounded)

    def dutch(self, *, cents: bool = True) -> str:
        """As the Dutch write it, with a no-break space; without cents it is rounded half up."""
        sign = "−" if self.cents < 0 else ""
        whole, rest = divmod(abs(self.cents), 100)
        if not cents:
            whole += rest >= 50
        thousands = f"{whole:,}".replace(",", ".")
        return f"{sign}€\u00a0{thousands},{rest:02d}" if cents else f"{sign}€\u00a0{thousands}"
