"""Reads of messages and preferences."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vliegwiel.foundation.notices.kinds import KINDS
from vliegwiel.foundation.notices.models import Notice, Preference
from vliegwiel.foundation.people.models import Person


@dataclass(frozen=True)
class MessageFacts:
    """A message as its receiver sees it: subject, text, when, whether it was read, and the page it is about."""

    id: str
    subject: str
    body: str
    decided_at: datetime
    read: bool
    path: str


def channel_of(person: Person, kind: str) -> str:
    """How this kind of message reaches this person: what they chose, else the usual way."""
    chosen = Preference.objects.filter(person=person, kind=kind).values_list("channel", flat=True).first()
    return chosen if chosen in KINDS[kind].choices else KINDS[kind].usual


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
    return MessageFacts(notice.public_id, notice.subject, notice.body, notice.decided_at, notice.read_at is not None, notice.path)
