"""What lies within reach: cumulative opportunities, capacity per person (2SFCA), and the matrix of costs for `keep`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.checks import amounts
from vliegwiel.engines.travel.graph import By, Graph
from vliegwiel.engines.travel.labels import spread
from vliegwiel.engines.travel.nearest import looked_up, receipt_of
from vliegwiel.engines.travel.origins import Origins
from vliegwiel.kernel.receipt import Receipt

Floats = NDArray[np.float64]
_MINUTE = 60_000


@dataclass(frozen=True)
class Within:
    """`reached`: origins × limits, the facilities (or the amount of what they have) within each limit; `limits` in `by`, as asked."""

    reached: Floats
    limits: tuple[float, ...]
    by: By
    receipt: Receipt


@dataclass(frozen=True)
class Catchment:
    """`access` per origin: capacity per person over all facilities within reach, 0 when there are none.

    Per facility `people` that can reach it and `per_person`, its capacity divided by them; NaN when nobody can reach it.
    """

    access: Floats
    people: Floats
    per_person: Floats
    receipt: Receipt


def within(
    network: Graph,
    facilities: ArrayLike,
    who: Origins,
    *,
    minutes: Sequence[float] | None,
    metres: Sequence[float] | None,
    amount: ArrayLike | None,
) -> Within:
    """A search from each facility that stops at the furthest limit. A limit counts what lies exactly on it."""
    if (minutes is None) == (metres is None):
        message = "ask minutes or metres"
        raise ValueError(message)
    by: By = "milliseconds" if minutes is not None else "metres"
    asked = tuple(float(limit) for limit in (minutes if minutes is not None else metres) or ())
    places = network.places_of(facilities)
    worth = np.ones(len(places)) if amount is None else amounts(amount, "amount", len(places))
    limits = _limits(asked, _MINUTE if by == "milliseconds" else 1)
    row = np.argsort(limits, kind="stable")
    reached, _ = _meet(network, places, who, limits[row], worth, by)
    found = np.empty_like(reached)
    found[:, row] = np.cumsum(reached, axis=1)
    return Within(found, asked, by, receipt_of("travel.within", network, places, who, {"by": by, "limits": asked}))


def two_step_catchment(network: Graph, facilities: ArrayLike, who: Origins, *, capacity: ArrayLike, minutes: float) -> Catchment:
    """First who can reach a facility, then what every origin can reach of it."""
    places = network.places_of(facilities)
    holds = amounts(capacity, "capacity", len(places))
    limits = _limits((minutes,), _MINUTE)
    _, people = _meet(network, places, who, limits, np.zeros(len(places)), "milliseconds")
    per_person = np.divide(holds, people, out=np.full(len(places), np.nan), where=people > 0)
    access, _ = _meet(network, places, who, limits, np.nan_to_num(per_person), "milliseconds")
    receipt = receipt_of("travel.two_step_catchment", network, places, who, {"minutes": minutes, "capacity": holds.tolist()})
    return Catchment(np.ascontiguousarray(access[:, 0]), people, per_person, receipt)


def costs(network: Graph, who: Origins, candidates: ArrayLike, by: By) -> Floats:
    """One search per candidate; infinity where there is no way."""
    from vliegwiel.engines.travel import search_kernels

    places = network.places_of(candidates, "candidates")
    found = np.full((len(who), len(places)), np.inf)
    for column in np.flatnonzero(places >= 0):
        labels = np.full(network.nodes, search_kernels.NOWHERE, dtype=np.int64)
        labels[places[column]] = 0
        spread(network, by, labels, places[column : column + 1])
        cost, _ = looked_up(network, labels, who, by)
        found[:, column] = np.where(cost >= 0, cost, np.inf)
    return found


def _limits(asked: Sequence[float], unit: int) -> NDArray[np.int64]:
    found = np.array(asked, dtype=np.float64) * unit
    if not len(found) or not (np.isfinite(found).all() and (found >= 0).all() and (found < 2**31 - 1).all()):
        message = f"limits are numbers from 0 to 24 days (or as many metres), at least one: {list(asked)}"
        raise ValueError(message)
    return np.floor(found).astype(np.int64)


def _meet(
    network: Graph, places: NDArray[np.int32], who: Origins, limits: NDArray[np.int64], worth: Floats, by: By
) -> tuple[Floats, Floats]:
    from vliegwiel.engines.travel import reach_kernels

    placed = network.placed(who, by)
    by_node = placed.by_node(network.nodes)
    reached, met = np.zeros((len(who), len(limits))), np.zeros(len(places))
    ends = (placed.one, placed.other, placed.to_one, placed.to_other)
    first, arcs = network.arcs(by)
    reach_kernels.count_within(first, arcs, places, limits, worth, ends, by_node, who.persons, reached, met)
    return reached, met
