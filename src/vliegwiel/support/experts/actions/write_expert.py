"""An expert's own page: what they can do, how far they come, and when they have time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.areas.public import place_of
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.models import Expert, FreeTime, PaidBy
from vliegwiel.support.experts.standing import HELPS, begin_expert, expert_of, find_expert, finish_expert, named

_LONGEST, _AHEAD, _MOST_TIMES = 1_000, timedelta(days=370), 24


@dataclass(frozen=True)
class About:
    """What an expert tells: skills and languages (keys), a place (area code), how many kilometres they come, and who pays."""

    name: str
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nl",)
    place: str = ""
    reach: int = 20
    remote: bool = False
    employer: str = ""
    about: str = ""
    paid_by: str = PaidBy.POOL
    shows_name: bool = False


@trail.recorded("write-expert", kind="expert")
@transaction.atomic
def write_expert(*, actor: Actor, province: str, told: About) -> Expert:
    """Keep one's own page in the pool; the first time makes it. Raises NotAllowed, NotValid with a line per problem, NotNow when it was
    changed at the same moment."""
    demand(actor, HELPS, Subject(province=province, person=actor.id))
    place = place_of(told.place, province) if told.place else None
    problems = _problems(told, place_known=not told.place or place is not None)
    if problems:
        raise NotValid(problems[0], code="incomplete", details=tuple(problems))
    fields: dict[str, Any] = {
        "name": told.name.strip()[:80],
        "employer": told.employer.strip()[:120],
        "about": told.about.strip(),
        "skills": [key for key in experts().skills if key in told.skills],
        "languages": [key for key in experts().languages if key in told.languages],
        "place": place.code if place else "",
        "place_name": place.name if place else "",
        "x": place.point[0] if place and place.point else None,
        "y": place.point[1] if place and place.point else None,
        "reach": told.reach,
        "remote": told.remote,
        "paid_by": told.paid_by,
        "shows_name": told.shows_name,
    }
    found = expert_of(actor, province)
    if found is None:
        try:
            with transaction.atomic():
                found = Expert.objects.create(province=province, person=actor.id, made_up=settings.VLIEGWIEL_DEMO)
        except IntegrityError:
            raise NotNow(_("U hebt al een pagina als deskundige. Bekijk haar opnieuw."), code="stale") from None
    begin_expert(actor, "write-expert", found)
    return finish_expert(actor, "write-expert", found, **fields)


def _problems(told: About, *, place_known: bool) -> list[str]:
    rules, problems = experts(), []
    if not told.name.strip():
        problems.append(_("Hoe heet u? Wie u vraagt, wil dat weten."))
    if not told.skills or not set(told.skills) <= set(rules.skills):
        problems.append(_("Kies waar u mee kunt helpen."))
    if not told.languages or not set(told.languages) <= set(rules.languages):
        problems.append(_("Kies de talen die u spreekt."))
    if not place_known:
        problems.append(_("Deze plaats kennen we niet. Kies een plaats in deze provincie."))
    if told.reach not in rules.reaches or told.paid_by not in PaidBy.values:
        problems.append(_("Kies een van de mogelijkheden die er staan."))
    if told.reach and not told.place:
        problems.append(_("Waar woont of werkt u? Dan weten wij wat dichtbij is."))
    if len(told.about) > _LONGEST:
        problems.append(_("Schrijf het korter: hoogstens {most} tekens.").format(most=_LONGEST))
    return problems


@trail.recorded("ask-admission", kind="expert", about=named("expert"))
@transaction.atomic
def ask_admission(*, actor: Actor, expert: str) -> Expert:
    """Ask to be let into the pool; the coordinators hear it. Raises NotFound, NotAllowed, NotNow, NotValid without a name or skill."""
    found = find_expert(expert)
    begin_expert(actor, "ask-admission", found)
    if not found.skills or not found.name:
        raise NotValid(_("Vul eerst in waar u mee kunt helpen."), code="incomplete")
    done = finish_expert(actor, "ask-admission", found, asked_on=clock.today(), said="", stopped_on=None)
    telling.to_coordinators(done, f"asked-{done.revision}", "admission_work")
    return done


@trail.recorded("offer-time", kind="expert", about=named("expert"))
@transaction.atomic
def offer_time(*, actor: Actor, expert: str, first_day: date, last_day: date, hours: int, in_days: bool = False) -> FreeTime:
    """Hours one has in a period within a year from now, that began at most a year ago. `in_days`: they were told as days. Raises
    NotFound, NotAllowed, NotValid, and NotNow when there are many periods already."""
    found = find_expert(expert)
    begin_expert(actor, "offer-time", found)
    today = clock.today()
    if not today <= last_day <= today + _AHEAD or not today - _AHEAD <= first_day <= last_day:
        raise NotValid(_("Kies een periode die nog komt, binnen een jaar."), code="period")
    most = ((last_day - first_day).days + 1) * 16
    if not 0 < hours <= most:
        raise NotValid(_("Zoveel uren passen niet in deze periode."), code="hours")
    if found.times.filter(last_day__gte=today).count() >= _MOST_TIMES:
        raise NotNow(_("U gaf al veel periodes op. Haal er eerst een weg."), code="full")
    made = FreeTime.objects.create(expert=found, first_day=first_day, last_day=last_day, hours=hours, in_days=in_days)
    finish_expert(actor, "offer-time", found, facts={"hours": hours})
    return made


@trail.recorded("offer-time", kind="expert", about=named("expert"))
@transaction.atomic
def take_time_back(*, actor: Actor, expert: str, time: int) -> None:
    """A period in which one has no time after all. Raises NotFound, NotAllowed."""
    found = find_expert(expert)
    begin_expert(actor, "offer-time", found)
    if not found.times.filter(pk=time).delete()[0]:
        raise NotFound(_("Deze vrije tijd staat er niet meer."))
    finish_expert(actor, "offer-time", found, facts={"removed": True})
