"""Reads of messages and preferences."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vliegwiel.foundation.notices.kinds import KINDS, LETTERS, POST, MessageKind
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.receivers import Receiver
from vliegwiel.foundation.people.models import Person, Role
from vliegwiel.foundation.people.queries import current


@dataclass(frozen=True)
class MessageFacts:
    """A message as its receiver sees it: subject, text, when, whether it was read, and the page it is about.

    `channel` is how it went; `handed_over_at` when the mail server took it, if it went by e-mail.
    """

    id: str
    subject: str
    body: str
    decided_at: datetime
    read: bool
    path: str
    channel: str = ""
    handed_over_at: datetime | None = None


def channel_of(person: Person, kind: str) -> str:
    """How this kind of message reaches this person: what they chose, else the usual way."""
    return Receiver(person, person.email).channel(kind)


def kinds_for(person: Person) -> list[MessageKind]:
    """The kinds this person can choose for: those of work only with a role now."""
    works = Role.objects.filter(current(), person=person).exists()
    return [kind for kind in KINDS.values() if works or not kind.at_work]


def unreached(province: str) -> QuerySet[Notice]:
    """Messages for paper without an address, oldest first: someone has to reach these people in another way."""
    found = Notice.objects.filter(province=province, channel=POST, letter="", told="", message_id="", postal="")
    return found.exclude(kind=LETTERS).order_by("pk")


def visible_to(person: str) -> QuerySet[Notice]:
    """The messages of a person (public id), newest first; not what they chose to get nothing of."""
    return Notice.objects.filter(person__public_id=person).exclude(subject="").order_by("-pk")


def messages_of(person: str) -> list[MessageFacts]:
    """The newest hundred messages of a person (public id)."""
    return [message_facts(notice) for notice in visible_to(person)[:100]]


def unread_count(person: str) -> int:
    """How many messages a person did not open yet."""
    return visible_to(person).filter(read_at=None).count()


def message_facts(notice: Notice) -> MessageFacts:
    """The facts of one message."""
    return MessageFacts(
        id=notice.public_id,
        subject=notice.subject,
        body=notice.body,
        decided_at=notice.decided_at,
        read=notice.read_at is not None,
        path=notice.path,
        channel=notice.channel,
        handed_over_at=notice.handed_over_at,
    )
