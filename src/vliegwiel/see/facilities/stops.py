"""How far people live from a stop (*halte*): what we can say for who has no car, because trips by bus and train are not worked out."""

from functools import lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.ground import Ground, ground_of
from vliegwiel.see.facilities.rules import told
from vliegwiel.see.figures import queries as figures

KINDS = ("bushalte", "station")
#: Distances are told in steps of so many metres: nobody is pointed at.
_STEP = 50


def metres_to_stop(province: str) -> NDArray[np.int32] | None:
    """Whole metres along the road from every home to the nearest stop, walking; −1 where there is none to reach.

    In the order of the homes of any way of travelling. None without roads to walk on, or without a stop in the register.
    """
    stamps = (queries.stamp(), areas.stamp(), figures.stamp())
    return _metres(str(settings.VLIEGWIEL_HOME), stamps, province)


def stop_of(ground: Ground, homes: NDArray[np.int64], weights: NDArray[Any]) -> dict[str, Any] | None:
    """For people without a car in these homes (`weights` per home): mean metres and minutes walking to a stop, and how many have none.

    None when we know no stops; numbers are None for a few people.
    """
    every = metres_to_stop(ground.province)
    if every is None:
        return None
    metres, arrives = every[homes], every[homes] >= 0
    there = float(weights[arrives].sum())
    if told(there) in (None, 0):
        return {"metres": None, "minutes": None, "without": told(float(weights[~arrives].sum()))}
    mean = float((metres[arrives] * weights[arrives]).sum() / there)
    pace = facility_words().profiles["foot"].pace or 720.0
    return {
        "metres": max(int(_STEP * round(mean / _STEP)), _STEP),
        "minutes": max(round(mean * pace / 60_000), 1),
        "without": told(float(weights[~arrives].sum())),
    }


@lru_cache(maxsize=2)
def _metres(_home: str, _stamps: tuple[Any, ...], province: str) -> NDArray[np.int32] | None:
    ground = ground_of(province, "foot")
    if ground is None:
        return None
    nodes = np.concatenate([ground.of_kind(kind)[1] for kind in KINDS])
    if not (nodes >= 0).any():
        return None
    return np.asarray(ground.network.nearest(nodes, ground.who, by="metres").metres, dtype=np.int32)
