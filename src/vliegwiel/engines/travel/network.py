"""The network: a graph of which everybody can ask how far it is, what closing costs and what lies within reach."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel import closures, nearest, reach, scenario
from vliegwiel.engines.travel.closures import Closures
from vliegwiel.engines.travel.graph import By, Graph
from vliegwiel.engines.travel.nearest import KNearest, Nearest
from vliegwiel.engines.travel.origins import Origins
from vliegwiel.engines.travel.reach import Catchment, Within
from vliegwiel.engines.travel.roads import Roads, from_osm
from vliegwiel.engines.travel.scenario import Scenario


class Network(Graph):
    """A network to travel on. Made by `from_edges`, `from_osm` or `made_up`; never changed afterwards.

    Facilities and candidates are numbers of nodes (−1: off the network); results refer to positions in what was passed. Every question
    takes `by`: "milliseconds" or, when the network knows lengths, "metres". What cannot be reached is −1 with `.reachable` False.
    """

    roads: Roads | None = None

    def nearest(self, facilities: ArrayLike, who: Origins, *, by: By = "milliseconds") -> Nearest:
        """The nearest facility of every origin; of those equally near the first in the list."""
        return nearest.nearest(self, facilities, who, by)

    def k_nearest(self, facilities: ArrayLike, who: Origins, *, k: int, by: By = "milliseconds") -> KNearest:
        """The `k` nearest facilities of every origin, nearest first."""
        return nearest.k_nearest(self, facilities, who, k, by)

    def closures(self, facilities: ArrayLike, who: Origins, *, by: By = "milliseconds") -> Closures:
        """What is lost when each facility closes, alone: two searches for all of them."""
        return closures.closures(self, facilities, who, by)

    def scenario(
        self,
        facilities: ArrayLike,
        who: Origins,
        *,
        close: Sequence[int] = (),
        open: Sequence[int] = (),  # the word people use
        move: dict[int, int] | None = None,
        by: By = "milliseconds",
    ) -> Scenario:
        """Close facilities (positions), open them (nodes), move them (position → node): before, after and who notices.

        What is opened gets the positions after the list. Only what can change is searched again.
        """
        return scenario.scenario(self, facilities, who, close=close, opened=open, move=move or {}, by=by)

    def within(
        self,
        facilities: ArrayLike,
        who: Origins,
        *,
        minutes: Sequence[float] | None = None,
        metres: Sequence[float] | None = None,
        amount: ArrayLike | None = None,
    ) -> Within:
        """How many facilities every origin reaches within some minutes or metres; `amount` counts what is there instead, such as places."""
        return reach.within(self, facilities, who, minutes=minutes, metres=metres, amount=amount)

    def two_step_catchment(self, facilities: ArrayLike, who: Origins, *, capacity: ArrayLike, minutes: float) -> Catchment:
        """Capacity per person that can reach it, added up over what an origin can reach (2SFCA, Luo and Wang 2003)."""
        return reach.two_step_catchment(self, facilities, who, capacity=capacity, minutes=minutes)

    def costs(self, who: Origins, candidates: ArrayLike, *, by: By = "milliseconds") -> NDArray[np.float64]:
        """The matrix for `keep`: origins × candidates, infinity where there is no way."""
        return reach.costs(self, who, candidates, by)

    @classmethod
    def from_osm(
        cls,
        path: str | Path,
        *,
        profile: Literal["foot", "bike", "car"],
        places: tuple[Sequence[float], Sequence[float]] | None = None,
        furthest: float = 500.0,
    ) -> Self:
        """The network of an extract of OpenStreetMap (.osm.pbf): the largest part in which everybody can go there and back.

        `places`: longitudes and latitudes, such as those of facilities, that get a node of their own on the nearest road:
        `roads.nodes_of_places`, −1 when no road lies within `furthest` metres. `roads.locate` puts origins along edges, and `roads`
        says what was cut or left out. Without turns that are forbidden, and without timetables. Raises ValueError for a file that
        cannot be read or holds no road.
        """
        network, roads = from_osm(cls, path, profile, places, furthest)
        network.roads = roads
        return network
