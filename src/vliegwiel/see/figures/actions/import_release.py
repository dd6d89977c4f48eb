"""Import a delivery of figures: read, check, keep as an immutable release."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.see.areas import public as areas
from vliegwiel.see.figures import columns, indicators, queries, readers
from vliegwiel.see.figures.actions.answer_columns import NO_ANSWERS, check_answers, store_answers
from vliegwiel.see.figures.answers import GivenAnswers
from vliegwiel.see.figures.delivery import Delivery
from vliegwiel.see.figures.keeping import keep_release
from vliegwiel.see.figures.models import Release, UnknownArea
from vliegwiel.see.figures.publication import hash_of, published_of, refuse_if_withdrawn
from vliegwiel.see.figures.recognise import NOTHING, Told

log = logging.getLogger(__name__)
METHOD = "figures.import"
VERSION = "2"


@dataclass(frozen=True)
class ImportedRelease:
    """What an import did: the release, codes that are no known area, columns and rows left out, or that it was there already."""

    release: Release
    unknown_areas: tuple[str, ...]
    ignored: tuple[str, ...]
    already_there: bool
    left_out: tuple[str, ...] = ()


@trail.recorded("import-figures", kind="release")
def import_release(
    *,
    actor: Actor,
    path: Path,
    told: Told = NOTHING,
    answers: GivenAnswers | None = None,
    made_up: bool = False,
    progress: Callable[[str], None] = lambda _text: None,
) -> ImportedRelease:
    """Read the file whole, then write the release in one transaction. A file that was imported before is left alone.

    `told` is what the person says about the file, `answers` what they say about its unknown columns; those are kept for next year,
    together with the release or not at all. Raises NotValid when the file is not right, NotNow when it was withdrawn; the data are then
    as they were.
    """
    demand(actor, "import-figures")
    file_hash = hash_of(path)
    same = Release.objects.filter(file_hash=file_hash, **({"area_year": told.year} if told.year else {}))
    there = same.order_by("-imported_at").first()
    checked = check_answers(path, answers, told) if answers else NO_ANSWERS
    if there is not None and not checked.anything_new:
        refuse_if_withdrawn(there)
    if there is not None and not checked.anything_new:
        unknown = tuple(there.unknown_areas.values_list("code", flat=True))
        return ImportedRelease(there, unknown, (), already_there=True)
    progress(f"{path.name} lezen")
    delivery = readers.read(path, told=told, knowledge=checked.added_to(indicators.knowledge()), progress=progress)
    published = published_of(delivery, file_hash)
    progress("opslaan")
    content_hash = columns.store(delivery)
    try:
        with transaction.atomic():
            store_answers(checked, actor)
            if delivery.family.register:
                _register(path, delivery, made_up=made_up)
            areas.set_postcodes({code.text: postcode for code, postcode in delivery.postcodes.items()}, delivery.table.year)
            release, new = keep_release(
                delivery, content_hash, _receipt(delivery, path, file_hash, published), file_name=path.name, file_hash=file_hash,
                published=published, made_up=made_up,
            )  # fmt: skip
            unknown = tuple(sorted({code.text for code in delivery.codes} - areas.known_codes(delivery.table.year)))
            refuse_if_withdrawn(release)
            if new:
                UnknownArea.objects.bulk_create([UnknownArea(release=release, code=code) for code in unknown], batch_size=500)
                facts = {"file": file_hash, "content": content_hash}
                subject = Reference("release", release.public_id, "", "")
                trail.record(actor=actor, action="import-figures", subject=subject, facts=facts)
    finally:
        queries.stamp.forget()
        indicators.stamp.forget()
    log.info("imported release %s of table %s for %s", release.public_id, release.table, actor.id)
    return ImportedRelease(release, unknown, delivery.ignored, already_there=not new, left_out=delivery.left_out)


def _register(path: Path, delivery: Delivery, *, made_up: bool) -> None:
    """Let the table list the areas of its year, when it or the list beside it has their names; otherwise they stay unknown areas."""
    beside = path.with_name(path.name.replace("TypedDataSet", "WijkenEnBuurten"))
    if "Naam" not in delivery.ignored and (beside == path or not beside.is_file()):
        return
    try:
        areas.register_from_table(path, delivery.table.year, made_up=made_up)
    except NotValid as refusal:
        if refusal.code != "missing-column":
            raise
        log.info("no areas registered from %s: %s", path.name, refusal.code)


def _receipt(delivery: Delivery, path: Path, file_hash: str, published: date) -> Receipt:
    parameters = {"table": delivery.table.id, "area_year": delivery.table.year, "published": published.isoformat()}
    return Receipt(METHOD, VERSION, {path.name: file_hash}, parameters, clock.now())
