"""Import regions and villages from a file: sets of municipalities or neighbourhoods that become areas of their own."""

import logging
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue import area_sets
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import queries
from vliegwiel.see.areas.models import Area, AreaImport, AreaMember, AreaSet
from vliegwiel.see.areas.names import search_name

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImportedAreaSets:
    """What an import did: sets per year, what was left out and why, or that everything was there already."""

    title: str
    level: Level
    counts: dict[int, int]
    left_out: tuple[str, ...]
    already_there: bool


@trail.recorded("import-area-sets", kind="area-import")
def import_area_sets(*, actor: Actor, path: Path) -> ImportedAreaSets:
    """Read the file whole, then write its sets for every year of which the members are known. Repeating it changes nothing.

    A set whose members changed in the file gets the new members. A set without members, and a year that is not loaded, are left out
    and said so. Raises NotValid when a member does not exist or lies in another province; the data are then as they were.
    """
    demand(actor, "import-areas")
    found = area_sets.read(path)
    left_out = [_("{name}: de bron noemt de leden niet").format(name=item.name) for item in found.sets if not item.members]
    known = {year: _known(found, year) for year in found.years}
    left_out += [
        _("{year}: van dit jaar zijn geen {plural} geladen").format(year=year, plural=found.member_level.plural)
        for year in found.years
        if not known[year]
    ]
    problems = [
        _("{code} in {year}: {code_2} bestaat niet of ligt niet in {province}.").format(
            code=item.code, year=year, code_2=code, province=found.province
        )
        for year, there in known.items()
        for item in found.sets
        for code in item.members
        if there and (code not in there or there[code].province_code not in ("", found.province))
    ]
    if problems:
        raise NotValid(
            _("{name} klopt niet. Er is niets geladen.").format(name=path.name),
            code="unknown-members",
            details=tuple(problems[:20]),
        )
    counts: dict[int, int] = {}
    fresh = False
    with transaction.atomic():
        for year, there in known.items():
            kept = [_keep(found, item, year, there) for item in found.sets if item.members and there]
            if kept:
                counts[year] = len(kept)
            if any(kept):
                fresh = True
                AreaImport.objects.create(
                    year=year, file_name=path.name, file_hash=content_hash(found), changed=sum(kept), imported_at=clock.now()
                )
                facts: dict[str, str | int] = {"file": content_hash(found), "changed": sum(kept)}
                trail.record(actor=actor, action="import-area-sets", subject=Reference("areas", str(year), "", ""), facts=facts)
    queries.stamp.forget()
    log.info("imported %s for %s", path.name, actor.id)
    return ImportedAreaSets(found.title, found.level, counts, tuple(left_out), already_there=not fresh)


def _known(found: area_sets.AreaSets, year: int) -> dict[str, Area]:
    """The areas of the year among which the members must be."""
    return {area.code: area for area in Area.objects.filter(year=year, level=found.member_level.value)}


def _keep(found: area_sets.AreaSets, item: area_sets.AreaSet, year: int, there: dict[str, Area]) -> bool:
    """Write one set of one year; returns whether anything changed."""
    digest = content_hash({"set": item, "origin": found.origin, "year": year})
    if AreaSet.objects.filter(area__code=item.code, area__year=year, content_hash=digest).exists():
        return False
    members = [there[code] for code in item.members]
    municipalities = {(member.municipality_code, member.municipality_name) for member in members}
    home = next(iter(municipalities)) if found.level is Level.VILLAGE and len(municipalities) == 1 else ("", "")
    area, _created = Area.objects.update_or_create(
        code=item.code,
        year=year,
        defaults={
            "level": found.level.value,
            "name": item.name,
            "search_name": search_name(item.name),
            "municipality_code": home[0],
            "municipality_name": home[1],
            "province_code": found.province,
            "made_up": any(member.made_up for member in members),
        },
    )
    AreaSet.objects.update_or_create(
        area=area,
        defaults={
            "origin": found.origin,
            "content_hash": digest,
            "outside_village": item.fit.outside_village if item.fit else None,
            "outside_set": item.fit.outside_set if item.fit else None,
        },
    )
    AreaMember.objects.filter(area=area).exclude(code__in=item.members).delete()
    AreaMember.objects.bulk_create([AreaMember(area=area, code=code) for code in item.members], ignore_conflicts=True)
    return True
