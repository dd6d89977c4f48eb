"""How far it is: the nearest facility, or the k nearest, of every origin."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.checks import hash_of
from vliegwiel.engines.travel.graph import By, Graph
from vliegwiel.engines.travel.labels import nearest_labels, ranked_labels
from vliegwiel.engines.travel.origins import Origins
from vliegwiel.kernel import clock
from vliegwiel.kernel.receipt import Receipt

Ints = NDArray[np.int32]
VERSION = "1"


@dataclass(frozen=True)
class Travel:
    """What a group of people travels: how many arrive and how many do not, what they travel in all, the longest trip (−1 without any).

    `total` and `longest` are in `by`: milliseconds or metres.
    """

    persons: float
    unreachable: float
    total: float
    longest: int
    by: By = "milliseconds"

    @property
    def mean(self) -> float:
        """Minutes (or metres) per person who arrives; NaN when nobody does."""
        unit = 60_000 if self.by == "milliseconds" else 1
        return self.total / self.persons / unit if self.persons else float("nan")


@dataclass(frozen=True)
class Nearest:
    """Per origin, in the order of the origins: `cost` in `by` and `facility` (a position), both −1 when none can be reached."""

    cost: Ints
    facility: Ints
    by: By
    who: Origins
    receipt: Receipt

    @property
    def reachable(self) -> NDArray[np.bool_]:
        """Whether there is a way at all."""
        return self.facility >= 0

    @property
    def milliseconds(self) -> Ints:
        """How long it takes, −1 when not reachable. ValueError when lengths were asked."""
        return _in("milliseconds", self.by, self.cost)

    @property
    def metres(self) -> Ints:
        """How far it is, −1 when not reachable. ValueError when times were asked."""
        return _in("metres", self.by, self.cost)

    @property
    def groups(self) -> dict[str, Travel]:
        """What everybody ("all") and each group travels."""
        from vliegwiel.engines.travel import origin_kernels

        return {
            name: _travel(*origin_kernels.totals(self.cost, persons), self.by) for name, persons in self.who.everybody.items()
        }


@dataclass(frozen=True)
class KNearest:
    """The same for the k nearest: origins × k, nearest first; −1 from where there are no more."""

    cost: Ints
    facility: Ints
    by: By
    receipt: Receipt

    @property
    def reachable(self) -> NDArray[np.bool_]:
        """Whether there is such a facility."""
        return self.facility >= 0

    @property
    def milliseconds(self) -> Ints:
        """How long it takes, −1 when not reachable. ValueError when lengths were asked."""
        return _in("milliseconds", self.by, self.cost)

    @property
    def metres(self) -> Ints:
        """How far it is, −1 when not reachable. ValueError when times were asked."""
        return _in("metres", self.by, self.cost)


def nearest(network: Graph, facilities: ArrayLike, who: Origins, by: By) -> Nearest:
    """One search from all facilities at once against the direction of travel."""
    places = network.places_of(facilities)
    labels = nearest_labels(network, places, by)
    cost, facility = looked_up(network, labels, who, by)
    return Nearest(cost, facility, by, who, receipt_of("travel.nearest", network, places, who, {"by": by}))


def k_nearest(network: Graph, facilities: ArrayLike, who: Origins, k: int, by: By) -> KNearest:
    """A search per rank."""
    if k < 1:
        message = f"k is at least 1, not {k}"
        raise ValueError(message)
    from vliegwiel.engines.travel import origin_kernels

    places = network.places_of(facilities)
    ranked = ranked_labels(network, places, k, by)
    placed = network.placed(who, by)
    cost, facility = np.empty((len(who), k), dtype=np.int32), np.empty((len(who), k), dtype=np.int32)
    origin_kernels.look_up_ranked(ranked, placed.one, placed.other, placed.to_one, placed.to_other, cost, facility)
    return KNearest(cost, facility, by, receipt_of("travel.k_nearest", network, places, who, {"by": by, "k": k}))


def looked_up(network: Graph, labels: NDArray[np.int64], who: Origins, by: By) -> tuple[Ints, Ints]:
    """Cost and facility of every origin."""
    from vliegwiel.engines.travel import origin_kernels

    placed = network.placed(who, by)
    cost, facility = np.empty(len(who), dtype=np.int32), np.empty(len(who), dtype=np.int32)
    origin_kernels.look_up(labels, placed.one, placed.other, placed.to_one, placed.to_other, cost, facility)
    return cost, facility


def receipt_of(method: str, network: Graph, facilities: Ints, who: Origins, parameters: Mapping[str, object]) -> Receipt:
    """How an answer was made: the network, the facilities and the origins by their hashes."""
    inputs = {"network": network.hash, "facilities": hash_of(facilities), "origins": who.hash}
    return Receipt(method, VERSION, inputs, parameters, clock.now())


def _travel(persons: float, total: float, longest: int, unreachable: float, by: By) -> Travel:
    return Travel(persons, unreachable, total, longest, by)


def _in(asked: By, by: By, cost: Ints) -> Ints:
    if asked != by:
        message = f"this was asked in {by}; ask again with by={asked!r}"
        raise ValueError(message)
    return cost
