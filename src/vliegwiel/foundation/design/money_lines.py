"""The money line: how far a credit or ceiling is used, drawn to its tick, with every amount in words below."""

from dataclasses import dataclass

from vliegwiel.kernel.money import Money


@dataclass(frozen=True)
class MoneyPart:
    """A part of the line: its look ("used", "reserved", "free" or "lapsed"), its word, its amount, and where it starts and how wide it
    is in percent."""

    look: str
    word: str
    amount: Money
    start: float
    width: float


@dataclass(frozen=True)
class MoneyLine:
    """A line of parts up to its tick; `word` names the whole, as *Krediet* or *Plafond*. Nothing is drawn when the whole is zero.

    `of_which` is a word and amount that is in one of the parts, as *waarvan betaald*; only told, not drawn.
    """

    word: str
    whole: Money
    parts: tuple[MoneyPart, ...]
    of_which: tuple[str, Money] | None = None


def money_line(word: str, whole: Money, *parts: tuple[str, str, Money], of_which: tuple[str, Money] | None = None) -> MoneyLine:
    """A line of parts (look, word, amount) in this order. More than the whole is drawn to the tick; the words say what it is.

    >>> [part.width for part in money_line("Plafond", Money(200), ("used", "Verleend", Money(50)), ("free", "Vrij", Money(150))).parts]
    [25.0, 75.0]
    """
    made, start = [], 0.0
    for look, name, amount in parts:
        share = 100 * amount.cents / whole.cents if whole.cents > 0 else 0.0
        width = round(max(min(share, 100 - start), 0.0), 3)
        made.append(MoneyPart(look, name, amount, round(start, 3), width))
        start += width
    return MoneyLine(word, whole, tuple(made), of_which)
