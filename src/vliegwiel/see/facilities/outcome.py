"""What if these close and those open: who notices, where, which norms are crossed, and where people go instead."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.engines.travel import Nearest, Network, Origins, Scenario
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.ground import Ground, Spot, ground_of, profiles_with_roads
from vliegwiel.see.facilities.homes import NO_CAR, group_names
from vliegwiel.see.facilities.located import located_few
from vliegwiel.see.facilities.rules import AT_ONCE_FACILITIES, AT_ONCE_HOMES, fails, minutes, told, weighted_mean
from vliegwiel.see.facilities.stops import stop_of

Ints = NDArray[np.int32]
Point = tuple[float, float]
#: The most that one question closes and opens.
MOST_CLOSED, MOST_OPENED = 200, 5
#: The way of travelling that is worked out, how many are done, and how many there are.
Telling = Callable[[int, int], None]


def demanded_ground(province: str, profile: str) -> Ground:
    """The ground, or NotNow with what has to be loaded first."""
    found = ground_of(province, profile)
    if found is None:
        raise NotNow(
            _("Voor deze manier van reizen zijn nog geen wegen geladen. Vraag de onderzoeker van de provincie om dat te doen."),
            code="no-roads",
        )
    return found


def is_large(province: str, profile: str, close: Sequence[str], opens: Sequence[Point]) -> bool:
    """Whether a question is work for the background."""
    many = len(close) + len(opens) > AT_ONCE_FACILITIES
    return many or len(demanded_ground(province, profile).homes) > AT_ONCE_HOMES


def refuse_too_many(close: Sequence[str], opens: Sequence[Point]) -> None:
    """Raises NotValid for more than one question may close or open, also in the background."""
    if len(close) > MOST_CLOSED or len(opens) > MOST_OPENED:
        text = _("Dit zijn er te veel tegelijk. Sluit er hoogstens {close}, en open er hoogstens {open}.")
        raise NotValid(text.format(close=MOST_CLOSED, open=MOST_OPENED), code="too-many")


def in_every_way(
    province: str, profile: str, kind: str, close: Sequence[str], opens: Sequence[Point] = (), tell: Telling | None = None
) -> dict[str, Any]:
    """The outcome, with the same question for every way of travelling of which we have roads as `others`; raises as `what_if` does.

    A way on which something cannot be worked out, such as a school that lies at no road for cars, is left out there.
    """
    ways = [way for way in profiles_with_roads(province) if way != profile]
    if tell is not None:
        tell(0, len(ways) + 1)
    whole = what_if(province, profile, kind, close, opens)
    everybody = {profile: whole["groups"][0]}
    for done, way in enumerate(ways, start=1):
        if tell is not None:
            tell(done, len(ways) + 1)
        with suppress(NotValid):
            ground, _spots, _chosen, _opened, found = _asked(province, way, kind, close, opens)
            everybody[way] = _group(ground, found, "all", _("Iedereen"))
    others = [
        {"profile": way, **{name: everybody[way][name] for name in ("longer", "mean_more", "worst", "lost")}}
        for way in facility_words().profiles
        if way in everybody and everybody[way]["known"]
    ]
    return {**whole, "others": others}


def what_if(province: str, profile: str, kind: str, close: Sequence[str], opens: Sequence[Point] = ()) -> dict[str, Any]:
    """The outcome as plain values, rounded so that it may be shown to everybody; times in minutes, distances in metres.

    Raises NotNow without roads, and NotValid for a facility that is not there, closed, or off the road, for a place outside the province,
    and for too many at once: a number would be wrong.
    """
    ground, spots, chosen, opened, found = _asked(province, profile, kind, close, opens)
    places = _places(ground, found)
    return {
        "kind": kind,
        "profile": profile,
        "closed": [{"id": spots[place].id, "name": spots[place].name, "area": spots[place].area} for place in chosen],
        "opened": opened,
        "groups": [_group(ground, found, key, name) for key, name in {"all": _("Iedereen"), **group_names()}.items()],
        "places": places,
        "norms": _norms(ground, found, kind, places),
        "instead": _instead(ground, found, spots, chosen),
        "person_minutes": round(found.groups["all"].extra / 60_000),
        "off_road": told(ground.off_road),
        "made_up": ground.made_up,
    }


def _asked(
    province: str, profile: str, kind: str, close: Sequence[str], opens: Sequence[Point]
) -> tuple[Ground, list[Spot], list[int], list[dict[str, Any]], Scenario]:
    """The ground, the facilities of the kind, positions of what closes, where new ones come, and what the engine says of it."""
    ground = demanded_ground(province, profile)
    spots, nodes = ground.of_kind(kind)
    position = ground.positions(kind)
    if not close and not opens:
        raise NotValid(_("Kies een voorziening die sluit, of een plek waar er een komt."), code="nothing")
    refuse_too_many(close, opens)
    unknown = [name for name in close if name not in position]
    if unknown:
        raise NotValid(_("Een gekozen voorziening is er niet, of is al gesloten. Kies opnieuw."), code="unknown-facility")
    chosen = [position[name] for name in dict.fromkeys(close)]
    if off := [spots[place].name for place in chosen if nodes[place] < 0]:
        text = _("{name} ligt niet bij een weg die wij kennen. Daarom kunnen wij niets uitrekenen.").format(name=off[0])
        raise NotValid(text, code="off-the-road")
    opened = _opened_places(ground, opens)
    network, who, nodes, fresh = _opened(ground, nodes, opens)
    return ground, spots, chosen, opened, network.scenario(nodes, who, close=chosen, open=fresh)


def _opened_places(ground: Ground, opens: Sequence[Point]) -> list[dict[str, Any]]:
    """Where new ones come: the point and the neighbourhood it lies in. At sea or across the border is no place."""
    grounds = ground.homes.grounds
    rows = []
    for (x, y), place in zip(opens, grounds.of([x for x, _y in opens], [y for _x, y in opens]).tolist(), strict=True):
        if place < 0:
            raise NotValid(
                _("Een nieuwe plek ligt niet in de provincie, maar in zee of over de grens. Kies een andere."), code="outside"
            )
        about = {"area": grounds.codes[place], "name": grounds.names[place]}
        owner = {"municipality": grounds.municipalities[place], "municipality_name": grounds.municipality_names[place]}
        rows.append({"x": round(x), "y": round(y), **about, **owner})
    return rows


def _opened(ground: Ground, nodes: Ints, opens: Sequence[Point]) -> tuple[Network, Origins, Ints, list[int]]:
    """The network with the new places on it: they get a node of their own, as what is there already."""
    if not opens:
        return ground.network, ground.who, nodes, []
    new_edge, new_offset = located_few(ground.streets, [x for x, _y in opens], [y for _x, y in opens])
    if (new_edge < 0).any():
        raise NotValid(_("Een nieuwe plek ligt niet bij een weg die wij kennen. Kies een andere plek."), code="off-the-road")
    laid = ground.streets.lay(np.concatenate([ground.spot_edge, new_edge]), np.concatenate([ground.spot_offset, new_offset]))
    place_of = {int(node): place for place, node in enumerate(ground.laid.nodes.tolist()) if node >= 0}
    moved = np.array([laid.nodes[place_of[int(node)]] if node >= 0 else -1 for node in nodes], dtype=np.int32)
    edge, offset = laid.along(ground.home_edge, ground.home_offset)
    who = Origins(edge=edge, offset=offset, persons=ground.who.persons, groups=ground.who.groups)
    return laid.network, who, moved, [int(node) for node in laid.nodes[len(ground.spots) :]]


def _group(ground: Ground, found: Scenario, key: str, name: str) -> dict[str, Any]:
    """What everybody ("all") or a group notices; a group of which we nowhere know where it lives says so."""
    unknown = ground.homes.unknown["" if key == "all" else key]
    if unknown.all():
        return {"key": key, "name": name, "known": False}
    changed = found.changed
    before, after = found.before.cost[changed], found.cost
    persons = found.before.who.everybody[key][changed]
    loss = found.groups[key]
    more = np.where((before >= 0) & (after > before), after - before, 0)
    few = told(loss.longer) is None
    notices = (more > 0) | ((before >= 0) & (after < 0))
    return {
        "key": key,
        "name": name,
        "known": True,
        "unknown_places": int(unknown.sum()),
        "persons": told(ground.persons[key]),
        "longer": told(loss.longer),
        "lost": told(loss.lost),
        "shorter": told(loss.shorter),
        "gained": told(loss.gained),
        "mean_more": minutes(weighted_mean(more, persons * (more > 0)) or 0) if loss.longer >= 0.5 and not few else None,
        "worst": minutes(loss.worst) if loss.longer >= 0.5 and not few else None,
        "stop": stop_of(ground, changed[notices], persons[notices]) if key == NO_CAR else None,
    }


def _places(ground: Ground, found: Scenario) -> list[dict[str, Any]]:
    """A row per neighbourhood in which somebody notices, those with the most people first. Added up for all of them at once."""
    homes, changed = ground.homes, found.changed
    before, after = found.before.cost[changed], found.cost
    persons = found.before.who.persons[changed]
    lost = (before >= 0) & (after < 0)
    notices = (persons > 0) & (lost | ((after >= 0) & ((before < 0) | (after != before))))
    before, after, persons, lost = before[notices], after[notices], persons[notices], lost[notices]
    places, row = np.unique(homes.area[changed[notices]], return_inverse=True)
    both = (before >= 0) & (after >= 0)
    many, gone, arrives, first, then = (
        np.bincount(row, weights=weights, minlength=len(places))
        for weights in (persons, persons * lost, persons * both, persons * both * before, persons * both * after)
    )
    worst = np.full(len(places), np.iinfo(np.int64).min)
    np.maximum.at(worst, row[both], after[both].astype(np.int64) - before[both])
    rows = []
    for number in np.lexsort((places, -many)).tolist():
        place = int(places[number])
        shown = told(float(many[number])) is not None and arrives[number] > 0
        rows.append(
            {
                "code": homes.grounds.codes[place],
                "name": homes.grounds.names[place],
                "municipality": homes.grounds.municipalities[place],
                "municipality_name": homes.grounds.municipality_names[place],
                "persons": told(float(many[number])),
                "lost": told(float(gone[number])),
                "before": minutes(first[number] / arrives[number]) if shown else None,
                "after": minutes(then[number] / arrives[number]) if shown else None,
                "worst": minutes(worst[number]) if shown else None,
            }
        )
    return rows


def _norms(ground: Ground, found: Scenario, kind: str, places: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Per norm how many people it fails before and after, and for how many it fails only then, whoever else it helps.

    Who cannot arrive is one of the people. `places` are the neighbourhoods in which those who notice come to lie above it, on average.
    """
    changed = found.changed
    persons = found.before.who.persons[changed]
    rows = []
    for norm in queries.norms_of(ground.province, kind, ground.profile):
        before, after = (fails(norm.minutes, cost) for cost in (found.before.cost[changed], found.cost))
        now = ground.failing(kind, norm.minutes, partial(_failing, norm.minutes, found.before))
        rows.append(
            {
                "minutes": norm.minutes,
                "source": norm.source,
                "status": norm.get_status_display(),
                "from": norm.valid_from.isoformat(),
                "before": told(now),
                "after": told(now + float(persons[after].sum()) - float(persons[before].sum())),
                "crossed": told(float(persons[after & ~before].sum())),
                "places": [
                    row["name"]
                    for row in places
                    if row["before"] is not None and row["before"] <= norm.minutes < (row["after"] or 0)
                ],
                "made_up": norm.made_up,
            }
        )
    return rows


def _failing(norm: int, near: Nearest) -> float:
    """People who live further than a norm."""
    return float(near.who.persons[fails(norm, near.cost)].sum())


def _instead(ground: Ground, found: Scenario, spots: list[Spot], closed: list[int]) -> list[dict[str, Any]]:
    """Where those go who went to what closes: for a board that gets them."""
    changed = found.changed
    theirs = np.isin(found.before.facility[changed], closed)
    goes = found.facility[theirs]
    persons = found.before.who.persons[changed][theirs]
    arrives = (goes >= 0) & (goes < len(spots))
    counts = np.bincount(goes[arrives], weights=persons[arrives], minlength=len(spots))
    rows = [
        {
            "id": spots[place].id,
            "name": spots[place].name,
            "persons": told(float(counts[place])),
            "capacity": spots[place].capacity,
        }
        for place in np.argsort(-counts, kind="stable")[:12]
        if counts[place] >= 0.5
    ]
    new = float(persons[goes >= len(spots)].sum())
    return rows + ([{"id": "", "name": _("de nieuwe plek"), "persons": told(new), "capacity": None}] if new >= 0.5 else [])
