"""Import a delivery of figures: read, check, keep as an immutable release."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.see.areas import public as areas
from vliegwiel.see.figures import columns, queries, readers
from vliegwiel.see.figures.delivery import Delivery
from vliegwiel.see.figures.models import Release, ReleaseColumn, UnknownArea

log = logging.getLogger(__name__)
METHOD = "figures.import"
VERSION = "1"


@dataclass(frozen=True)
class ImportedRelease:
    """What an import did: the release, the codes that are no known area, the columns left out, or that it was there already."""

    release: Release
    unknown_areas: tuple[str, ...]
    ignored: tuple[str, ...]
    already_there: bool


@trail.recorded("import-figures", kind="release")
def import_release(
    *, actor: Actor, path: Path, made_up: bool = False, progress: Callable[[str], None] = lambda _text: None
) -> ImportedRelease:
    """Read the file whole, then write the release in one transaction. A file that was imported before is left alone.

    Raises NotValid when the file is not right; the data are then as they were.
    """
    demand(actor, "import-figures")
    file_hash = _hash_of(path)
    there = Release.objects.filter(file_hash=file_hash).first()
    if there is not None:
        return ImportedRelease(there, tuple(there.unknown_areas.values_list("code", flat=True)), (), already_there=True)
    progress(f"{path.name} lezen")
    delivery = readers.read(path)
    progress(f"{len(delivery.codes)} gebieden en {len(delivery.columns)} kolommen opslaan")
    content_hash = columns.store(delivery)
    with transaction.atomic():
        if delivery.family.register:
            areas.register_from_table(path, delivery.table.year, made_up=made_up)
        areas.set_postcodes({code.text: postcode for code, postcode in delivery.postcodes.items()}, delivery.table.year)
        release = _keep(delivery, path, file_hash, content_hash, made_up=made_up)
        unknown = sorted({code.text for code in delivery.codes} - areas.known_codes(delivery.table.year))
        UnknownArea.objects.bulk_create([UnknownArea(release=release, code=code) for code in unknown], batch_size=500)
        facts = {"file": file_hash, "content": content_hash, "table": release.table}
        trail.record(actor=actor, action="import-figures", subject=Reference("release", release.public_id, "", ""), facts=facts)
    queries.stamp.forget()
    log.info("imported release %s of table %s for %s", release.public_id, release.table, actor.id)
    return ImportedRelease(release, tuple(unknown), delivery.ignored, already_there=False)


def _keep(delivery: Delivery, path: Path, file_hash: str, content_hash: str, *, made_up: bool) -> Release:
    table, family = delivery.table, delivery.family
    receipt = Receipt(METHOD, VERSION, {path.name: file_hash}, {"table": table.id, "area_year": table.year}, clock.now())
    release, created = Release.objects.get_or_create(
        content_hash=content_hash,
        defaults={
            "family": family.family,
            "table": table.id,
            "title": f"{family.title} {table.year}",
            "source": family.source,
            "licence": family.licence,
            "file_name": path.name,
            "file_hash": file_hash,
            "area_year": table.year,
            "published": table.published,
            "status": table.status,
            "area_count": len(delivery.codes),
            "made_up": made_up,
            "imported_at": clock.now(),
            "receipt": receipt.to_json(),
        },
    )
    if created:
        ReleaseColumn.objects.bulk_create(
            ReleaseColumn(
                release=release,
                indicator=column.indicator.key,
                period=column.period,
                source_key=column.source_key,
                known=int((column.status == 0).sum()),
                missing=int((column.status != 0).sum()),
            )
            for column in delivery.columns
        )
    return release


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
