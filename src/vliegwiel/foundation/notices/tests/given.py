"""A person, records of no room at all, and reminders about them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from vliegwiel.foundation.notices.public import Due, Reminder, choose_channels, tell
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference

TEMPLATE = "foundation/notices/tests/texts/term"
JOB = Actor.system("job")
ADDRESS = ("V. Zonnen", "Luchtstraat 12", "0000 AB Nergensdam")


def about(number: int) -> Reference:
    """The record with this number."""
    return Reference("test-file", f"2026-{number:06d}", "Aanvraag & plan", f"/aanvragen/2026-{number:06d}")


def a_resident(**channels: str) -> str:
    """Someone with an account (public id) who chose these channels; with an empty outbox."""
    person = a_role("dorpsondersteuner").person.public_id
    if channels:
        choose_channels(actor=Actor("person", person), person=person, channels=channels)
    OutgoingMail.objects.all().delete()
    return person


def told(person: str, moment: str = "received", **more: Any) -> bool:
    """Tell this person something about record 1."""
    words: dict[str, Any] = {"about": about(1), "moment": moment, "template": TEMPLATE, "facts": {"day": "maandag"}}
    return tell(**{**words, "province": PROVINCE, "person": person, **more})


#: Files of a made-up year: number, first day of the term, day it was answered, and a stretch in which it stands still.
FILES: list[tuple[int, date, date, tuple[date, date]]] = []


def due(since: date, until: date) -> Iterable[Due]:
    """Two reminders for each file, after two and after four weeks, until it is answered."""
    for number, start, answered, (from_day, to_day) in FILES:
        for place, days in enumerate((14, 28), 1):
            on = start + timedelta(days=days)
            if since <= on <= until and on < answered:
                waits = "opgeschort" if from_day <= clock.today() <= to_day else ""
                yield Due(about(number), PROVINCE, f"reminder-{place}", on, address=f"f{number}@voorbeeld.invalid", paused=waits)


REMINDERS = [Reminder("term", "Termijn loopt af", TEMPLATE, due)]
REMINDERS_PATH = f"{__name__}.REMINDERS"
