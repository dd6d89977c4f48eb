"""The ground that questions are asked on: roads with the register laid along them, and where people live. Kept warm per process."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.engines.travel import Network, Origins
from vliegwiel.engines.travel.streets import Laid, Streets
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.import_roads import roads_path
from vliegwiel.see.facilities.homes import Homes, homes_of
from vliegwiel.see.facilities.located import located
from vliegwiel.see.facilities.models import Facility, RoadNetwork
from vliegwiel.see.figures import queries as figures


@dataclass(frozen=True)
class Spot:
    """A facility as questions need it."""

    id: str
    name: str
    kind: str
    area: str
    municipality: str
    x: int
    y: int
    capacity: int | None
    made_up: bool


@dataclass(frozen=True)
class Ground:
    """Everything that one way of travelling needs: roads with all open facilities on them, and homes.

    `spots` are the open facilities; `laid.nodes` are theirs, −1 for what lies too far from a road. `who` are the homes on these roads.
    Edges and offsets say where homes and spots lie on the streets as they were before the register was laid on them.
    """

    province: str
    profile: str
    roads: RoadNetwork
    streets: Streets
    laid: Laid
    spots: tuple[Spot, ...]
    homes: Homes
    who: Origins
    home_edge: NDArray[np.int32]
    home_offset: NDArray[np.float64]
    spot_edge: NDArray[np.int32]
    spot_offset: NDArray[np.float64]

    @property
    def network(self) -> Network:
        """The roads, to ask."""
        return self.laid.network

    @cached_property
    def made_up(self) -> bool:
        """Whether roads, homes or facilities are made up."""
        return self.roads.made_up or self.homes.made_up or any(spot.made_up for spot in self.spots)

    def of_kind(self, kind: str) -> tuple[list[Spot], NDArray[np.int32]]:
        """The facilities of a kind and their nodes, in a fixed order."""
        places = self._places.get(kind, [])
        return [self.spots[place] for place in places], self.laid.nodes[np.array(places, dtype=np.int64)]

    def positions(self, kind: str) -> dict[str, int]:
        """The position in `of_kind` of each facility of a kind, by public id."""
        if kind not in self._positions:
            self._positions[kind] = {spot.id: place for place, spot in enumerate(self.of_kind(kind)[0])}
        return self._positions[kind]

    @cached_property
    def _positions(self) -> dict[str, dict[str, int]]:
        return {}

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, spot in enumerate(self.spots):
            found.setdefault(spot.kind, []).append(place)
        return found

    @cached_property
    def content(self) -> str:
        """Changes with the roads, the homes or where facilities stand: what was worked out on the same ground can be kept."""
        whole = hashlib.sha256("|".join([self.roads.content_hash, self.who.hash, *self.homes.grounds.codes]).encode())
        for array in (self.homes.area, self.spot_edge, self.spot_offset):
            whole.update(np.ascontiguousarray(array).data)
        return whole.hexdigest()

    @cached_property
    def persons(self) -> dict[str, float]:
        """How many people there are, and per group; added up once."""
        return {name: float(persons.sum()) for name, persons in self.who.everybody.items()}

    @cached_property
    def off_road(self) -> float:
        """People whose home lies too far from a road."""
        return float(self.who.persons[self.home_edge < 0].sum())

    @cached_property
    def _failing(self) -> dict[tuple[str, int], float]:
        return {}

    def failing(self, kind: str, minutes: int, count: Callable[[], float]) -> float:
        """For how many people the nearest of a kind is further than so many minutes, as it is now; counted once."""
        if (kind, minutes) not in self._failing:
            self._failing[kind, minutes] = count()
        return self._failing[kind, minutes]

    @cached_property
    def vintage(self) -> dict[str, Any]:
        """What an answer rests on, to keep beside it."""
        return {
            "roads": self.roads.source,
            "roads_on": self.roads.vintage.isoformat(),
            "roads_hash": self.roads.content_hash,
            "roads_made_up": self.roads.made_up,
            "facilities": len(self.spots),
            "facilities_made_up": sum(spot.made_up for spot in self.spots),
            "residents_year": self.homes.year,
            "addresses": self.homes.addresses,
            "homes": len(self.homes),
        }


def ground_of(province: str, profile: str) -> Ground | None:
    """The ground of a province for one way of travelling; None when we have no roads or no borders."""
    if profile not in facility_words().profiles:
        return None
    stamps = (queries.stamp(), areas.stamp(), figures.stamp())
    return _ground(str(settings.VLIEGWIEL_HOME), stamps, province, profile)


def profiles_with_roads(province: str) -> list[str]:
    """The ways of travelling of which we have roads, in the order of the catalogue."""
    return list(_profiles(str(settings.VLIEGWIEL_HOME), queries.stamp(), province))


@lru_cache(maxsize=4)
def _profiles(_home: str, _stamp: tuple[str, ...], province: str) -> tuple[str, ...]:
    there = set(RoadNetwork.objects.filter(province=province).order_by().values_list("profile", flat=True))
    return tuple(key for key in facility_words().profiles if key in there)


@lru_cache(maxsize=3)
def _ground(_home: str, stamps: tuple[Any, ...], province: str, profile: str) -> Ground | None:
    """Three ways of travelling of one province fit; what changes is made anew from roads that are still read."""
    row = RoadNetwork.objects.filter(province=province, profile=profile).order_by("-imported_at", "-pk").first()
    if row is None:
        return None
    streets = _streets(_home, row.content_hash)
    walked = RoadNetwork.objects.filter(province=province, profile="foot").order_by("-imported_at", "-pk").first()
    homes = _homes(_home, stamps, province, (walked or row).content_hash)
    if homes is None:
        return None
    spots = tuple(
        Spot(item.public_id, item.name, item.kind, item.area, item.municipality, item.x, item.y, item.capacity, item.made_up)
        for item in Facility.objects.filter(province=province, closed_on=None).order_by("pk")
    )
    spot_edge, spot_offset = located(streets, row.content_hash, [spot.x for spot in spots], [spot.y for spot in spots])
    laid = streets.lay(spot_edge, spot_offset)
    home_edge, home_offset = located(streets, row.content_hash, homes.x, homes.y)
    edge, offset = laid.along(home_edge, home_offset)
    who = Origins(edge=edge, offset=offset, persons=homes.persons, groups=homes.groups)
    return Ground(province, profile, row, streets, laid, spots, homes, who, home_edge, home_offset, spot_edge, spot_offset)


@lru_cache(maxsize=3)
def _streets(_home: str, content_hash: str) -> Streets:
    return Streets.load(roads_path(content_hash))


@lru_cache(maxsize=1)
def _homes(_home: str, _stamps: tuple[Any, ...], province: str, content_hash: str) -> Homes | None:
    """Homes lie along the roads for walking, so that all ways of travelling start from the same doors."""
    return homes_of(province, _streets(_home, content_hash), content_hash)
