"""Which releases hold an indicator: the newest publication first, built once and remembered until a release comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.figures.columns import columns_of
from vliegwiel.see.figures.models import Release, ReleaseColumn, Withdrawal


@dataclass(frozen=True)
class ReleaseInfo:
    """What a figure says about where it comes from."""

    id: str
    title: str
    table: str
    source: str
    licence: str
    published: date
    status: str
    area_year: int
    content_hash: str
    made_up: bool
    levels: tuple[str, ...] = ()
    published_estimated: bool = False
    note: str = ""


@dataclass(frozen=True)
class Holder:
    """A release that holds an indicator for a period; `known` values, and the confidence of its margin if it has one."""

    release: ReleaseInfo
    known: int
    confidence: float | None


@dataclass(frozen=True)
class Held:
    """Where an indicator is held for the areas of a year.

    `holders` per period, newest publication first; a column without any value comes last, so that it never hides one. `periods` are
    newest first: those with a value, or all of them when there is none.
    """

    holders: Mapping[str, tuple[Holder, ...]]
    periods: tuple[str, ...]


NOWHERE = Held({}, ())


def held(key: str, area_year: int) -> Held:
    """Where this indicator is held for the areas of this year."""
    return _registry(stamp()).get((key, area_year), NOWHERE)


def held_keys() -> set[str]:
    """The indicators of which some release holds figures."""
    return {key for key, _year in _registry(stamp())}


def area_years() -> tuple[int, ...]:
    """The years of areas that have figures, newest first."""
    return tuple(sorted({year for _key, year in _registry(stamp())}, reverse=True))


def current_releases() -> set[str]:
    """Public ids of the releases that give at least one figure now; the others are earlier publications."""
    found: set[str] = set()
    orders = {holders for here in _registry(stamp()).values() for holders in (_order(h) for h in here.holders.values())}
    for order in orders:
        covered: set[str] = set()
        for info in order:
            codes = set(columns_of(info.content_hash).codes()) if len(order) > 1 else {info.id}
            if codes - covered:
                found.add(info.id)
            covered |= codes
    return found


def _order(holders: tuple[Holder, ...]) -> tuple[ReleaseInfo, ...]:
    return tuple(holder.release for holder in holders if holder.known) or tuple(holder.release for holder in holders[:1])


@Stamp
def stamp() -> tuple[int, str, int]:
    """Changes when a release came or was withdrawn."""
    withdrawn = Withdrawal.objects.filter(confirmed_at__isnull=False).count()
    return Release.objects.count(), Release.objects.order_by("-pk").values_list("public_id", flat=True).first() or "", withdrawn


def standing() -> QuerySet[Release]:
    """The releases that were not withdrawn."""
    return Release.objects.exclude(withdrawal__confirmed_at__isnull=False)


@lru_cache(maxsize=2)
def _registry(_stamp: tuple[int, str, int]) -> dict[tuple[str, int], Held]:
    infos = {release.pk: info_of(release) for release in standing()}
    columns = ReleaseColumn.objects.filter(release__in=infos).order_by("-release__published", "-release__imported_at", "-pk")
    found: dict[tuple[str, int], dict[str, list[Holder]]] = {}
    rows = columns.values_list("release_id", "indicator", "period", "known", "confidence")
    for release_id, indicator, period, known, confidence in rows.iterator():
        info = infos[release_id]
        found.setdefault((indicator, info.area_year), {}).setdefault(period, []).append(Holder(info, known, confidence))
    return {key: _held(periods) for key, periods in found.items()}


def _held(periods: Mapping[str, list[Holder]]) -> Held:
    holders = {period: tuple(sorted(found, key=lambda holder: not holder.known)) for period, found in periods.items()}
    filled = [period for period, found in holders.items() if found[0].known]
    return Held(holders, tuple(sorted(filled or holders, reverse=True)))


def info_of(release: Release) -> ReleaseInfo:
    """The part of a release that travels with each figure."""
    return ReleaseInfo(
        release.public_id,
        release.title,
        release.table,
        release.source,
        release.licence,
        release.published,
        release.status,
        release.area_year,
        release.content_hash,
        release.made_up,
        tuple(filter(None, release.levels.split(","))),
        release.published_estimated,
        release.note,
    )
