"""The states of an outreach task and the moves between them: who, from where, to where, why. One table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where an outreach task stands (*stand van een bereiktaak*)."""

    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


NAMES: Mapping[State, Promise] = MappingProxyType(
    {
        State.ASKED: _("gevraagd"),
        State.RUNNING: _("iemand gaat erheen"),
        State.DONE: _("er kwam iets uit"),
        State.STOPPED: _("gestopt"),
    }
)
OPEN = frozenset({State.ASKED, State.RUNNING})


@dataclass(frozen=True)
class Move:
    """One row of the table: the verb it takes, from which states, to which; `why` is its ground in one sentence."""

    key: str
    verb: str
    sources: frozenset[State]
    target: State | None
    why: str


ASK, DO = "ask-outreach", "do-outreach"
_ROWS = (
    Move("take-outreach", DO, frozenset({State.ASKED}), State.RUNNING, "Wie gaat, zegt dat."),
    Move("pass-outreach", DO, OPEN, State.ASKED, "Wie niet kan, geeft de taak door."),
    Move("note-contact", DO, frozenset({State.RUNNING}), None, "Een gesprek telt, ook als er nog niets uit komt."),
    Move("link-result", DO, frozenset({State.RUNNING}), State.DONE, "Wat eruit kwam, hoort bij de taak."),
    Move("stop-outreach", ASK, OPEN, State.STOPPED, "Stoppen heeft een reden."),
)
MOVES: Mapping[str, Move] = MappingProxyType({move.key: move for move in _ROWS})
