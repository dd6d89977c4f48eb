"""From a row of the reach list comes a task for an adviser, maybe together with a partner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.inclusion import inclusion
from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, colleague_of, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.outreach.lifecycle import ASK, DO
from vliegwiel.support.outreach.models import OutreachPartner, OutreachTask
from vliegwiel.support.outreach.reach import reach_of
from vliegwiel.support.outreach.standing import TASK, begin, finish, named, reference, without_persons


@dataclass(frozen=True)
class OutreachWish:
    """What is asked: the neighbourhood (code), a theme and groups (keys), who goes (public id) and by when, with which partner."""

    area: str
    adviser: str
    due_on: date | None
    theme: str = ""
    groups: Sequence[str] = field(default=())
    partner: str = ""
    wish: str = ""


@trail.recorded("ask-outreach", kind=TASK)
@transaction.atomic
def ask_outreach(*, actor: Actor, province: str, wish: OutreachWish) -> OutreachTask:
    """Ask an adviser to go to a neighbourhood of the reach list; they hear so.

    Raises NotFound for a place that is not on it, NotAllowed, NotNow when somebody goes there already, NotValid.
    """
    area = reach_of(province, wish.area)
    if area is None:
        raise NotFound(_("Deze buurt staat niet op de lijst."))
    where = Subject(province=province, municipality=area.municipality)
    demand(actor, ASK, where)
    if wish.theme and wish.theme not in themes():
        raise NotValid(_("Kies een thema uit de lijst."), code="no-theme")
    adviser = colleague_of(wish.adviser, [DO], where)
    if adviser is None:
        raise NotValid(_("Kies een adviseur voor deze gemeente."), code="no-adviser")
    if wish.due_on is None or wish.due_on <= clock.today():
        raise NotValid(_("Kies een dag die nog komt."), code="no-day")
    partner = OutreachPartner.objects.filter(public_id=wish.partner, province=province, ended_on=None).first()
    if wish.partner and partner is None:
        raise NotValid(_("Kies een organisatie uit de lijst."), code="no-partner")
    without_persons(wish.wish)
    try:
        with transaction.atomic():
            made = OutreachTask.objects.create(
                province=province,
                area=area.code,
                area_name=area.name,
                municipality=area.municipality,
                municipality_name=area.municipality_name,
                theme=wish.theme,
                groups=[group.key for group in inclusion().chosen(wish.groups)],
                why=_("{under} van {known} bekende thema’s staan hier onder druk: {names}.").format(
                    under=len(area.themes), known=area.known, names=", ".join(themes()[key].name for key in area.themes)
                ),
                wish=wish.wish.strip(),
                partner=partner,
                adviser=adviser.id,
                adviser_name=adviser.name[:80],
                organisation=adviser.organisation,
                organisation_name=adviser.organisation_name,
                asked_by=actor.id,
                asked_on=clock.today(),
                due_on=wish.due_on,
                made_up=bool(settings.VLIEGWIEL_DEMO or area.made_up),
            )
    except IntegrityError:
        raise NotNow(_("Er gaat al iemand naar deze buurt."), code="known-task") from None
    trail.record(
        actor=actor,
        action="ask-outreach",
        subject=reference(made),
        facts={"area": area.code, "person": adviser.id, "due": made.due_on.isoformat()},
        province=province,
    )
    _tell(made)
    return made


@trail.recorded("pass-outreach", kind=TASK, about=named("task"))
@transaction.atomic
def pass_outreach(*, actor: Actor, task: str, person: str) -> OutreachTask:
    """Give the task to another adviser, also of another organisation; with all that was noted.

    Raises NotFound, NotAllowed, NotNow, NotValid.
    """
    found = begin(actor, "pass-outreach", task)
    other = colleague_of(person, [DO], Subject(province=found.province, municipality=found.municipality))
    if other is None or other.id == found.adviser:
        raise NotValid(_("Kies een andere adviseur voor deze gemeente."), code="no-adviser")
    finish(
        actor,
        "pass-outreach",
        found,
        facts={"to": other.id},
        adviser=other.id,
        adviser_name=other.name[:80],
        organisation=other.organisation,
        organisation_name=other.organisation_name,
    )
    _tell(found)
    return found


def _tell(task: OutreachTask) -> None:
    tell(
        about=reference(task),
        moment=f"asked-{task.revision}",
        template="support/outreach/texts/asked",
        facts={"task": task},
        province=task.province,
        person=task.adviser,
        kind="work",
    )
