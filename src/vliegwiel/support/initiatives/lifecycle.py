"""How initiatives live: their states, and who may make which move in which state, with the reason."""

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Where an initiative stands: a draft of its makers, public, taken offline by them, or gone up in another one."""

    DRAFT = "draft"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Side(Enum):
    """Who makes a move: who took the initiative, everyone who makes it, its contact, or who guards the list of their area."""

    TAKER = "taker"
    MAKER = "maker"
    ANSWERS = "answers"
    GUARD = "guard"


@dataclass(frozen=True)
class Move:
    """A move: who makes it, from which states, to which (None: it stays), why not otherwise in plain Dutch, and for who guards the list
    the verb that they need."""

    side: Side
    sources: tuple[State, ...]
    target: State | None
    why: str
    verb: str = "guard-initiatives"


#: Roles that stand for a side.
ROLES_OF = {
    Side.TAKER: ("taker",),
    Side.MAKER: ("taker", "helper"),
    Side.ANSWERS: ("taker", "contact"),
}
_OWN = (State.DRAFT, State.PUBLIC, State.WITHDRAWN)
_GONE = "Dit initiatief is samengevoegd met een ander. Ga verder bij dat initiatief."
MOVES = {
    "edit-initiative": Move(Side.MAKER, _OWN, None, _GONE),
    "place-initiative": Move(Side.MAKER, _OWN, None, _GONE),
    "add-photo": Move(Side.MAKER, _OWN, None, _GONE),
    "publish-initiative": Move(
        Side.TAKER, (State.DRAFT, State.WITHDRAWN), State.PUBLIC, "Dit initiatief staat al op de site, of ging op in een ander."
    ),
    "withdraw-initiative": Move(Side.TAKER, (State.PUBLIC,), State.WITHDRAWN, "Dit initiatief staat niet op de site."),
    "end-initiative": Move(Side.TAKER, (State.PUBLIC,), None, "Zet het initiatief eerst op de site."),
    "discard-initiative": Move(Side.TAKER, (State.DRAFT,), None, "Alleen wat nooit op de site stond, kunt u weggooien."),
    "invite-person": Move(Side.TAKER, _OWN, None, _GONE),
    "remove-person": Move(Side.TAKER, _OWN, None, _GONE),
    "answer-contact": Move(Side.ANSWERS, (State.PUBLIC, State.WITHDRAWN), None, _GONE),
    "draw-year": Move(Side.MAKER, _OWN, None, _GONE),
    "erase-year": Move(Side.MAKER, _OWN, None, _GONE),
    "share-years": Move(Side.TAKER, _OWN, None, _GONE),
    "end-sharing-years": Move(Side.TAKER, _OWN, None, _GONE),
    "clear-initiative": Move(Side.GUARD, (State.PUBLIC,), None, "Dit initiatief staat niet op de site."),
    "clean-initiative": Move(Side.GUARD, (State.PUBLIC,), None, "Dit initiatief staat niet op de site."),
    "merge-initiatives": Move(
        Side.GUARD, (State.PUBLIC,), State.MERGED, "Een van de twee staat niet meer op de site, of ging al op in een ander."
    ),
    "thank-initiative": Move(
        Side.GUARD, (State.PUBLIC,), None, "U kunt alleen een initiatief bedanken dat op de site staat.", "thank-volunteers"
    ),
}
