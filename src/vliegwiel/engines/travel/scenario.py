"""What if: any set of facilities closed, opened or moved. Only what can change is searched again, so the answer is there at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.checks import hash_of, nodes_of
from vliegwiel.engines.travel.graph import By, Graph
from vliegwiel.engines.travel.labels import nearest_labels, spread
from vliegwiel.engines.travel.nearest import Nearest, nearest, receipt_of
from vliegwiel.engines.travel.origins import Origins
from vliegwiel.kernel.receipt import Receipt

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Difference:
    """What a group notices: how many travel longer, shorter, lose their last facility or get their first one.

    `extra`: milliseconds (or metres) times persons, over those who arrive before and after; `worst`: the most that one trip gets longer.
    """

    longer: float
    shorter: float
    lost: float
    gained: float
    extra: float
    worst: int


@dataclass(frozen=True)
class Scenario:
    """`before` and `after` per origin, `changed` the positions of origins with another cost or facility, `groups` what each notices.

    `cost` and `facility` are those afterwards of the origins that changed, in the order of `changed`; `receipt` says how they were made.
    """

    before: Nearest
    changed: NDArray[np.int64]
    cost: Ints
    facility: Ints
    groups: dict[str, Difference]
    receipt: Receipt

    @cached_property
    def after(self) -> Nearest:
        """Every origin afterwards."""
        cost, facility = self.before.cost.copy(), self.before.facility.copy()
        cost[self.changed], facility[self.changed] = self.cost, self.facility
        return Nearest(cost, facility, self.before.by, self.before.who, self.receipt)


def scenario(
    network: Graph,
    facilities: ArrayLike,
    who: Origins,
    *,
    close: Sequence[int],
    opened: Sequence[int],
    move: Mapping[int, int],
    by: By,
) -> Scenario:
    """Labels of what closes are taken away; what borders on it and what opens spreads until nothing changes.

    Cells, the answer before, and which origins hang on which node are remembered: what is done again follows what changes.
    """
    from vliegwiel.engines.travel import origin_kernels, search_kernels

    places = network.places_of(facilities)
    gone, fresh = _checked(network, len(places), close, opened, move)
    labels = nearest_labels(network, places, by)
    same = (by, hash_of(places))
    now = network.looked_at(("nearest", *same, who.hash), lambda: _kept(nearest(network, facilities, who, by)))
    after = labels.copy()
    seeds = []
    if len(gone):
        cells = network.looked_at(("cells", *same), lambda: search_kernels.cells(*network.arcs(by), labels, len(places)))
        seeds = [search_kernels.without(after, gone, *cells)]
    then = np.concatenate([places, np.full(len(opened), -1, dtype=np.int32)])
    then[gone] = -1
    for position, node in fresh.items():
        then[position] = network.places_of([node])[0]
    # What is new seeds its own node; so does what stood in the shadow of something that closed, on its node or at no distance.
    standing = np.flatnonzero(then >= 0)
    standing = standing[standing < after[then[standing]]]
    np.minimum.at(after, then[standing], standing)
    seeds.append(then[standing])
    if any(map(len, seeds)):
        spread(network, by, after, np.concatenate(seeds).astype(np.int32))
    placed = network.placed(who, by)
    touched = origin_kernels.touched(labels, after, *placed.by_node(network.nodes))
    cost, facility = np.empty(len(touched), dtype=np.int32), np.empty(len(touched), dtype=np.int32)
    origin_kernels.look_up_some(after, touched, placed.one, placed.other, placed.to_one, placed.to_other, cost, facility)
    differs = (cost != now.cost[touched]) | (facility != now.facility[touched])
    changed, cost, facility = touched[differs], cost[differs], facility[differs]
    parameters = {"by": by, "close": list(map(int, close)), "open": list(map(int, opened)), "move": dict(move)}
    groups = {name: _difference(now.cost[changed], cost, persons[changed]) for name, persons in who.everybody.items()}
    return Scenario(now, changed, cost, facility, groups, receipt_of("travel.scenario", network, places, who, parameters))


def _kept(found: Nearest) -> Nearest:
    found.cost.setflags(write=False)
    found.facility.setflags(write=False)
    return found


def _checked(
    network: Graph, count: int, close: Sequence[int], opened: Sequence[int], move: Mapping[int, int]
) -> tuple[NDArray[np.int64], dict[int, int]]:
    """Positions that lose their place, and the node of what gets a new one. Raises ValueError when that cannot be."""
    wrong = [position for position in (*close, *move) if not 0 <= position < count]
    if wrong:
        message = f"there is no facility {wrong[0]}: positions run from 0 to {count - 1}"
        raise ValueError(message)
    if set(close) & set(move):
        message = f"facility {min(set(close) & set(move))} cannot close and move"
        raise ValueError(message)
    nodes_of([*opened, *move.values()], "a facility that opens or moves", network.nodes)
    fresh = {**dict(move), **{count + place: node for place, node in enumerate(opened)}}
    return np.array(sorted({*close, *move}), dtype=np.int64), {int(position): int(node) for position, node in fresh.items()}


def _difference(before: Ints, after: Ints, persons: NDArray[np.float64]) -> Difference:
    both = (before >= 0) & (after >= 0)
    more = np.where(both, after.astype(np.int64) - before, 0)
    return Difference(
        longer=float(persons[more > 0].sum()),
        shorter=float(persons[more < 0].sum()),
        lost=float(persons[(before >= 0) & (after < 0)].sum()),
        gained=float(persons[(before < 0) & (after >= 0)].sum()),
        extra=float((persons * more).sum()),
        worst=int(more[persons > 0].max(initial=0)),
    )
