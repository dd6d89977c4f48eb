"""Read a file of facilities into the register. Rows that are wrong are told and left out; reading it again changes nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.people.public import Subject, demand_somewhere, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.facilities import findable, queries, tables
from vliegwiel.see.facilities.models import Facility, FacilityImport
from vliegwiel.see.facilities.models.register import SOURCED
from vliegwiel.see.facilities.rows import FoundFacility, Wrong, read_rows, says_nothing
from vliegwiel.see.facilities.where import Grounds, grounds_of

VERB = "keep-facilities"
_BATCH = 500
_KEPT_WRONG = 500
_PLACED = ("kind", "x", "y", "area", "area_name", "municipality", "municipality_name")


@dataclass(frozen=True)
class ImportedFacilities:
    """What an import did: the record of it, the wrong rows, and the columns that were not used."""

    record: FacilityImport
    wrong: tuple[Wrong, ...]
    ignored: tuple[str, ...]


@trail.recorded("import-facilities", kind="facility-import")
def import_facilities(
    *,
    actor: Actor,
    province: str,
    path: Path,
    source: str,
    kind: str = "",
    checked_on: date | None = None,
    file_name: str = "",
    made_up: bool = False,
) -> ImportedFacilities:
    """Add and change facilities of one `source`; a value that was checked later than the file says stays as it is.

    `kind` is that of all rows when the file does not say it; `checked_on` the day the file was made, for rows that do not say when they
    were checked (today when nobody knows). What is no longer in the file is counted, never closed by itself. Raises NotAllowed, NotNow when
    we have no borders of the province or somebody else changed the register meanwhile, and NotValid for a file that cannot be read or in
    which no row is right.
    """
    demand_somewhere(actor, VERB)
    grounds = grounds_of(province)
    if grounds is None:
        raise NotNow(
            _("Van deze provincie hebben wij nog geen grenzen van buurten. Lees eerst de gebieden in."), code="no-borders"
        )
    source = " ".join(source.split())[:120]
    if not source:
        raise NotValid(_("Schrijf op van wie deze lijst komt."), code="no-source")
    if kind and kind not in facility_words().kinds:
        raise NotValid(_("Deze soort voorziening kennen we niet."), code="unknown-kind")
    if checked_on is not None and checked_on > clock.today():
        raise NotValid(_("De dag van de lijst moet nog komen."), code="future")
    table = tables.read(path)
    found, wrong = read_rows(table.rows, grounds, kind=kind)
    found, elsewhere = _allowed(actor, province, source, grounds, found)
    wrong = sorted([*wrong, *elsewhere], key=lambda row: row.place)
    if not found:
        details = tuple(_("Regel {place}: {text}").format(place=row.place, text=row.text) for row in wrong[:20])
        raise NotValid(_("Geen enkele regel is te gebruiken. Er is niets veranderd."), code="no-rows", details=details)
    file_hash = _hash_of(path)
    try:
        with transaction.atomic():
            day = checked_on or _first_read(province, source, file_hash) or clock.today()
            record = _write(actor, province, grounds, found, source, day, made_up=made_up)
            record.file_name, record.file_hash = (file_name or path.name)[:200], file_hash
            record.wrong = [[row.place, row.text] for row in wrong[:_KEPT_WRONG]]
            record.save()
            facts = {"added": record.added, "changed": record.changed, "unchanged": record.unchanged, "wrong": len(wrong)}
            subject = Reference("facility-import", record.public_id, "", "")
            trail.record(actor=actor, action="import-facilities", subject=subject, facts=facts, province=province)
    except IntegrityError:
        raise _changed_meanwhile() from None
    queries.stamp.forget()
    return ImportedFacilities(record, tuple(wrong), table.ignored)


def _allowed(
    actor: Actor, province: str, source: str, grounds: Grounds, found: list[FoundFacility]
) -> tuple[list[FoundFacility], list[Wrong]]:
    """Only what lies where the actor keeps the register, and what this source had elsewhere stays of who keeps it there."""
    there = {
        key: (municipality, name)
        for key, municipality, name in Facility.objects.filter(province=province, source=source).values_list(
            "key", "municipality", "municipality_name"
        )
    }
    verdicts: dict[str, bool] = {}

    def may_keep(code: str) -> bool:
        if code not in verdicts:
            verdicts[code] = bool(may(actor, VERB, Subject(province=province, municipality=code)))
        return verdicts[code]

    kept, refused = [], []
    for item in found:
        here = (grounds.municipalities[item.area], grounds.municipality_names[item.area])
        closed = next((name for code, name in (here, there.get(item.key, here)) if not may_keep(code)), None)
        if closed is None:
            kept.append(item)
        else:
            refused.append(Wrong(item.place, _("deze plek ligt in {name}: daar houdt u de lijst niet bij").format(name=closed)))
    return kept, refused


def _write(
    actor: Actor, province: str, grounds: Grounds, found: list[FoundFacility], source: str, day: date, *, made_up: bool
) -> FacilityImport:
    known = {item.key: item for item in Facility.objects.filter(province=province, source=source)}
    added: list[Facility] = []
    changed: list[Facility] = []
    moment = clock.now()
    for row in found:
        placed = dict(zip(_PLACED, (row.kind, row.x, row.y, *_area(grounds, row.area)), strict=True))
        checked = row.checked_on or day
        there = known.get(row.key)
        if there is None:
            told = {name: value for name, value in row.values.items() if not says_nothing(value)}
            sourced = {name: [source, checked.isoformat()] for name in told}
            fresh = Facility(
                province=province, source=source, key=row.key, **placed, **told, sourced=sourced, checked_on=checked, made_up=made_up,
                entered_at=moment, changed_at=moment,
            )  # fmt: skip
            added.append(fresh)
        elif _change(there, placed, row.values, source, checked):
            same = Facility.objects.filter(pk=there.pk, version=there.version)
            values = {name: getattr(there, name) for name in (*_PLACED, *SOURCED, "sourced", "checked_on")}
            if not same.update(**values, version=there.version + 1, changed_at=moment):
                raise _changed_meanwhile()
            changed.append(there)
    Facility.objects.bulk_create(added, batch_size=_BATCH)
    findable.refresh(actor, [*added, *changed])
    keys = {row.key for row in found}
    missing = sum(item.key not in keys and item.closed_on is None for item in known.values())
    same_as_before = len(found) - len(added) - len(changed)
    counts = {"added": len(added), "changed": len(changed), "unchanged": same_as_before, "missing": missing}
    return FacilityImport(province=province, source=source, by=actor.id, imported_at=moment, **counts)


def _changed_meanwhile() -> NotNow:
    return NotNow(_("Iemand anders veranderde net iets in de lijst. Lees uw bestand opnieuw in."), code="stale")


def _area(grounds: Grounds, place: int) -> tuple[str, str, str, str]:
    return grounds.codes[place], grounds.names[place], grounds.municipalities[place], grounds.municipality_names[place]


def _change(there: Facility, placed: Mapping[str, Any], values: Mapping[str, Any], source: str, checked: date) -> bool:
    """Take over what is new and was not checked later by somebody else; whether anything changed. An empty cell says nothing.

    What has a page of its own keeps the name and place that the page has.
    """
    older = there.checked_on is not None and checked < there.checked_on
    moved = not older and not there.more_at and any(getattr(there, name) != value for name, value in placed.items())
    if moved:
        for name, value in placed.items():
            setattr(there, name, value)
    changed = moved
    for name, value in values.items():
        told = there.told_by(name)
        if says_nothing(value) or (name == "name" and there.more_at) or (told is not None and told[1] > checked):
            continue
        if getattr(there, name) != value or told is None or told[1] < checked:
            setattr(there, name, value)
            there.sourced[name] = [source, checked.isoformat()]
            changed = True
    if changed and not older:
        there.checked_on = checked
    return changed


def _first_read(province: str, source: str, file_hash: str) -> date | None:
    """The day on which this very file came in first: reading it again checks nothing again."""
    same = FacilityImport.objects.filter(province=province, source=source, file_hash=file_hash).order_by("imported_at").first()
    return same.imported_at.astimezone(clock.AMSTERDAM).date() if same else None


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
