"""Import areas and borders of one year from a file."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from vliegwiel.catalogue import reader
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.see.areas import borders, queries, readers
from vliegwiel.see.areas.models import Area, AreaImport, BorderSet
from vliegwiel.see.areas.names import search_name

log = logging.getLogger(__name__)
BORDER_LEVELS = (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)


@dataclass(frozen=True)
class ImportedAreas:
    """What an import did: areas per level, borders kept, what was left out, or that everything was there already."""

    file_name: str
    year: int
    counts: dict[Level, int]
    borders: int
    left_out: tuple[str, ...]
    already_there: bool


@trail.recorded("import-areas", kind="area-import")
def import_areas(
    *, actor: Actor, path: Path, year: int, made_up: bool = False, progress: Callable[[str], None] = lambda _text: None
) -> ImportedAreas:
    """Read the file whole, then write areas and borders in one transaction. Repeating it changes nothing.

    Raises NotValid when the file is not right; the data are then as they were.
    """
    demand(actor, "import-areas")
    progress(f"{path.name} lezen")
    found = readers.read(path, year)
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    progress(f"{len(found.records)} gebieden opslaan")
    sets = {level: _store(found, level) for level in BORDER_LEVELS}
    with transaction.atomic():
        changed = register(found.records, year, made_up=made_up)
        already = not changed
        kept = 0
        for level, stored in sets.items():
            if stored is None:
                continue
            digest, count = stored
            kept += count
            _set, created = BorderSet.objects.get_or_create(
                year=year,
                level=level.value,
                content_hash=digest,
                defaults={
                    "file_hash": file_hash,
                    "file_name": path.name,
                    "source": found.source,
                    "licence": found.licence,
                    "count": count,
                    "made_up": made_up,
                    "imported_at": clock.now(),
                },
            )
            already = already and not created
        if not already:
            AreaImport.objects.create(
                year=year, file_name=path.name, file_hash=file_hash, changed=changed, imported_at=clock.now()
            )
            facts: dict[str, str | int] = {"file": file_hash, "year": year, "changed": changed}
            trail.record(actor=actor, action="import-areas", subject=Reference("areas", str(year), "", ""), facts=facts)
    queries.stamp.forget()
    log.info("imported %d areas of %d from %s for %s", len(found.records), year, path.name, actor.id)
    counts = {level: len(found.of(level)) for level in Level if found.of(level)}
    return ImportedAreas(path.name, year, counts, kept, found.left_out, already)


def register(records: tuple[readers.AreaRecord, ...], year: int, *, made_up: bool = False) -> int:
    """Write areas that are new or that now have a name or province they lacked; returns how many changed."""
    there = {area.code: area for area in Area.objects.filter(year=year)}
    provinces = {record.code.text: record.province_code for record in records if record.province_code}
    provinces |= {area.code: area.province_code for area in there.values() if area.province_code}
    records += _provinces(records, there)
    new: list[Area] = []
    changed: list[Area] = []
    for record in records:
        municipality = record.code if record.code.level is Level.MUNICIPALITY else record.code.municipality
        values = {
            "name": record.name,
            "search_name": search_name(record.name),
            "district_code": _text(record.code.district),
            "municipality_code": _text(municipality),
            "municipality_name": record.municipality_name,
            "province_code": record.province_code or provinces.get(_text(municipality), ""),
        }
        area = there.get(record.code.text)
        if area is None:
            new.append(Area(code=record.code.text, year=year, level=record.code.level.value, made_up=made_up, **values))
        elif lacking := [name for name, value in values.items() if value and not getattr(area, name)]:
            for name in lacking:
                setattr(area, name, values[name])
            changed.append(area)
    Area.objects.bulk_create(new, batch_size=500)
    names = ["name", "search_name", "district_code", "municipality_code", "municipality_name", "province_code"]
    Area.objects.bulk_update(changed, names, batch_size=500)
    return len(new) + len(changed)


def _provinces(records: tuple[readers.AreaRecord, ...], there: dict[str, Area]) -> tuple[readers.AreaRecord, ...]:
    """The Dutch provinces that these records lie in: the source gives their code only."""
    named = {record.code.text for record in records} | set(there)
    codes = sorted({record.province_code for record in records} - named)
    return tuple(
        readers.AreaRecord(AreaCode(code), reader.provinces()[code], province_code=code)
        for code in codes
        if code in reader.provinces()
    )


def _store(found: readers.AreaFile, level: Level) -> tuple[str, int] | None:
    drawn = [record for record in found.of(level) if record.border is not None]
    if not drawn:
        return None
    digest = borders.store([record.code.text for record in drawn], [record.border or b"" for record in drawn])
    return digest, len(drawn)


def _text(code: AreaCode | None) -> str:
    return code.text if code else ""
