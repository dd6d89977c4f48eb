"""What is lost when a facility alone closes, for every facility of a kind at once: two searches, remembered until something changes."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.ground import ground_of
from vliegwiel.see.facilities.rules import minutes, told
from vliegwiel.see.figures import queries as figures


@dataclass(frozen=True)
class Loss:
    """For how many people it is the nearest, how many travel longer without it and how much, and how many have none left. As shown."""

    persons: int | None
    longer: int | None
    mean: float | None
    unreachable: int | None


def loss_of(province: str, profile: str, kind: str, facility: str) -> Loss | None:
    """The loss of one facility; None when it lies off the road, is closed, or no roads are loaded."""
    stamps = (queries.stamp(), areas.stamp(), figures.stamp())
    return _losses(str(settings.VLIEGWIEL_HOME), stamps, province, profile, kind).get(facility)


@lru_cache(maxsize=64)
def _losses(_home: str, _stamps: tuple[Any, ...], province: str, profile: str, kind: str) -> dict[str, Loss]:
    ground = ground_of(province, profile)
    if ground is None:
        return {}
    spots, nodes = ground.of_kind(kind)
    if not (nodes >= 0).any():
        return {}
    found = ground.network.closures(nodes, ground.who)
    rows = {}
    for place, spot in enumerate(spots):
        if nodes[place] < 0:
            continue
        longer = float(found.longer[place])
        shown = told(longer) not in (None, 0)
        mean = minutes(float(found.extra[place]) / longer) if shown else None
        rows[spot.id] = Loss(told(float(found.persons[place])), told(longer), mean, told(float(found.unreachable[place])))
    return rows
