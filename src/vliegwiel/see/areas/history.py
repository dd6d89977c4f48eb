"""Reads about areas through time: what an area was before, what became of it, and whether two years may be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.see.areas import queries, rules
from vliegwiel.see.areas.models import Area, AreaLink
from vliegwiel.see.areas.names import search_name
from vliegwiel.see.areas.rules import Link, Origins, Side

_DRAWN = (Level.MUNICIPALITY.value, Level.DISTRICT.value, Level.NEIGHBOURHOOD.value)
#: A new area that covers less than this part of an old one is noise at its border.
_SLIVER = 0.05


@dataclass(frozen=True)
class Ending:
    """An area that ended: the last year we know it in, why in one Dutch sentence, and the areas that lie there now."""

    last: Area
    reason: str
    successors: tuple[Area, ...]


def lives_of(code: str) -> dict[int, Area]:
    """The area with this code in each year that has one, newest first; asked once while a page is read, so do not change it."""
    return once(("lives", code), lambda: {area.year: area for area in Area.objects.filter(code=code).order_by("-year")})


def origins_of(area: Area, old_year: int) -> Origins:
    """What the area was made from in an older year; of a province or region, what its municipalities were made from."""
    level = Level(area.level)
    if level in (Level.PROVINCE, Level.REGION):
        return _joined(
            [_origins(queries.stamp(), code, area.year, old_year, Level.MUNICIPALITY) for code in queries.members_of(area)]
        )
    return _origins(queries.stamp(), area.code, area.year, old_year, level)


def verdict_of(
    area: Area,
    old: Area | None,
    old_year: int,
    *,
    marks: dict[int, str],
    inhabitants: tuple[float | None, float | None] = (None, None),
) -> Verdict:
    """Whether figures of the area may be compared with those of `old_year`; see `rules.comparability`.

    `old` is the area with the same code then, `marks` what CBS said per year, `inhabitants` the people of (old, new) when known.
    """
    if area.level in (Level.PROVINCE.value, Level.REGION.value):
        return _verdict_of_whole(area, old_year)
    before = Side(old.code, old.year, old.name, inhabitants[0]) if old else None
    now = Side(area.code, area.year, area.name, inhabitants[1])
    overlap = (
        _overlap(queries.stamp(), area.code, Level(area.level), area.year, old_year) if area.level in _DRAWN and old else None
    )
    return rules.comparability(now, before, marks=marks, origins=origins_of(area, old_year), overlap=overlap)


def verdict_of_village(area: Area, old_year: int, inhabitants: Mapping[str, tuple[float | None, float | None]]) -> Verdict:
    """Whether every neighbourhood of a village may be compared with `old_year`; `inhabitants` are those of (old, new) per code."""
    codes = queries.members_of(area)
    lives: dict[str, dict[int, Area]] = {code: {} for code in codes}
    for life in Area.objects.filter(code__in=codes, year__gte=old_year, year__lte=area.year):
        lives[life.code][life.year] = life
    found: list[Verdict] = []
    for code, years in lives.items():
        if area.year in years:
            marks = {year: life.change_mark for year, life in years.items() if year > old_year}
            people = inhabitants.get(code, (None, None))
            found.append(verdict_of(years[area.year], years.get(old_year), old_year, marks=marks, inhabitants=people))
            if not found[-1]:
                reason = found[-1].reasons[0]
                told = Reason(reason.code, f"{years[area.year].name}: {reason.text}", facts=reason.facts)
                return Verdict(found[-1].answer, (told,))
    if len(found) < len(codes) or not found:
        return Verdict.unknown(
            Reason("no-evidence", _("Niet alle buurten van deze kern zijn geladen."), facts={"codes": list(codes)})
        )
    reasons = [verdict.reasons[0] for verdict in found]
    weakest = next((reason for reason in reasons if reason.code == "name-and-inhabitants"), reasons[0])
    text = _("Elk van de {codes} buurten van deze kern is te vergelijken met {old_year}. {text}").format(
        codes=len(codes), old_year=old_year, text=weakest.text
    )
    return Verdict.yes(Reason("members", text, facts={code: reason.code for code, reason in zip(codes, reasons, strict=True)}))


def ended_before(year: int, name: str) -> list[Area]:
    """Municipalities of exactly this name that ended before `year`, each in the last year we know it."""
    wanted = search_name(name)
    older = [known for known in queries.years() if known < year]
    if not wanted:
        return []
    found = Area.objects.filter(year__in=older, search_name=wanted, level=Level.MUNICIPALITY.value).order_by("year")
    newest = {area.code: area for area in found}
    return [area for code, area in newest.items() if ending_of(code, year)]


def ending_of(code: str, year: int) -> Ending | None:
    """How an area ended that does not exist in this year any more; None when it is only not loaded, or never was."""
    last = Area.objects.filter(code=code, year__lt=year).order_by("-year").first()
    if last is None or Area.objects.filter(code=code, year__gte=year).exists():
        return None
    home = last if last.level == Level.MUNICIPALITY.value else None
    gone = [link for link in links() if link.old_code == (last.municipality_code or code) and last.year <= link.old_year < year]
    if gone:
        codes = list(dict.fromkeys(link.new_code for link in gone))
        names = rules.listed(list(dict.fromkeys(link.new_name or link.new_code for link in gone)))
        who = last.name if home else _("De gemeente {municipality_name}").format(municipality_name=last.municipality_name)
        where = _("ging het op in") if all(link.whole for link in gone) else _("is het verdeeld over")
        reason = _("{who} bestaat niet meer. Na {old_year} {where} {names}.").format(
            who=who, old_year=gone[0].old_year, where=where, names=names
        )
        return Ending(last, reason, _newest(codes, year))
    if home is None and Area.objects.filter(year=year, municipality_code=last.municipality_code, level=last.level).exists():
        here = _now_here(last, year) or (*_namesakes(last, year), *_newest([last.municipality_code], year))
        reason = _(
            "Deze {level} bestaat onder deze code niet meer in {year}. De indeling van {municipality_name} is veranderd."
        ).format(level=last.level, year=year, municipality_name=last.municipality_name)
        return Ending(last, reason, here)
    return None


def links() -> tuple[Link, ...]:
    """All changes we know, remembered until areas are imported."""
    return _links(queries.stamp())


def _verdict_of_whole(area: Area, old_year: int) -> Verdict:
    """A province or region is the same when the same land is in it: the same municipalities, or others made of exactly those."""
    found = origins_of(area, old_year)
    then = set(queries.members_of(area, old_year))
    kind = Level(area.level).value
    if not then or not found.whole:
        text = _("We weten niet welke gemeenten de {kind} in {old_year} had.").format(kind=kind, old_year=old_year)
        return Verdict.unknown(Reason("no-evidence", text, facts={"year": old_year}))
    if found.shares or set(found.whole) != then:
        text = _("De {kind} bestaat niet meer uit dezelfde gemeenten als in {old_year}.").format(kind=kind, old_year=old_year)
        return Verdict.no(Reason("members", text, facts={"then": sorted(then), "now": sorted({*found.whole, *found.shares})}))
    text = _("De {kind} bestaat in {old_year} en {year} uit dezelfde gemeenten.").format(
        kind=kind, old_year=old_year, year=area.year
    )
    return Verdict.yes(Reason("members", text, facts={"municipalities": len(then)}))


def _joined(found: list[Origins]) -> Origins:
    """Origins of a whole from those of its parts; an old area that is split between parts of the whole is in it whole."""
    shares: dict[str, float] = {}
    for part in found:
        for code, share in part.shares.items():
            shares[code] = shares.get(code, 0.0) + share
    whole = {code for part in found for code in part.whole} | {code for code, share in shares.items() if share > 0.995}
    rest = {code: share for code, share in sorted(shares.items()) if code not in whole}
    return Origins(tuple(sorted(whole)), rest, tuple(dict.fromkeys(link for part in found for link in part.links)))


@lru_cache(maxsize=4096)
def _origins(_stamp: str, code: str, new_year: int, old_year: int, level: Level) -> Origins:
    then, now = (_codes(_stamp, level, year) for year in (old_year, new_year))
    return rules.origins(code, new_year, old_year, links(), codes_then=then, codes_now=now)


@lru_cache(maxsize=64)
def _codes(_stamp: str, level: Level, year: int) -> frozenset[str]:
    return frozenset(queries.codes_of(level, year))


@lru_cache(maxsize=4096)
def _overlap(_stamp: str, code: str, level: Level, new_year: int, old_year: int) -> float | None:
    """Intersection ÷ union of the borders of both years; None when one of them is not loaded."""
    import shapely

    if not all(queries.border_digests(level, year) for year in (new_year, old_year)):
        return None  # without reading the borders of the other year, which takes a second for a whole country
    new, old = (queries.borders_of([code], level, year).get(code) for year in (new_year, old_year))
    if new is None or old is None:
        return None
    return float(shapely.area(shapely.intersection(new, old)) / shapely.area(shapely.union(new, old)))


def _now_here(old: Area, year: int) -> tuple[Area, ...]:
    """Areas of a later year on the land of an old one, largest part first; empty when borders are not loaded."""
    import shapely

    level = Level(old.level)
    border = queries.borders_of([old.code], level, old.year).get(old.code)
    drawn = queries.borders_of(queries.codes_of(level, year, municipality=old.municipality_code), level, year)
    if border is None or not drawn:
        return ()
    covered = {code: shapely.area(shapely.intersection(border, other)) / shapely.area(border) for code, other in drawn.items()}
    codes = sorted((code for code, part in covered.items() if part >= _SLIVER), key=lambda code: -covered[code])
    there = {area.code: area for area in Area.objects.filter(year=year, code__in=codes)}
    return tuple(there[code] for code in codes if code in there)


def _namesakes(old: Area, year: int) -> tuple[Area, ...]:
    """Areas of a later year with the same name in the same municipality: perhaps the same place, so only offered."""
    found = Area.objects.filter(year=year, municipality_code=old.municipality_code, level=old.level, search_name=old.search_name)
    return tuple(found.order_by("code"))


def _newest(codes: list[str], year: int) -> tuple[Area, ...]:
    """Each of these areas in this year, or else in the newest year that has it; in the order asked."""
    found: dict[str, Area] = {}
    for area in Area.objects.filter(code__in=codes, year__lte=year).order_by("year"):
        found[area.code] = area
    return tuple(found[code] for code in codes if code in found)


@lru_cache(maxsize=2)
def _links(_stamp: str) -> tuple[Link, ...]:
    rows = AreaLink.objects.order_by("new_year", "new_code", "-share", "old_code")
    return tuple(
        Link(row.old_code, row.old_year, row.new_code, row.new_year, row.share, row.basis == "whole", row.old_name, row.new_name)
        for row in rows
    )
