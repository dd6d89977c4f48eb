"""Challenges as CSV: what the page shows, and no more."""

from collections.abc import Iterable, Iterator

from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import line
from vliegwiel.support.challenges.queries import Shown

_COLUMNS = (
    "nummer",
    "titel",
    "overheid",
    "stand",
    "verstuurd",
    "antwoord uiterlijk",
    "taak",
    "mensen",
    "kosten per jaar in euro",
    "gronden",
    "beantwoord",
    "redenen",
    "afgesproken op",
    "proef tot",
    "als de inwoners stoppen",
    "let op",
)


def csv_lines(found: Iterable[Shown]) -> Iterator[str]:
    """CSV with comma and UTF-8 (RFC 4180). A cost that nobody knows is an empty cell."""
    yield line(_COLUMNS)
    for item in found:
        grounds = "; ".join(f"{name}: {'ja' if met else 'nee'}" for name, met, _why in item.grounds)
        cost = f"{item.cost.cents / 100:.2f}" if item.cost is not None else ""
        people = "" if item.people is None else str(item.people)
        first = (item.number, item.title, item.authority, item.state_name, item.sent_on, item.due_on, item.task, people, cost)
        last = (grounds, item.decided_on, item.reasons, item.agreed_on, item.until, item.way_back)
        yield line((*first, *last, MADE_UP if item.made_up else ""))
