"""Where people live: real addresses where they are loaded, otherwise the residents of each neighbourhood spread over its streets."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.engines.travel.streets import Streets
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities.located import Parts, kept
from vliegwiel.see.facilities.models import AddressSet
from vliegwiel.see.facilities.where import Grounds, grounds_of
from vliegwiel.see.figures import queries as figures

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
YOUNG, OLD, NO_CAR = "jong", "65+", "zonder-auto"
#: People per point when addresses are not loaded, and how many points a neighbourhood has.
_PER_POINT, _FEWEST, _MOST = 20, 4, 60
_SEED = 20240601


@dataclass(frozen=True)
class Homes:
    """Points where people start: place in metres (RD), neighbourhood (position in `grounds`), whole persons, and persons per group.

    The residents of a neighbourhood are divided evenly over its points, so a group is an estimate from who lives in the
    neighbourhood. `unknown` says per group (and "" for everybody) which neighbourhoods have no figure; they count for nobody. `real`:
    points are addresses; otherwise they are spread by us. `year` is that of the figures.
    """

    grounds: Grounds
    x: Floats
    y: Floats
    area: Longs
    persons: Longs
    groups: dict[str, Floats]
    unknown: dict[str, NDArray[np.bool_]]
    real: bool
    year: int
    addresses: str
    made_up: bool

    def __len__(self) -> int:
        return len(self.x)


def group_names() -> dict[str, str]:
    """What each group is called."""
    return {YOUNG: _("Jonger dan 15 jaar"), OLD: _("65 jaar of ouder"), NO_CAR: _("Zonder auto, ten minste")}


def homes_of(province: str, streets: Streets, roads_hash: str) -> Homes | None:
    """The homes of a province on roads with this content; None without borders of its neighbourhoods."""
    grounds = grounds_of(province)
    if grounds is None:
        return None
    found = AddressSet.objects.filter(province=province).order_by("-imported_at", "-pk").first()
    persons, unknown = _persons(grounds)
    borders = areas.border_digests(Level.NEIGHBOURHOOD, grounds.year)
    rests_on: Parts = ("homes", roads_hash, found.content_hash if found else "", *borders, *grounds.codes, persons)
    x, y, area = kept(rests_on, lambda: _addresses(found, grounds) if found else spread(grounds, streets, persons))
    counts = np.bincount(area, minlength=len(grounds.codes))
    return Homes(
        grounds,
        x,
        y,
        area,
        _divided(persons, area, counts),
        _groups(grounds, persons, area, counts),
        {"": unknown, **_unknown_groups(grounds)},
        found is not None,
        grounds.year,
        f"{found.source}, {found.vintage.isoformat()}" if found else "",
        grounds.made_up or bool(found and found.made_up),
    )


def addresses_path(content_hash: str) -> Path:
    """Where addresses with this content lie."""
    return Path(settings.VLIEGWIEL_HOME) / "addresses" / f"{content_hash}.npz"


def spread(grounds: Grounds, streets: Streets, persons: Longs) -> tuple[Floats, Floats, Longs]:
    """Points on crossings inside each neighbourhood, more where more people live; in its middle when there is no crossing."""
    inside = grounds.of(streets.x, streets.y)
    order = np.argsort(inside, kind="stable")
    first = np.searchsorted(inside[order], np.arange(len(grounds.codes) + 1))
    chance = np.random.default_rng(_SEED)
    x, y, area = [], [], []
    for place in range(len(grounds.codes)):
        crossings = order[first[place] : first[place + 1]]
        wanted = int(np.clip(np.ceil(persons[place] / _PER_POINT), _FEWEST, _MOST))
        if len(crossings) > wanted:
            crossings = np.sort(chance.choice(crossings, wanted, replace=False))
        if len(crossings):
            x.append(streets.x[crossings])
            y.append(streets.y[crossings])
        else:
            middle = grounds.shapes[place].representative_point()
            x.append(np.array([middle.x]))
            y.append(np.array([middle.y]))
        area.append(np.full(max(len(crossings), 1), place, dtype=np.int64))
    return np.concatenate(x), np.concatenate(y), np.concatenate(area)


def _addresses(found: AddressSet, grounds: Grounds) -> tuple[Floats, Floats, Longs]:
    """Loaded addresses; a neighbourhood without any gets its middle, so that it has a distance too."""
    with addresses_path(found.content_hash).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        x, y = kept["x"], kept["y"]
    area = grounds.of(x, y)
    x, y, area = x[area >= 0], y[area >= 0], area[area >= 0]
    empty = np.flatnonzero(np.bincount(area, minlength=len(grounds.codes)) == 0)
    middles = [grounds.shapes[place].representative_point() for place in empty]
    return (
        np.concatenate([x, [point.x for point in middles]]),
        np.concatenate([y, [point.y for point in middles]]),
        np.concatenate([area, empty]).astype(np.int64),
    )


def residents(grounds: Grounds) -> Longs:
    """Residents per neighbourhood; 0 where we have no figure."""
    return _persons(grounds)[0]


def _persons(grounds: Grounds) -> tuple[Longs, NDArray[np.bool_]]:
    values, unknown = _figures("inwoners", grounds)
    return np.rint(np.where(unknown, 0, values)).astype(np.int64), unknown


def _figures(key: str, grounds: Grounds) -> tuple[Floats, NDArray[np.bool_]]:
    """The figures of every neighbourhood, and which have none."""
    found = figures.view(key, grounds.year, grounds.codes)
    unknown = (found.status != 0) | ~np.isfinite(found.values)
    return np.where(unknown, 0.0, found.values), unknown


def _divided(persons: Longs, area: Longs, counts: Longs) -> Longs:
    """Whole persons per point: the first points of a neighbourhood get one more, until nobody is left."""
    order = np.argsort(area, kind="stable")
    first = np.searchsorted(area[order], np.arange(len(counts)))
    rank = np.empty(len(area), dtype=np.int64)
    rank[order] = np.arange(len(area)) - first[area[order]]
    share, rest = np.divmod(persons, np.maximum(counts, 1))
    return share[area] + (rank < rest[area])


def _groups(grounds: Grounds, persons: Longs, area: Longs, counts: Longs) -> dict[str, Floats]:
    """Persons per group and point: what the figures say of the neighbourhood, divided evenly."""
    found = {}
    for name, key in ((YOUNG, "inwoners-0-15"), (OLD, "inwoners-65-plus")):
        values, _missing = _figures(key, grounds)
        found[name] = (np.minimum(values, persons) / np.maximum(counts, 1))[area]
    cars, households, _missing = _cars(grounds)
    without = persons * np.clip(1 - cars / np.maximum(households, 1), 0, 1)
    found[NO_CAR] = (np.where(households > 0, without, 0) / np.maximum(counts, 1))[area]
    return found


def _cars(grounds: Grounds) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    cars, no_cars = _figures("autos", grounds)
    households, no_households = _figures("huishoudens", grounds)
    return cars, np.where(no_cars | no_households, 0, households), no_cars | no_households


def _unknown_groups(grounds: Grounds) -> dict[str, NDArray[np.bool_]]:
    return {
        YOUNG: _figures("inwoners-0-15", grounds)[1],
        OLD: _figures("inwoners-65-plus", grounds)[1],
        NO_CAR: _cars(grounds)[2],
    }
