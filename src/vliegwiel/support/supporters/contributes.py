"""What this room hands to shared places: reminders to who answers for an authority, and supporters on the page of a place."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.monitor.public import AreaPart, Place
from vliegwiel.support.supporters.authorities import who_answers
from vliegwiel.support.supporters.lifecycle import Backing, Room
from vliegwiel.support.supporters.models import BackingRequest, RoomRequest
from vliegwiel.support.supporters.queries import supporters_at

TEXTS = "support/supporters/texts"
#: So long before the promised day, and so long after a question that nobody took up.
_BEFORE, _NO_PROMISE, _NO_ROOM = timedelta(days=2), timedelta(days=7), timedelta(days=28)


def _promised(since: date, until: date) -> Iterator[Due]:
    """Two days before a promised day: who promised it; once."""
    found = BackingRequest.objects.filter(state=Backing.PROMISED, promised_on__range=(since + _BEFORE, until + _BEFORE))
    for asked in found.exclude(promised_by="").order_by("pk"):
        if asked.promised_on is not None:
            facts = {"asked": asked, "on": day(asked.promised_on, "week")}
            about = Reference("backing-request", asked.public_id, asked.subject, f"/werk/rugdekking/{asked.public_id}")
            yield Due(about, asked.province, "promised", asked.promised_on - _BEFORE, person=asked.promised_by, facts=facts)


def _unpromised(since: date, until: date) -> Iterator[Due]:
    """A week after a question without a promised day: everyone who answers there; once."""
    found = BackingRequest.objects.filter(state=Backing.ASKED, asked_on__range=(since - _NO_PROMISE, until - _NO_PROMISE))
    for asked in found.order_by("pk"):
        about = Reference("backing-request", asked.public_id, asked.subject, f"/werk/rugdekking/{asked.public_id}")
        for person in who_answers(asked.province, asked.authority_kind, asked.authority):
            yield Due(about, asked.province, "unpromised", asked.asked_on + _NO_PROMISE, person=person, facts={"asked": asked})


def _no_room(since: date, until: date) -> Iterator[Due]:
    """Four weeks after a question for room without an answer: everyone who answers there; once."""
    found = RoomRequest.objects.filter(state=Room.ASKED, asked_on__range=(since - _NO_ROOM, until - _NO_ROOM))
    for asked in found.order_by("pk"):
        about = Reference("room-request", asked.public_id, asked.title, f"/werk/ruimte/{asked.public_id}")
        for person in who_answers(asked.province, asked.authority_kind, asked.authority):
            yield Due(about, asked.province, "no-answer", asked.asked_on + _NO_ROOM, person=person, facts={"asked": asked})


REMINDERS = [
    Reminder("backing-promised", "Een beloofd antwoord, twee dagen vooraf", f"{TEXTS}/promised_work", _promised, kind="work"),
    Reminder("backing-unpromised", "Een vraag zonder beloofde dag", f"{TEXTS}/unpromised_work", _unpromised, kind="work"),
    Reminder("room-no-answer", "Een vraag om ruimte zonder antwoord", f"{TEXTS}/no_room_work", _no_room, kind="work"),
]


def _section(place: Place) -> str:
    """Who is there for a place; nothing above a municipality, and nothing when there is nobody."""
    if place.province != settings.VLIEGWIEL_PROVINCE or place.level in (Level.PROVINCE, Level.REGION, Level.COUNTRY):
        return ""
    found = supporters_at(place.code, place.province)
    return render_to_string("support/supporters/pages/public/section.html", {"rows": found[:5]}) if found else ""


PARTS = [AreaPart("steunen", _("Dorpsondersteuners"), section=_section)]
