"""A request for an expert: made by an adviser for a case, wished by who is helped, opened, changed, or taken back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.people.public import Subject, demand, known_person, organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.public import place_of
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.lifecycle import InterestState, RequestState
from vliegwiel.support.experts.models import ExpertRequest
from vliegwiel.support.experts.standing import ASKS, begin, find, finish, named, reference
from vliegwiel.support.initiatives.public import first_concern

_LONGEST, _MOST_HOURS, _AHEAD = 2_000, 200, timedelta(days=370)


@dataclass(frozen=True)
class Wish:
    """What is asked: a title and text that name nobody, skills (keys), hours, the last day it helps, the language, and whether help from
    afar is fine."""

    title: str
    text: str
    skills: tuple[str, ...]
    hours: int
    by: date | None
    language: str = "nl"
    remote: bool = False


@dataclass(frozen=True)
class Where:
    """For which case: its reference, its page at work, the organisation and adviser (public ids) that have it, its place (area code)."""

    about: Reference
    path: str
    province: str
    organisation: str
    adviser: str = ""
    place: str = ""


@trail.recorded("make-expert-request", kind="expert-request")
@transaction.atomic
def make_request(*, actor: Actor, where: Where, wish: Wish) -> ExpertRequest:
    """Ask the pool for an expert. Experts whose skills, place, time and language fit hear of it. Raises NotAllowed, NotValid."""
    place = place_of(where.place, where.province) if where.place else None
    demand(actor, ASKS, Subject(province=where.province, municipality=place.municipality if place else ""))
    _check(wish)
    made = _made(where, wish, RequestState.OPEN, opened_on=clock.today())
    _record(actor, "make-expert-request", made)
    _tell_the_pool(made)
    return made


@trail.recorded("keep-expert-wish", kind="expert-request")
@transaction.atomic
def wish_expert(*, actor: Actor, where: Where, wish: Wish) -> ExpertRequest:
    """What who is helped would like an expert for; the adviser looks at it first. Demands no permission of its own: the act of the room
    that knows who asks does. Raises NotValid."""
    _check(wish)
    made = _made(where, wish, RequestState.WISHED)
    _record(actor, "keep-expert-wish", made)
    telling.to_asker(made, "wished", "wished_work")
    return made


@trail.recorded("open-expert-request", kind="expert-request", about=named())
@transaction.atomic
def open_request(*, actor: Actor, request: str, wish: Wish) -> ExpertRequest:
    """Lay a wish before the pool, as the adviser puts it. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "open-expert-request", found)
    _check(wish)
    done = finish(actor, "open-expert-request", found, opened_on=clock.today(), **_fields(wish))
    _tell_the_pool(done)
    return done


@trail.recorded("change-expert-request", kind="expert-request", about=named())
@transaction.atomic
def change_request(*, actor: Actor, request: str, wish: Wish) -> ExpertRequest:
    """Say better what is asked. Who offered help already stays, and hears it. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "change-expert-request", found)
    _check(wish)
    done = finish(actor, "change-expert-request", found, **_fields(wish))
    for interest in done.interests.filter(state=InterestState.WILLING.value).select_related("expert"):
        telling.to_expert(interest.expert, done, f"changed-{done.revision}", "changed")
    _tell_the_pool(done)
    return done


@trail.recorded("withdraw-expert-request", kind="expert-request", about=named())
@transaction.atomic
def withdraw_request(*, actor: Actor, request: str, why: str) -> ExpertRequest:
    """It is not needed any more, or a wish does not become a request; who offered help hears why. Raises NotFound, NotAllowed, NotNow,
    NotValid."""
    found = find(request)
    begin(actor, "withdraw-expert-request", found)
    if not why.strip():
        raise NotValid(_("Schrijf waarom het verzoek stopt. Wie hulp aanbood, leest dit."), code="why")
    return withdrawn(actor, found, why.strip())


def withdrawn(actor: Actor, found: ExpertRequest, why: str) -> ExpertRequest:
    """End an open request; part of the caller's transaction, which asked who may."""
    done = finish(actor, "withdraw-expert-request", found, ended_on=clock.today(), said=why)
    waiting = done.interests.filter(state__in=[InterestState.WILLING.value, InterestState.INVITED.value])
    for interest in waiting.select_related("expert"):
        telling.to_expert(interest.expert, done, "withdrawn", "withdrawn", {"why": why})
    waiting.update(state=InterestState.PASSED.value)
    return done


def _check(wish: Wish) -> None:
    rules, today, problems = experts(), clock.today(), []
    if not wish.title.strip() or not wish.text.strip():
        problems.append(_("Schrijf in een paar zinnen wat u vraagt."))
    if concern := first_concern([wish.title, wish.text]):
        problems.append(concern)
    if len(wish.text) > _LONGEST:
        problems.append(_("Schrijf het korter: hoogstens {most} tekens.").format(most=_LONGEST))
    if not wish.skills or not set(wish.skills) <= set(rules.skills):
        problems.append(_("Kies wat de deskundige moet kunnen."))
    if wish.language not in rules.languages:
        problems.append(_("Kies een taal die er staat."))
    if not 0 < wish.hours <= _MOST_HOURS:
        problems.append(_("Vraag minstens 1 en hoogstens {most} uur.").format(most=_MOST_HOURS))
    if wish.by is None or not today <= wish.by <= today + _AHEAD:
        problems.append(_("Kies een laatste dag die nog komt, binnen een jaar."))
    if problems:
        raise NotValid(problems[0], code="incomplete", details=tuple(problems))


def _fields(wish: Wish) -> dict[str, Any]:
    return {
        "title": wish.title.strip()[:120],
        "text": wish.text.strip(),
        "skills": [key for key in experts().skills if key in wish.skills],
        "language": wish.language,
        "remote": wish.remote,
        "hours": wish.hours,
        "by": wish.by,
    }


def _made(where: Where, wish: Wish, state: RequestState, **more: Any) -> ExpertRequest:
    place = place_of(where.place, where.province) if where.place else None
    known = known_person(where.adviser) if where.adviser else None
    return ExpertRequest.objects.create(
        province=where.province,
        municipality=place.municipality if place else "",
        about_kind=where.about.kind,
        about_id=where.about.id,
        about_title=where.about.title[:120],
        path=where.path,
        organisation=where.organisation,
        organisation_name=organisation_names([where.organisation]).get(where.organisation, ""),
        adviser=where.adviser,
        adviser_name=known.name[:80] if known else "",
        place=place.code if place else "",
        place_name=place.name if place else "",
        x=place.point[0] if place and place.point else None,
        y=place.point[1] if place and place.point else None,
        state=state.value,
        asked_on=clock.today(),
        made_up=settings.VLIEGWIEL_DEMO,
        **_fields(wish),
        **more,
    )


def _record(actor: Actor, key: str, made: ExpertRequest) -> None:
    facts: dict[str, str | int | bool | None] = {"hours": made.hours, "due": made.by.isoformat()}
    trail.record(actor=actor, action=key, subject=reference(made), facts=facts, province=made.province)


def _tell_the_pool(request: ExpertRequest) -> None:
    """Every expert whom it fits, once per request."""
    from vliegwiel.support.experts.queries import candidates_for

    for expert, found in candidates_for(request):
        if found.fits:
            telling.to_expert(expert, request, "fits", "fits")
