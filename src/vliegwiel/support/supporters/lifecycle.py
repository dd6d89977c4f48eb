"""What can be done with a question for backing or for room, by whom, from which state to which, and why not otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Backing(StrEnum):
    """Where a question for backing stands (*vraag om rugdekking*)."""

    ASKED = "asked"
    PROMISED = "promised"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Room(StrEnum):
    """Where a question for room stands (*vraag om ruimte*)."""

    ASKED = "asked"
    GIVEN = "given"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


BACKING_NAMES: Mapping[Backing, Promise] = MappingProxyType(
    {
        Backing.ASKED: _("wacht op een belofte"),
        Backing.PROMISED: _("antwoord beloofd"),
        Backing.ANSWERED: _("beantwoord"),
        Backing.WITHDRAWN: _("ingetrokken"),
    }
)
ROOM_NAMES: Mapping[Room, Promise] = MappingProxyType(
    {
        Room.ASKED: _("wacht op antwoord"),
        Room.GIVEN: _("ruimte gegeven"),
        Room.PARTLY: _("voor een deel gegeven"),
        Room.REFUSED: _("niet gegeven"),
        Room.WITHDRAWN: _("ingetrokken"),
    }
)


class Side(StrEnum):
    """Who moves: who asked, or someone who answers for the authority."""

    ASKER = "asker"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class Move:
    """One row: who, from which states, to which (None: the act says which), and why not from another one."""

    side: Side
    sources: frozenset[str]
    target: str | None
    why: Promise


_DONE = _("Hier is al op geantwoord, of de vraag is ingetrokken.")
_ROOM_DONE = _("Hier is al over beslist, of de vraag is ingetrokken.")
_OPEN = frozenset({Backing.ASKED, Backing.PROMISED})
MOVES: Mapping[str, Move] = MappingProxyType(
    {
        "promise-backing": Move(
            Side.AUTHORITY,
            frozenset({Backing.ASKED}),
            Backing.PROMISED,
            _("Er is al een dag beloofd, of de vraag is klaar. Een belofte blijft staan."),
        ),
        "answer-backing": Move(Side.AUTHORITY, _OPEN, Backing.ANSWERED, _DONE),
        "withdraw-backing": Move(Side.ASKER, _OPEN, Backing.WITHDRAWN, _DONE),
        "answer-room": Move(Side.AUTHORITY, frozenset({Room.ASKED}), None, _ROOM_DONE),
        "withdraw-room": Move(Side.ASKER, frozenset({Room.ASKED}), Room.WITHDRAWN, _ROOM_DONE),
    }
)
