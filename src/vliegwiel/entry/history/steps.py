"""The steps of a history in the order of the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from vliegwiel.catalogue.history import History
from vliegwiel.entry.history import direct, schemes
from vliegwiel.entry.history.money import money_steps
from vliegwiel.entry.history.world import World


@dataclass(frozen=True)
class Step:
    """One act: when, what it is in words, and the doing."""

    at: datetime
    text: str
    act: Callable[[], None]


def steps_of(world: World) -> list[Step]:
    """Everything that happens in a history, oldest first; acts of one moment in the order of the file."""
    history: History = world.history
    found = [Step(*row) for row in money_steps(world)]
    for scheme in history.schemes:
        found += [Step(*row) for row in schemes.steps(world, scheme)]
    found += [Step(*row) for row in direct.steps(world)]
    return sorted(found, key=lambda step: step.at)
