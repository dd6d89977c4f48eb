"""Answers in words of a wave: what waits for whom, and what may be read. Each reading stands in the trail."""

from dataclasses import dataclass

from django.db.models import Count, Q

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.see.surveys.models import OpenAnswer, Wave

_AT_ONCE, _MOST = 5, 200


@dataclass(frozen=True)
class ToRead:
    """The answers that wait for this person, those that may be read, and how many are in each state."""

    waiting: list[OpenAnswer]
    readable: list[OpenAnswer]
    counts: dict[str, int]


def open_answers_of(actor: Actor, wave: Wave) -> ToRead:
    """What this person may see now of the answers in words of a wave. Only for who works on surveys."""
    demand(actor, "work-on-surveys", Subject(province=wave.survey.province))
    own = OpenAnswer.objects.filter(wave=wave)
    counts = dict(own.order_by().values_list("state").annotate(count=Count("pk")))
    states = OpenAnswer.State
    waits = own.filter(Q(state=states.NEW) | Q(state=states.ONCE) & ~Q(first_by=actor.id)).order_by("-state", "public_id")
    found = ToRead(
        list(waits[:_AT_ONCE]), list(own.filter(state=states.READABLE).order_by("column", "public_id")[:_MOST]), counts
    )
    if found.waiting or found.readable:
        trail.record(
            actor=actor, action="read-open-answers", subject=Reference("wave", wave.public_id, "", ""), result=trail.Result.READ,
            facts={"rows": len(found.waiting) + len(found.readable)}, province=wave.survey.province,
        )  # fmt: skip
    return found
