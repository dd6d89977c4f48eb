"""Answers in words of a wave: what waits for whom, and what may be read. Each reading stands in the trail."""

from dataclasses import dataclass

from django.db.models import Count, Q

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.see.surveys.models import OpenAnswer, Wave

_AT_ONCE, _ON_A_PAGE = 5, 100


@dataclass(frozen=True)
class ToRead:
    """The answers that wait for this person, those that may be read on one page of so many, and how many are in each state."""

    waiting: list[OpenAnswer]
    readable: list[OpenAnswer]
    counts: dict[str, int]
    page: int
    pages: int


def open_answers_of(actor: Actor, wave: Wave, page: int = 1) -> ToRead:
    """What this person may see now of the answers in words of a wave; what may be read page by page. Only for who works on surveys."""
    demand(actor, "work-on-surveys", Subject(province=wave.survey.province))
    own = OpenAnswer.objects.filter(wave=wave)
    counts = dict(own.order_by().values_list("state").annotate(count=Count("pk")))
    states = OpenAnswer.State
    waits = own.filter(Q(state=states.NEW) | Q(state=states.ONCE) & ~Q(first_by=actor.id)).order_by("-state", "public_id")
    pages = max(1, -(-counts.get(states.READABLE, 0) // _ON_A_PAGE))
    page = min(max(page, 1), pages)
    readable = own.filter(state=states.READABLE).order_by("column", "public_id")
    some = list(readable[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE])
    found = ToRead(list(waits[:_AT_ONCE]), some, counts, page, pages)
    if found.waiting or found.readable:
        trail.record(
            actor=actor, action="read-open-answers", subject=Reference("wave", wave.public_id, "", ""), result=trail.Result.READ,
            facts={"rows": len(found.waiting) + len(found.readable)}, province=wave.survey.province,
        )  # fmt: skip
    return found
