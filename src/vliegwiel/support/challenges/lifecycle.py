"""The states of a challenge and the moves between them: who, from where, to where, why. One table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where a challenge stands (*stand van een uitdaging*)."""

    DRAFT = "draft"
    SENT = "sent"
    WAITING = "waiting"
    ADMITTED = "admitted"
    INADMISSIBLE = "inadmissible"
    TRIAL = "trial"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


NAMES: Mapping[State, Promise] = MappingProxyType(
    {
        State.DRAFT: _("concept"),
        State.SENT: _("wordt bekeken"),
        State.WAITING: _("wacht op de indieners"),
        State.ADMITTED: _("in gesprek"),
        State.INADMISSIBLE: _("niet in behandeling"),
        State.TRIAL: _("proef"),
        State.AGREED: _("afgesproken"),
        State.REFUSED: _("afgewezen"),
        State.WITHDRAWN: _("ingetrokken"),
        State.ENDED: _("gestopt"),
    }
)
#: The authority has to answer.
PENDING = frozenset({State.SENT, State.WAITING, State.ADMITTED})
#: An answer was given.
ANSWERED = frozenset({State.INADMISSIBLE, State.TRIAL, State.AGREED, State.REFUSED, State.ENDED})


class Side(StrEnum):
    """Who makes a move: the challengers, or the authority that they challenge."""

    CHALLENGER = "challenger"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class Move:
    """One row of the table; a target None is decided by the act, or leaves the state as it is."""

    side: Side
    sources: frozenset[State]
    target: State | None
    why: str


def _own(sources: set[State], target: State | None, why: str) -> Move:
    return Move(Side.CHALLENGER, frozenset(sources), target, why)


def _theirs(sources: set[State], target: State | None, why: str) -> Move:
    return Move(Side.AUTHORITY, frozenset(sources), target, why)


_S = State
_BUSY = {_S.SENT, _S.ADMITTED}
MOVES: Mapping[str, Move] = MappingProxyType(
    {
        "write-challenge": _own({_S.DRAFT}, None, "Een concept kan nog anders."),
        "discard-challenge": _own({_S.DRAFT}, None, "Een concept gooit u weg zonder spoor."),
        "send-challenge": _own({_S.DRAFT}, _S.SENT, "Vanaf nu loopt de tijd van de overheid."),
        "add-to-challenge": _own({_S.WAITING}, None, "Wie antwoordt, laat de tijd weer lopen."),
        "withdraw-challenge": _own({_S.SENT, _S.WAITING, _S.ADMITTED}, _S.WITHDRAWN, "Wie uitdaagt, mag ook stoppen."),
        "show-challenge": _theirs(set(_S) - {_S.DRAFT}, None, "Een tekst komt op de site als er geen namen in staan."),
        "forward-challenge": _theirs({_S.SENT}, None, "Wie het niet zelf doet, stuurt door (Awb 2:3)."),
        "ask-challengers": _theirs(_BUSY, _S.WAITING, "Zonder de feiten kan niemand antwoorden."),
        "extend-challenge": _theirs(_BUSY, None, "Later mag alleen als de eigen regels dat toelaten."),
        "judge-challenge": _theirs({_S.SENT}, None, "Per grond staat er waarom wel of niet."),
        "plan-talk": _theirs({_S.ADMITTED}, None, "Een antwoord begint met een gesprek."),
        "report-talk": _theirs({_S.ADMITTED}, None, "Wat is besproken, kan iedereen lezen."),
        "weigh-challenge": _theirs({_S.ADMITTED}, None, "Anderen verdienen een gelijke kans."),
        "try-challenge": _theirs({_S.ADMITTED}, _S.TRIAL, "Een proef laat zien of het werkt."),
        "agree-challenge": _theirs({_S.ADMITTED, _S.TRIAL}, _S.AGREED, "Een afspraak staat op papier."),
        "refuse-challenge": _theirs({_S.ADMITTED, _S.TRIAL}, _S.REFUSED, "Wie nee zegt, legt uit waarom."),
        "end-challenge": _theirs({_S.TRIAL, _S.AGREED}, _S.ENDED, "Stoppen de inwoners, dan doet de overheid het weer."),
    }
)
