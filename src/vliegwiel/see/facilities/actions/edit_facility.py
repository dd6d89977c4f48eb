"""Change what is known of one facility, and close or open it again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.facilities import findable, queries
from vliegwiel.see.facilities.actions.import_facilities import VERB
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.rows import says_nothing, values_of
from vliegwiel.see.facilities.tables import FileRow


def _about(arguments: Mapping[str, Any]) -> str:
    return str(arguments.get("facility", ""))[:12]


@trail.recorded("edit-facility", kind="facility", about=_about)
@transaction.atomic
def edit_facility(*, actor: Actor, facility: str, version: int, cells: Mapping[str, str], source: str) -> Facility:
    """Keep what somebody checked today: `cells` by the columns of the spreadsheet. An empty cell makes a value unknown.

    Only values that are new get the new `source` and today as their date. What has a page of its own keeps its name.
    Raises NotAllowed, NotFound, NotNow when somebody else was first, NotValid.
    """
    found = _mine(actor, facility)
    source = " ".join(source.split())[:120]
    problems: list[str] = [] if source else [_("Schrijf op hoe u dit weet, zoals: gebeld met het dorpshuis.")]
    name = {"naam": found.name} if found.more_at else {}
    values = values_of(FileRow(0, {"naam": found.name, **cells, **name}), problems)
    if problems:
        raise NotValid(_("Er klopt iets niet."), details=tuple(problems))
    today = clock.today().isoformat()
    told = {name: value for name, value in values.items() if getattr(found, name) != value}
    sourced = {name: where for name, where in found.sourced.items() if name not in told}
    sourced |= {name: [source, today] for name, value in told.items() if not says_nothing(value)}
    return _save(actor, "edit-facility", found, version, **told, sourced=sourced, checked_on=clock.today())


@trail.recorded("close-facility", kind="facility", about=_about)
@transaction.atomic
def close_facility(*, actor: Actor, facility: str, version: int, closed_on: date) -> Facility:
    """Say that a facility closed; its page stays and says since when. Raises NotAllowed, NotFound, NotNow, NotValid."""
    found = _mine(actor, facility)
    if found.closed_on is not None:
        raise NotNow(_("Deze voorziening is al gesloten."), code="closed")
    if closed_on > clock.today():
        raise NotValid(_("Deze dag moet nog komen. Reken eerst uit wat er verandert als deze sluit."), code="future")
    return _save(actor, "close-facility", found, version, closed_on=closed_on)


@trail.recorded("open-facility", kind="facility", about=_about)
@transaction.atomic
def open_facility(*, actor: Actor, facility: str, version: int) -> Facility:
    """Take back that a facility closed. Raises NotAllowed, NotFound, NotNow when it is open."""
    found = _mine(actor, facility)
    if found.closed_on is None:
        raise NotNow(_("Deze voorziening is open."), code="open")
    return _save(actor, "open-facility", found, version, closed_on=None)


def _mine(actor: Actor, facility: str) -> Facility:
    found = queries.facility_named(facility)
    demand(actor, VERB, Subject(province=found.province, municipality=found.municipality))
    return found


def _save(actor: Actor, action: str, found: Facility, version: int, **changes: Any) -> Facility:
    """One conditional update decides who was first."""
    same = Facility.objects.filter(pk=found.pk, version=version)
    if not same.update(**changes, version=version + 1, changed_at=clock.now()):
        raise NotNow(_("Iemand anders heeft dit intussen veranderd. Kijk eerst wat er nu staat."), code="stale")
    subject = Reference("facility", found.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts={"version": version + 1}, province=found.province)
    queries.stamp.forget()
    found.refresh_from_db()
    findable.refresh(actor, [found])
    return found
