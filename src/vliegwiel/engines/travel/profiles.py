"""Who may go where and how fast, from the tags of OpenStreetMap: on foot, by bike, by car. Speeds are ours and can be read here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Profile = Literal["foot", "bike", "car"]
Tags = Mapping[str, str]
#: Milliseconds per metre at one kilometre per hour.
_HOUR = 3600.0
_CLOSED = {"no", "private", "agricultural", "forestry", "military", "use_sidepath"}
_OPEN = {"yes", "designated", "permissive", "official", "destination", "customers", "delivery"}
_NOT_A_ROAD = {
    "construction",
    "proposed",
    "platform",
    "corridor",
    "elevator",
    "razed",
    "abandoned",
    "raceway",
    "rest_area",
    "services",
}
_FAST_ROADS = {"motorway", "motorway_link", "trunk", "trunk_link"}
_SMALL_ROADS = {"footway", "path", "bridleway", "steps", "pedestrian", "cycleway", "track"}
#: Kilometres per hour by car where no limit is given.
_CAR = {
    "motorway": 100, "motorway_link": 60, "trunk": 90, "trunk_link": 50, "primary": 70, "primary_link": 45, "secondary": 60,
    "secondary_link": 40, "tertiary": 50, "tertiary_link": 35, "unclassified": 45, "residential": 28, "living_street": 12, "road": 30,
    "service": 15,
}  # fmt: skip
_SLOW_SURFACES = {"sand", "mud", "grass", "ground", "dirt", "earth", "gravel", "unpaved"}
_WALKING, _ON_STEPS, _CYCLING, _CYCLING_SLOWLY, _FERRY = 5.0, 3.0, 16.0, 10.0, 10.0
#: Of a limit by car, what is driven on average over crossings and bends.
_OF_THE_LIMIT = 0.85
_MODES = {"foot": ("foot",), "bike": ("bicycle", "vehicle"), "car": ("motorcar", "motor_vehicle", "vehicle")}
#: Barriers that stop somebody when nothing else is said of them.
_STOPS = {
    "foot": {"wall", "fence"},
    "bike": {"wall", "fence", "stile", "turnstile", "kissing_gate"},
    "car": {
        "wall", "fence", "stile", "turnstile", "kissing_gate", "bollard", "block", "cycle_barrier", "motorcycle_barrier", "bus_trap",
        "jersey_barrier", "log", "chain",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """Milliseconds per metre along a way and against it; −1 where that is closed. A ferry with a timetable gives `whole` milliseconds."""

    there: float
    back: float
    whole: float = 0.0


def pace_of(tags: Tags, profile: Profile) -> Pace | None:
    """How fast this way is; None when it may not be used."""
    if tags.get("area") == "yes":
        return None
    if tags.get("route") == "ferry":
        return _ferry(tags, profile)
    kind = tags.get("highway", "")
    if not kind or kind in _NOT_A_ROAD or not _may(tags, profile, kind):
        return None
    pace = _HOUR / _speed(tags, profile, kind)
    direction = _direction(tags, profile, kind)
    return Pace(pace if direction >= 0 else -1.0, pace if direction <= 0 else -1.0)


def stops(tags: Tags, profile: Profile) -> bool:
    """Whether a barrier on a node stops somebody."""
    said = _said(tags, profile)
    if said:
        return said in _CLOSED
    return tags.get("barrier", "") in _STOPS[profile]


def _said(tags: Tags, profile: Profile) -> str:
    """What the tags say of access, the most special first."""
    for key in (*_MODES[profile], "access"):
        if tags.get(key):
            return tags[key]
    return ""


def _may(tags: Tags, profile: Profile, kind: str) -> bool:
    said = _said(tags, profile)
    if said in _CLOSED:
        return False
    if said in _OPEN and not (profile == "car" and kind in _SMALL_ROADS):
        return True
    if tags.get("motorroad") == "yes" and profile != "car":
        return False
    if profile == "foot":
        return kind not in _FAST_ROADS and not (kind == "cycleway" and tags.get("foot") == "no")
    if profile == "bike":
        return kind not in _FAST_ROADS | {"footway", "steps", "pedestrian", "bridleway"}
    return kind in _CAR or (kind == "track" and tags.get("motor_vehicle") in _OPEN)


def _speed(tags: Tags, profile: Profile, kind: str) -> float:
    if profile == "foot":
        return _ON_STEPS if kind == "steps" else _WALKING
    if profile == "bike":
        return _CYCLING_SLOWLY if kind in ("track", "path") and tags.get("surface", "") in _SLOW_SURFACES else _CYCLING
    limit = re.fullmatch(r"(\d+)( mph)?", tags.get("maxspeed", ""))
    if limit and int(limit[1]):
        return max(int(limit[1]) * (1.609 if limit[2] else 1.0) * _OF_THE_LIMIT, 5.0)
    return float(_CAR.get(kind, 12))


def _direction(tags: Tags, profile: Profile, kind: str) -> int:
    """1 along the way only, −1 against it only, 0 both."""
    if profile == "foot":
        said = tags.get("oneway:foot", "no")
    elif profile == "bike" and tags.get("oneway:bicycle"):
        said = tags["oneway:bicycle"]
    elif profile == "bike" and any(
        tags.get(key, "").startswith("opposite") for key in ("cycleway", "cycleway:left", "cycleway:right")
    ):
        said = "no"
    else:
        round_about = tags.get("junction") in ("roundabout", "circular") or (profile == "car" and kind == "motorway")
        said = tags.get("oneway", "yes" if round_about else "no")
    return 1 if said in ("yes", "true", "1") else -1 if said in ("-1", "reverse") else 0


def _ferry(tags: Tags, profile: Profile) -> Pace | None:
    """On foot and by bike unless it says no, by car only where it says so; CBS counts ferries as well."""
    said = _said(tags, profile)
    if said in _CLOSED or (profile == "car" and said not in _OPEN):
        return None
    time = re.fullmatch(r"(?:(\d+):)?(\d+)(?::(\d+))?", tags.get("duration", ""))
    whole = 0.0
    if time:
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        whole = ((hours * 60 + minutes) * 60 + seconds) * 1000.0
    pace = _HOUR / _FERRY
    direction = _direction({**tags, "junction": ""}, profile, "ferry")
    return Pace(pace if direction >= 0 else -1.0, pace if direction <= 0 else -1.0, whole)
