"""Reminders: what rooms contribute, what is due, and what stands still."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from vliegwiel.foundation.notices.kinds import POST
from vliegwiel.foundation.notices.models import Notice, Pause
from vliegwiel.foundation.notices.receivers import Receiver, channels_of, receivers_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference

#: How long a reminder may be late, for example because the worker stood still; after that it would only confuse.
LATEST = timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """One message that is due `on` a legal date: for whom, about what, under which moment; `paused` says why not, if not.

    `post` is the address for who gets it on paper, as for `tell`.
    """

    about: Reference
    province: str
    moment: str
    on: date
    person: str = ""
    address: str = ""
    post: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    paused: str = ""


@dataclass(frozen=True)
class Reminder:
    """A reminder that a room contributes (*herinnering*).

    `due(since, until)` gives what is due on these legal dates, both included; the room knows its own terms and when they stand still.
    `text` says in a few Dutch words what it is, `template` is as for `tell`.
    """

    key: str
    text: str
    template: str
    due: Callable[[date, date], Iterable[Due]]
    kind: str = "reminders"


@dataclass(frozen=True)
class Planned:
    """What will be sent: the reminder, the message, to whom, the channel it takes, and why not when it stays here (`waits`)."""

    reminder: Reminder
    due: Due
    receiver: Receiver
    channel: str
    waits: str = ""

    @property
    def without_address(self) -> bool:
        """Whether it would go on paper, but nobody knows where to."""
        return self.channel == POST and not self.due.post


def reminders() -> list[Reminder]:
    """What the rooms contribute: settings.VLIEGWIEL_REMINDERS names their lists."""
    contributed: list[Sequence[Reminder]] = [import_string(path) for path in settings.VLIEGWIEL_REMINDERS]
    return [item for part in contributed for item in part]


def planned(since: date, until: date) -> Iterator[Planned]:
    """Everything due on these dates that was not decided yet, with why it waits. One without a receiver that we know is left out."""
    pauses = list(Pause.objects.filter(lifted_at=None))
    today = clock.today()
    for reminder in reminders():
        found = list(reminder.due(since, until))
        receivers = receivers_of((due.person, due.address) for due in found)
        channels = channels_of(set(receivers.values()), reminder.kind)
        decided = _decided(found)
        for due in found:
            receiver = receivers.get((due.person, due.address))
            if receiver and not any((name, due.about.kind, due.about.id, due.moment) in decided for name in receiver.names):
                waits = due.paused or _standing_still(reminder, due, pauses, max(today, due.on))
                yield Planned(reminder, due, receiver, channels[receiver.code], waits)


def preview(province: str, *, days: int = 14) -> list[Planned]:
    """What goes out for this province from today until so many days on, and what is still due, by date."""
    today = clock.today()
    found = [item for item in planned(today - LATEST, today + timedelta(days=days)) if item.due.province == province]
    return sorted(found, key=lambda item: (item.due.on, item.reminder.key, item.due.about.id, item.due.moment))


def _standing_still(reminder: Reminder, due: Due, pauses: Iterable[Pause], day: date) -> str:
    for pause in pauses:
        is_about = pause.reminder in ("", reminder.key) and pause.about_id in ("", due.about.id)
        if pause.province == due.province and is_about and pause.starts <= day and (pause.ends is None or day <= pause.ends):
            return pause.reason
    return ""


def _decided(found: Sequence[Due]) -> set[tuple[str, str, str, str]]:
    """Which of these messages were decided before: one question for every four hundred."""
    decided: set[tuple[str, str, str, str]] = set()
    for start in range(0, len(found), 400):
        some = found[start : start + 400]
        told = Notice.objects.filter(about_id__in={due.about.id for due in some}, moment__in={due.moment for due in some})
        decided |= set(told.values_list("receiver", "about_kind", "about_id", "moment"))
    return decided
