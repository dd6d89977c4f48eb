"""The states of a confidential case and the moves between them: from where, to where, why. One table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where a confidential case stands (*stand van een vertrouwelijke zaak*)."""

    OPEN = "open"
    CLOSED = "closed"
    PROPOSED = "proposed"


NAMES: Mapping[State, Promise] = MappingProxyType(
    {
        State.OPEN: _("loopt"),
        State.CLOSED: _("afgesloten"),
        State.PROPOSED: _("voorgesteld om te vernietigen"),
    }
)


@dataclass(frozen=True)
class Move:
    """One row of the table; a target None leaves the state as it is, `why` is its ground in one sentence."""

    key: str
    sources: frozenset[State]
    target: State | None
    why: str


_OPEN, _ANY = frozenset({State.OPEN}), frozenset(State)
_ROWS = (
    Move("read-case", _ANY, None, "Wie leest, zegt waarvoor."),
    Move("write-case", _OPEN, None, "Wat de mensen zelf willen, staat voorop."),
    Move("note-signal", _OPEN, None, "Een signaal zegt wat is gezien, door wie en wanneer."),
    Move("hand-signal-over", _OPEN, None, "Een signaal gaat alleen met doel en grondslag naar een ander."),
    Move("note-party-answer", _OPEN, None, "Wij houden bij wat de andere partij deed."),
    Move("plan-step", _OPEN, None, "Een stap heeft een dag."),
    Move("finish-step", _OPEN, None, "Een stap die klaar is, telt niet meer mee."),
    Move("take-confidential", _OPEN, None, "Iemand van het team is verantwoordelijk."),
    Move("pass-confidential", _OPEN, None, "Wie weggaat, draagt over binnen het team."),
    Move("close-confidential", _OPEN, State.CLOSED, "Aan het eind staat wat eruit kwam en wat blijft."),
    Move("receive-access-request", _ANY, None, "Wie het aangaat, mag vragen wat wij weten (AVG 15)."),
    Move("extend-access-request", _ANY, None, "Is het veel werk, dan mag het één keer langer duren (AVG 12, derde lid)."),
    Move("answer-access-request", _ANY, None, "Een antwoord zegt wat wij geven en wat niet."),
    Move("propose-end", frozenset({State.CLOSED}), State.PROPOSED, "Na de bewaartermijn gaat een dossier weg."),
    Move(
        "keep-confidential", frozenset({State.CLOSED, State.PROPOSED}), State.CLOSED, "Langer bewaren heeft een reden en een dag."
    ),
    Move("destroy-confidential", frozenset({State.PROPOSED}), None, "Twee mensen van het team beslissen samen."),
)
MOVES: Mapping[str, Move] = MappingProxyType({move.key: move for move in _ROWS})
