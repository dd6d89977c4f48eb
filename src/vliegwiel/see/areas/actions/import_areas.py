"""Import areas, borders and links from a file."""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import borders, queries, readers
from vliegwiel.see.areas.actions.register_areas import register
from vliegwiel.see.areas.models import AreaImport, AreaLink, BorderSet
from vliegwiel.see.areas.records import AreaFile

log = logging.getLogger(__name__)
BORDER_LEVELS = (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)


@dataclass(frozen=True)
class ImportedAreas:
    """What an import did: areas per level, borders and links kept, what was left out, or that everything was there already.

    `changed` counts the areas that are new, or that now have a name, province or mark they lacked.
    """

    file_name: str
    years: tuple[int, ...]
    counts: dict[Level, int]
    borders: int
    links: int
    changed: int
    left_out: tuple[str, ...]
    already_there: bool


@trail.recorded("import-areas", kind="area-import")
def import_areas(
    *,
    actor: Actor,
    path: Path,
    year: int | None = None,
    made_up: bool = False,
    progress: Callable[[str], None] = lambda _text: None,
) -> ImportedAreas:
    """Read the file whole, then write areas, borders and links in one transaction. Repeating it changes nothing.

    `year` may be left out when the file names its own. Raises NotValid when the file is not right; the data are then as they were.
    """
    demand(actor, "import-areas")
    progress(f"{path.name} lezen")
    found = readers.read(path, year)
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    progress(_("{count} gebieden opslaan").format(count=sum(len(part.records) for part in found)))
    drawn = [(part, level, stored) for part in found for level in BORDER_LEVELS if (stored := _store(part, level))]
    changed, fresh = 0, False
    with transaction.atomic():
        for part in found:
            touched = register(part.records, part.year, made_up=made_up)
            new_links = _keep_links(part)
            new_borders = [
                _keep_borders(part, level, stored, path, file_hash, made_up) for of, level, stored in drawn if of is part
            ]
            changed += touched
            if touched or new_links or any(new_borders):
                fresh = True
                AreaImport.objects.create(
                    year=part.year, file_name=path.name, file_hash=file_hash, changed=touched + new_links, imported_at=clock.now()
                )
                facts: dict[str, str | int] = {"file": file_hash, "year": part.year, "changed": touched + new_links}
                subject = Reference("areas", str(part.year), "", "")
                trail.record(actor=actor, action="import-areas", subject=subject, facts=facts)
    queries.stamp.forget()
    years = tuple(part.year for part in found)
    log.info("imported areas of %s from %s for %s", ", ".join(map(str, years)), path.name, actor.id)
    counts = Counter(record.code.level for part in found for record in part.records)
    return ImportedAreas(
        path.name,
        years,
        {level: counts[level] for level in Level if counts[level]},
        sum(count for _part, _level, (_digest, count) in drawn),
        sum(len(part.links) for part in found),
        changed,
        tuple(line for part in found for line in part.left_out),
        already_there=not fresh,
    )


def _store(found: AreaFile, level: Level) -> tuple[str, int] | None:
    drawn = [record for record in found.of(level) if record.border is not None]
    if not drawn:
        return None
    digest = borders.store([record.code.text for record in drawn], [record.border or b"" for record in drawn])
    return digest, len(drawn)


def _keep_borders(found: AreaFile, level: Level, stored: tuple[str, int], path: Path, file_hash: str, made_up: bool) -> bool:
    digest, count = stored
    _set, created = BorderSet.objects.get_or_create(
        year=found.year,
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
    return created


def _keep_links(found: AreaFile) -> int:
    """Write links that are new; returns how many."""
    there = set(AreaLink.objects.filter(new_year=found.year).values_list("old_code", "old_year", "new_code"))
    new = [
        AreaLink(
            old_code=link.old_code.text,
            old_year=link.old_year,
            old_name=link.old_name,
            new_code=link.new_code.text,
            new_year=link.new_year,
            new_name=link.new_name,
            share=link.share,
            basis="whole" if link.whole else "land",
            source=found.source,
        )
        for link in found.links
        if (link.old_code.text, link.old_year, link.new_code.text) not in there
    ]
    AreaLink.objects.bulk_create(new)
    return len(new)
