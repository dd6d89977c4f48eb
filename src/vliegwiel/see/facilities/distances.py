"""How far it is: per neighbourhood the time and distance to the nearest of a kind, and how many lie within 1, 3 and 5 kilometres."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.ground import Ground, Spot, ground_of
from vliegwiel.see.facilities.located import kept
from vliegwiel.see.figures import queries as figures

Floats = NDArray[np.float64]
WITHIN = (1_000, 3_000, 5_000)


@dataclass(frozen=True)
class Distances:
    """Per neighbourhood (in the order of the grounds) means over its residents, NaN where nobody arrives.

    `minutes` to the nearest in time, `kilometres` to the nearest along the road, `reached` within 1, 3 and 5 kilometres, `persons` who live
    there and `without` of them who cannot get to any. `number`: how many facilities of the kind lie on the road.
    """

    minutes: Floats
    kilometres: Floats
    reached: Floats
    persons: Floats
    without: Floats
    number: int

    def whole(self, places: NDArray[Any]) -> "Whole":
        """The same over several neighbourhoods together, weighted by residents."""
        weights = self.persons[places] - self.without[places]
        known = np.isfinite(self.kilometres[places]) & (weights > 0)
        if not known.any():
            return Whole(None, None, None)
        weights = weights[known]
        share = weights / weights.sum()
        return Whole(
            float((self.minutes[places][known] * share).sum()),
            float((self.kilometres[places][known] * share).sum()),
            tuple(float(value) for value in (self.reached[places][known] * share[:, None]).sum(axis=0)),
        )


@dataclass(frozen=True)
class Whole:
    """Minutes, kilometres and numbers within 1, 3 and 5 kilometres of several neighbourhoods; None when nobody arrives."""

    minutes: float | None
    kilometres: float | None
    reached: tuple[float, ...] | None


@dataclass(frozen=True)
class Times:
    """How long it is, for who asks no more than that: `minutes` per neighbourhood over the residents who arrive, NaN where nobody does.

    `persons` live there, `without` of them cannot get to any. `goes`: to which facility most of them go, as a position in `spots`.
    """

    minutes: Floats
    persons: Floats
    without: Floats
    goes: NDArray[np.int64]
    spots: tuple[Spot, ...]

    def mean(self, places: NDArray[Any]) -> float | None:
        """Minutes over several neighbourhoods together; None when nobody arrives."""
        weights = self.persons[places] - self.without[places]
        known = np.isfinite(self.minutes[places]) & (weights > 0)
        return float(np.average(self.minutes[places][known], weights=weights[known])) if known.any() else None


def times_of(province: str, profile: str, kind: str) -> Times | None:
    """How long it is to the nearest of a kind: one search, kept on disk until roads, homes or places change. None as `distances_of`."""
    stamps = (queries.stamp(), areas.stamp(), figures.stamp())
    return _times(str(settings.VLIEGWIEL_HOME), stamps, province, profile, kind)


def distances_of(province: str, profile: str, kind: str) -> Distances | None:
    """The distances of a kind; None when roads or borders are not loaded, or there is no facility of it on the road."""
    stamps = (queries.stamp(), areas.stamp(), figures.stamp())
    return _distances(str(settings.VLIEGWIEL_HOME), stamps, province, profile, kind)


@lru_cache(maxsize=256)
def _times(_home: str, _stamps: tuple[Any, ...], province: str, profile: str, kind: str) -> Times | None:
    ground = ground_of(province, profile)
    if ground is None:
        return None
    spots, nodes = ground.of_kind(kind)
    if not (nodes >= 0).any():
        return None

    def search() -> tuple[NDArray[Any], ...]:
        near = ground.network.nearest(nodes, ground.who)
        arrives, weights, where = near.reachable, _weights(ground), ground.homes.area
        count = len(ground.homes.grounds.codes)
        whole, summed, persons, without = (
            np.bincount(where[there], weights=values[there], minlength=count)
            for values, there in (
                (weights, arrives),
                (near.milliseconds / 60_000 * weights, arrives),
                (ground.who.persons, np.ones(len(where), dtype=np.bool_)),
                (ground.who.persons, ~arrives),
            )
        )
        pairs, row = np.unique(where[arrives] * np.int64(len(spots)) + near.facility[arrives], return_inverse=True)
        many = np.bincount(row, weights=weights[arrives], minlength=len(pairs))
        goes = np.full(count, -1, dtype=np.int64)
        order = np.lexsort((-pairs, many))
        goes[pairs[order] // len(spots)] = pairs[order] % len(spots)  # the last one written is where most go
        minutes = np.divide(summed, whole, out=np.full(count, np.nan), where=whole > 0)
        return minutes, persons, without, goes

    minutes, persons, without, goes = kept(("times", kind, ground.content, nodes), search)
    return Times(minutes, persons, without, goes, tuple(spots))


@lru_cache(maxsize=128)
def _distances(_home: str, _stamps: tuple[Any, ...], province: str, profile: str, kind: str) -> Distances | None:
    ground = ground_of(province, profile)
    if ground is None:
        return None
    _spots, nodes = ground.of_kind(kind)
    if not (nodes >= 0).any():
        return None
    minutes, kilometres, reached, persons, without = kept(
        ("distances", kind, ground.content, nodes), lambda: _searched(ground, nodes)
    )
    return Distances(minutes, kilometres, reached, persons, without, int((nodes >= 0).sum()))


def _searched(ground: Ground, nodes: NDArray[np.int32]) -> tuple[Floats, ...]:
    near = ground.network.nearest(nodes, ground.who)
    far = ground.network.nearest(nodes, ground.who, by="metres")
    reached = ground.network.within(nodes, ground.who, metres=WITHIN).reached
    arrives = near.reachable & far.reachable
    weights, where = _weights(ground), ground.homes.area
    count = len(ground.homes.grounds.codes)

    def mean(values: Floats) -> Floats:
        whole = np.bincount(where[arrives], weights=weights[arrives], minlength=count)
        summed = np.bincount(where[arrives], weights=values[arrives] * weights[arrives], minlength=count)
        found: Floats = np.divide(summed, whole, out=np.full(count, np.nan), where=whole > 0)
        return found

    persons = ground.who.persons
    return (
        mean(near.milliseconds / 60_000),
        mean(far.metres / 1_000),
        np.column_stack([mean(reached[:, column]) for column in range(len(WITHIN))]),
        np.bincount(where, weights=persons, minlength=count).astype(np.float64),
        np.bincount(where[~arrives], weights=persons[~arrives], minlength=count).astype(np.float64),
    )


def _weights(ground: Ground) -> Floats:
    """Residents per home; where a neighbourhood has none, or we do not know, its homes count alike."""
    persons, area = ground.who.persons, ground.homes.area
    whole = np.bincount(area, weights=persons, minlength=len(ground.homes.grounds.codes))
    return np.where(whole[area] > 0, persons, 1.0)
