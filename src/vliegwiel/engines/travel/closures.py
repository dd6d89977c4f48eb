"""What closing costs: for every facility at once what happens when it alone closes.

Removing a facility changes only the nodes in its own cell. A way out of the cell crosses its boundary, and beyond it nothing changed;
so the label that comes second is the least over the boundary, spread inside the cell. Cells do not touch each other, so one search does
all of them: two searches in total, exact for each single closure.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.graph import By, Graph
from vliegwiel.engines.travel.labels import ranked_labels
from vliegwiel.engines.travel.nearest import nearest, receipt_of
from vliegwiel.engines.travel.origins import EVERYBODY, Origins
from vliegwiel.kernel.receipt import Receipt

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Losses:
    """One row per facility. Of the `persons` for whom it is the nearest, `longer` get a longer trip and `unreachable` have none left.

    `extra`: what they travel more in all, in milliseconds (or metres) times persons; `worst`: the most that one trip gets longer.
    """

    persons: Floats
    longer: Floats
    extra: Floats
    worst: Floats
    unreachable: Floats

    @property
    def extra_person_minutes(self) -> Floats:
        """Minutes times persons; only where milliseconds were asked."""
        return self.extra / 60_000


@dataclass(frozen=True)
class Closures(Losses):
    """The losses of everybody, and per group in `groups`. `milliseconds`, `facility`: where each origin goes when its nearest closes.

    `then` is the cost per origin without its nearest, `instead` the facility it goes to; −1 when there is none, or none now.
    """

    groups: dict[str, Losses]
    then: NDArray[np.int32]
    instead: NDArray[np.int32]
    by: By
    receipt: Receipt


def closures(network: Graph, facilities: ArrayLike, who: Origins, by: By) -> Closures:
    """Two searches, then one pass over the origins per group."""
    from vliegwiel.engines.travel import origin_kernels

    places = network.places_of(facilities)
    ranked = ranked_labels(network, places, 2, by)
    now = nearest(network, facilities, who, by)
    placed = network.placed(who, by)
    cost, facility = np.empty((len(who), 2), dtype=np.int32), np.empty((len(who), 2), dtype=np.int32)
    origin_kernels.look_up_ranked(ranked, placed.one, placed.other, placed.to_one, placed.to_other, cost, facility)
    then, instead = np.ascontiguousarray(cost[:, 1]), np.ascontiguousarray(facility[:, 1])
    per_group = {}
    for name, persons in who.everybody.items():
        found = np.zeros((len(places), 5))
        origin_kernels.losses(now.cost, now.facility, then, persons, found)
        per_group[name] = Losses(*(np.ascontiguousarray(found[:, column]) for column in range(5)))
    everybody = per_group.pop(EVERYBODY)
    receipt = receipt_of("travel.closures", network, places, who, {"by": by})
    columns = (everybody.persons, everybody.longer, everybody.extra, everybody.worst, everybody.unreachable)
    return Closures(*columns, per_group, then, instead, by, receipt)
