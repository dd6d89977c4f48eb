"""The life of a scheme and of a call as tables: from where to where, by whom, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SchemeState(StrEnum):
    """Where a scheme stands (*stand van de regeling*)."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    CLOSED = "closed"


class CallState(StrEnum):
    """Where a call stands (*stand van de openstelling*)."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    DIVIDED = "divided"
    DECIDED = "decided"


SCHEME_NAMES: Mapping[SchemeState, Promise] = MappingProxyType(
    {
        SchemeState.DRAFT: _("in de maak"),
        SchemeState.IN_FORCE: _("geldt"),
        SchemeState.CLOSED: _("gestopt"),
    }
)
CALL_NAMES: Mapping[CallState, Promise] = MappingProxyType(
    {
        CallState.PLANNED: _("gepland"),
        CallState.ANNOUNCED: _("komt eraan"),
        CallState.OPEN: _("open"),
        CallState.CLOSED: _("gesloten"),
        CallState.DIVIDED: _("verdeeld"),
        CallState.DECIDED: _("beslist"),
    }
)


@dataclass(frozen=True)
class Move:
    """One row: from which states to which, with the verb that allows it ("" for the clock itself) and the ground."""

    key: str
    sources: frozenset[CallState]
    target: CallState | None
    verb: str
    why: str


_S = CallState
_ROWS = (
    Move("change-call", frozenset({_S.PLANNED}), None, "manage-schemes", "Wat nog niet bekend is gemaakt, mag anders."),
    Move("announce-call", frozenset({_S.PLANNED}), _S.ANNOUNCED, "manage-schemes", "Bekend voor de aanvang (Awb 4:26, 4:27)."),
    Move("drop-call", frozenset({_S.PLANNED}), None, "manage-schemes", "Wat nog niet bekend is gemaakt, kan weg."),
    Move("open-call", frozenset({_S.ANNOUNCED}), _S.OPEN, "", "Het tijdvak is begonnen."),
    Move("close-call", frozenset({_S.ANNOUNCED, _S.OPEN}), _S.CLOSED, "", "Het tijdvak is voorbij."),
    Move("mark-divided", frozenset({_S.CLOSED}), _S.DIVIDED, "decide-applications", "De verdeling staat vast."),
    Move("mark-decided", frozenset({_S.CLOSED, _S.DIVIDED}), _S.DECIDED, "decide-applications", "Op elke aanvraag is beslist."),
)  # fmt: skip
MOVES: Mapping[str, Move] = MappingProxyType({row.key: row for row in _ROWS})
