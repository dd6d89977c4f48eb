"""Which other applications are about the same thing: asked by the same people, or for a plan of the same name."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet, Value
from django.db.models.functions import Lower

from vliegwiel.kernel.reading import once
from vliegwiel.support.grants.lifecycle import PENDING, State
from vliegwiel.support.grants.models import Application, Participant
from vliegwiel.support.grants.standing import participants_of

_COUNTS = frozenset({*PENDING, State.GRANTED, State.REPORTED})
#: So many of each kind are looked at; nobody asks more often.
_LOOKED_AT = 500
#: So many are told, the newest first.
MOST = 20
#: What is told of another application; the rest of it is not read.
_TOLD = ("public_id", "number", "title", "scheme_title", "state", "asked")


class _Plan(NamedTuple):
    """What is looked at of another application."""

    pk: int
    province: str
    scheme: str
    state: str
    title: str


def same_thing(application: Application) -> list[Application]:
    """Other applications that were sent and are pending or granted, for the same scheme, of the same people or for the same plan."""
    every = Application.objects.all()
    plans = _of_people(application)
    if application.organisation:
        plans |= _newest(every.filter(organisation=application.organisation))
    if application.account:
        plans |= _newest(every.filter(account=application.account))
    if application.title:
        called = every.alias(called=Lower("title")).filter(called=Lower(Value(application.title)))
        plans |= _newest(called.filter(municipality=application.municipality))
    here = (application.province, application.scheme)
    return _told(application, (plan for plan in plans if (plan.province, plan.scheme) == here and plan.state in _COUNTS))


def elsewhere(application: Application) -> list[Application]:
    """Applications of the same people for a plan of the same name under another scheme: money that may come twice."""
    if not application.title:
        return []
    called = application.title.casefold()
    others = (plan for plan in _of_people(application) if plan.scheme != application.scheme and plan.title.casefold() == called)
    counts = _COUNTS | {State.DETERMINED}
    return _told(application, (plan for plan in others if plan.province == application.province and plan.state in counts))


def _told(application: Application, plans: Iterable[_Plan]) -> list[Application]:
    """The newest of these other plans, as they are told."""
    keys = sorted({plan.pk for plan in plans} - {application.pk}, reverse=True)[:MOST]
    return list(Application.objects.filter(pk__in=keys).only(*_TOLD).order_by("-pk"))


def _of_people(application: Application) -> set[_Plan]:
    """The plans of those who ask here. Each question rests on one index: asked together they would read the archive."""
    return set(once(("of people", application.pk), lambda: _asked_by(application)))


def _asked_by(application: Application) -> set[_Plan]:
    people = [person for person in (application.applicant, *(row.person for row in participants_of(application))) if person]
    along = Participant.objects.filter(person__in=people).exclude(person="").order_by("-pk")
    found = along.values_list(*(f"application__{name}" for name in _Plan._fields))[:_LOOKED_AT]
    return _newest(Application.objects.filter(applicant__in=people)) | {_Plan(*row) for row in found}


def _newest(found: QuerySet[Application]) -> set[_Plan]:
    return {_Plan(*row) for row in found.order_by("-pk").values_list(*_Plan._fields)[:_LOOKED_AT]}
