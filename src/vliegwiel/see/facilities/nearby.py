"""What is near a facility that closes: meeting places of the register, and what later rooms contribute."""

import logging
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from vliegwiel.see.facilities.models import Facility

log = logging.getLogger(__name__)
Points = Sequence[tuple[int, int]]
#: As the crow flies; the published point of an initiative is coarse.
METRES, MOST = 2_000, 8


@dataclass(frozen=True)
class Nearby:
    """Something near: its name, its page, what it is, and how many metres away as the crow flies."""

    title: str
    path: str
    what: str
    metres: int


@dataclass(frozen=True)
class NearbyList:
    """A list of what is near, with its name. `find` gets the province, the points and how many metres count as near."""

    name: str | Promise
    find: Callable[[str, Points, int], list[Nearby]]


@dataclass(frozen=True)
class Found:
    """One list as it is shown; `failed` when it could not be made."""

    name: str | Promise
    rows: list[Nearby]
    failed: bool = False


def nearest_of(point: tuple[int, int], points: Points) -> int:
    """Whole metres to the nearest of some points."""
    return round(min(math.hypot(point[0] - x, point[1] - y) for x, y in points))


def near(province: str, points: Points, *, without: Sequence[str] = ()) -> list[Found]:
    """Everything near these points, a list each; `without` are facilities that are left out, by public id."""
    if not points:
        return []
    return [
        Found(_("Ontmoetingsplekken in de buurt"), _meeting_places(province, points, without)),
        *_contributed(province, points),
    ]


def _contributed(province: str, points: Points) -> Iterator[Found]:
    for path in settings.VLIEGWIEL_NEARBY:
        for one in import_string(path):
            try:
                yield Found(one.name, sorted(one.find(province, points, METRES), key=lambda row: row.metres)[:MOST])
            except Exception:
                log.exception("a list of what is near failed: %s", path)
                yield Found(one.name, [], failed=True)


def _meeting_places(province: str, points: Points, without: Sequence[str]) -> list[Nearby]:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    found = Facility.objects.filter(
        province=province, kind="ontmoetingsplek", closed_on=None,
        x__range=(min(xs) - METRES, max(xs) + METRES), y__range=(min(ys) - METRES, max(ys) + METRES),
    ).exclude(public_id__in=list(without))  # fmt: skip
    away = [(nearest_of((x, y), points), name, pk) for pk, name, x, y in found.values_list("pk", "name", "x", "y")]
    close = {pk: metres for metres, _name, pk in sorted(row for row in away if row[0] <= METRES)[:MOST]}
    items = Facility.objects.in_bulk(close)
    return [
        Nearby(items[pk].name, items[pk].more_at or items[pk].path, items[pk].rooms or items[pk].area_name, metres)
        for pk, metres in close.items()
        if pk in items
    ]
