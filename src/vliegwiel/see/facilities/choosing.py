"""Which ones to keep: the choice with its proof, what else is nearly as good, and what it means for whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.engines.travel import Choice, Origins, keep
from vliegwiel.engines.travel.keep import Objective
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities.ground import Ground, Spot
from vliegwiel.see.facilities.homes import NO_CAR, group_names
from vliegwiel.see.facilities.outcome import demanded_ground
from vliegwiel.see.facilities.rules import AT_ONCE_PAIRS, minutes, told
from vliegwiel.see.facilities.stops import stop_of

OBJECTIVES = ("p-median", "p-centre", "coverage")
_SECONDS = 60.0
_ALTERNATIVES = 8


@dataclass(frozen=True)
class Choosing:
    """A question as it is worked out: candidates and pins by public id, `area` whose residents count, `reach` in minutes for coverage.

    `capacities` are what who asks says that fits in, per public id; of the others what the register says counts.
    """

    province: str
    profile: str
    area: str
    candidates: tuple[str, ...]
    number: int
    objective: str
    reach: int | None
    always: tuple[str, ...]
    never: tuple[str, ...]
    by_capacity: bool
    capacities: Mapping[str, int] = field(default_factory=dict)


def residents_of(ground: Ground, area: str) -> NDArray[np.int64]:
    """Positions of the homes in an area: the province, a municipality, district, village or neighbourhood."""
    grounds = ground.homes.grounds
    if area == ground.province:
        return np.arange(len(ground.homes))
    found = areas.area(area, grounds.year)
    if found is None or found.province_code != ground.province:
        raise NotValid(_("Dit gebied kennen we niet. Kies een gemeente, kern of buurt."), code="unknown-area")
    codes = (
        {area}
        if found.level == Level.NEIGHBOURHOOD.value
        else set(areas.parts_of(found, Level.NEIGHBOURHOOD).values_list("code", flat=True))
    )
    places = np.array([place for place, code in enumerate(grounds.codes) if code in codes], dtype=np.int64)
    return np.flatnonzero(np.isin(ground.homes.area, places))


def is_large(asked: Choosing) -> bool:
    """Whether this is work for the background."""
    ground = demanded_ground(asked.province, asked.profile)
    return len(residents_of(ground, asked.area)) * len(asked.candidates) > AT_ONCE_PAIRS


def work_out(asked: Choosing, progress: Callable[[float, float], None] | None = None) -> dict[str, Any]:
    """The outcome as plain values that may be shown. Raises NotNow without roads, NotValid for what cannot be asked."""
    ground = demanded_ground(asked.province, asked.profile)
    spots, nodes = _candidates(ground, asked)
    here = residents_of(ground, asked.area)
    if not ground.who.persons[here].sum():
        raise NotValid(_("Van dit gebied weten wij niet hoeveel mensen er wonen. Kies een groter gebied."), code="nobody")
    who = Origins(
        edge=ground.who.edge[here],
        offset=ground.who.offset[here],
        persons=ground.who.persons[here],
        groups={name: values[here] for name, values in ground.who.groups.items()},
    )
    position = {spot.id: place for place, spot in enumerate(spots)}
    costs = ground.network.costs(who, nodes)
    found = keep(
        costs,
        who.persons,
        p=asked.number,
        objective=cast(Objective, asked.objective),
        always=[position[name] for name in asked.always],
        never=[position[name] for name in asked.never],
        capacities=[spot.capacity or 0 for spot in spots] if asked.by_capacity else None,
        reach=asked.reach * 60_000 if asked.objective == "coverage" and asked.reach else None,
        seconds=_SECONDS,
        progress=progress,
    )
    return _told(ground, asked, spots, here, who, costs, found)


def _candidates(ground: Ground, asked: Choosing) -> tuple[list[Spot], NDArray[np.int32]]:
    place_of = {spot.id: place for place, spot in enumerate(ground.spots)}
    if any(name not in place_of for name in asked.candidates):
        raise NotValid(_("Een gekozen gebouw is er niet, of is al gesloten. Kies opnieuw."), code="unknown-facility")
    places = [place_of[name] for name in asked.candidates]
    spots = [_as_told(ground.spots[place], asked) for place in places]
    nodes = ground.laid.nodes[np.array(places, dtype=np.int64)]
    if (nodes < 0).any():
        name = spots[int(np.flatnonzero(nodes < 0)[0])].name
        raise NotValid(
            _("{name} ligt niet bij een weg die wij kennen. Haal het uit de lijst.").format(name=name), code="off-the-road"
        )
    lacking = [spot.name for spot in spots if spot.capacity is None]
    if asked.by_capacity and lacking:
        text = _("Vul in hoeveel mensen er passen in: {names}.").format(names=", ".join(lacking))
        raise NotValid(text, code="no-capacity")
    return spots, nodes


def _as_told(spot: Spot, asked: Choosing) -> Spot:
    """A building with the room that who asks says it has."""
    return replace(spot, capacity=asked.capacities[spot.id]) if spot.id in asked.capacities else spot


def _told(
    ground: Ground,
    asked: Choosing,
    spots: Sequence[Spot],
    here: NDArray[np.int64],
    who: Origins,
    costs: NDArray[np.float64],
    found: Choice,
) -> dict[str, Any]:
    persons = who.persons
    counted = float(persons.sum() - persons[found.left_out].sum())
    everything = costs.min(axis=1)
    outcome: dict[str, Any] = {
        "feasible": found.feasible,
        "why": [reason.text for reason in found.why],
        "candidates": [{"id": spot.id, "name": spot.name, "x": spot.x, "y": spot.y, "capacity": spot.capacity} for spot in spots],
        "people": told(float(persons.sum())),
        "left_out": told(float(persons[found.left_out].sum())),
        "made_up": ground.made_up,
        "receipt": found.receipt.hash,
    }
    if not found.feasible:
        return outcome
    return outcome | {
        "chosen": [spots[place].id for place in found.chosen],
        "uses": _uses(spots, persons, found),
        "proven": found.proven,
        "value": _value(asked, found.objective, counted),
        "bound": _value(asked, found.bound, counted),
        "gap": round(found.gap, 4),
        "alternatives": [
            {"chosen": [spots[place].id for place in other.chosen], "value": _value(asked, other.objective, counted)}
            for other in found.alternatives(within=0.05, most=_ALTERNATIVES)
        ],
        "fairness": _fairness(ground, here, who, found, everything),
        "places": _places(ground, here, persons, found.cost, everything),
    }


def _value(asked: Choosing, objective: float, persons: float) -> float | int | None:
    """The objective in words that people use: mean minutes, the longest minutes, or people within reach."""
    if asked.objective == "coverage":
        return told(objective)
    return minutes(objective / max(persons, 1.0)) if asked.objective == "p-median" else minutes(objective)


def _uses(spots: Sequence[Spot], persons: NDArray[np.float64], found: Choice) -> dict[str, int | None]:
    """How many people go to each that is kept."""
    if found.shares is not None:
        rows, candidates, parts = found.shares
        counts = np.bincount(candidates, weights=persons[rows] * parts, minlength=len(spots))
    else:
        goes = found.assignment
        counts = np.bincount(goes[goes >= 0], weights=persons[goes >= 0], minlength=len(spots))
    return {spots[place].id: told(float(counts[place])) for place in found.chosen}


def _fairness(
    ground: Ground, here: NDArray[np.int64], who: Origins, found: Choice, everything: NDArray[np.float64]
) -> list[dict[str, Any]]:
    """Mean and worst per group, as it is with all of them and as it becomes; of who has no car also how far the stop is."""
    rows = []
    then = found.fairness(who.groups)
    for key, name in {"all": _("Iedereen"), **group_names()}.items():
        unknown = ground.homes.unknown["" if key == "all" else key]
        persons = who.everybody[key]
        if unknown.all() or told(float(persons.sum())) in (None, 0):
            rows.append({"key": key, "name": name, "known": False})
            continue
        now = np.isfinite(everything) & (persons > 0)
        travel = then[key]
        rows.append(
            {
                "key": key,
                "name": name,
                "known": True,
                "persons": told(float(persons.sum())),
                "mean_now": minutes(float((everything[now] * persons[now]).sum() / persons[now].sum())) if now.any() else None,
                "mean": minutes(travel.total / travel.persons) if travel.persons else None,
                "worst_now": minutes(float(everything[now].max())) if now.any() else None,
                "worst": minutes(travel.longest) if travel.longest >= 0 else None,
                "without": told(travel.unreachable),
                "stop": stop_of(ground, here, np.asarray(persons)) if key == NO_CAR else None,
            }
        )
    return rows


def _places(
    ground: Ground,
    here: NDArray[np.int64],
    persons: NDArray[np.float64],
    cost: NDArray[np.float64],
    everything: NDArray[np.float64],
) -> list[dict[str, Any]]:
    """Per neighbourhood how far it is now and then, those that lose the most first."""
    area, rows = ground.homes.area[here], []
    for place in np.unique(area):
        arrives = (area == place) & np.isfinite(cost) & np.isfinite(everything) & (persons > 0)
        many = float(persons[area == place].sum())
        if told(many) in (None, 0):
            continue
        weights = persons[arrives]
        then, now = (
            (values[arrives] * weights).sum() / weights.sum() if arrives.any() else None for values in (cost, everything)
        )
        rows.append(
            {
                "code": ground.homes.grounds.codes[place],
                "name": ground.homes.grounds.names[place],
                "persons": told(many),
                "now": minutes(now) if now is not None else None,
                "then": minutes(then) if then is not None else None,
            }
        )
    rows.sort(key=lambda row: (-((row["then"] or 0) - (row["now"] or 0)), row["code"]))
    return rows
