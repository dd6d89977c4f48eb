"""The states of an objection and the moves between them, as one table: who, from where, to where, and why.

A move that is not here does not exist. `target` None leaves the state as it is. Who decides is not who took or prepared the decision
(Awb 7:5, 10:3); `UNINVOLVED` names the moves for which that is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where an objection stands (*stand van het bezwaar*)."""

    RECEIVED = "received"
    REPAIRING = "repairing"
    INVITED = "invited"
    READY = "ready"
    ADVISED = "advised"
    PROPOSED = "proposed"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


NAMES: Mapping[State, Promise] = MappingProxyType(
    {
        State.RECEIVED: _("ontvangen"),
        State.REPAIRING: _("aanvulling gevraagd"),
        State.INVITED: _("uitgenodigd om te vertellen"),
        State.READY: _("gehoord, of horen is niet nodig"),
        State.ADVISED: _("advies van de commissie binnen"),
        State.PROPOSED: _("wacht op ondertekening"),
        State.DECIDED: _("besloten"),
        State.WITHDRAWN: _("ingetrokken"),
    }
)

PENDING = frozenset(State) - {State.DECIDED, State.WITHDRAWN}
#: An officer works on it; nothing is laid before a signer yet.
OPEN = PENDING - {State.PROPOSED}


class Side(StrEnum):
    """Who moves an objection."""

    OBJECTOR = "objector"
    OFFICER = "officer"
    HEARER = "hearer"
    DECIDER = "decider"
    PAYER = "payer"


VERBS: Mapping[Side, tuple[str, ...]] = MappingProxyType(
    {
        Side.OBJECTOR: ("apply-for-support",),
        Side.OFFICER: ("handle-objections",),
        Side.HEARER: ("hear-objections", "handle-objections"),
        Side.DECIDER: ("decide-objections",),
        Side.PAYER: ("pay-and-settle",),
    }
)


@dataclass(frozen=True)
class Move:
    """One row of the table. `why` is the ground, with its article where the law names one."""

    key: str
    side: Side
    sources: frozenset[State]
    target: State | None
    why: str

    @property
    def verbs(self) -> tuple[str, ...]:
        """A role with any of these may do it."""
        return VERBS[self.side]


def _row(key: str, side: Side, sources: frozenset[State] | set[State], target: State | None, why: str) -> Move:
    return Move(key, side, frozenset(sources), target, why)


_S = State
_HEARABLE = {_S.RECEIVED, _S.REPAIRING, _S.INVITED}
_PROPOSABLE = {_S.READY, _S.ADVISED}
_ROWS = (
    _row("add-grounds", Side.OBJECTOR, OPEN, None, "Stukken en gronden kunnen er later bij (Awb 6:6, 7:4)."),
    _row("supply-repair", Side.OBJECTOR, {_S.REPAIRING}, _S.RECEIVED, "Met de aanvulling loopt de termijn weer (Awb 7:10)."),
    _row("withdraw-objection", Side.OBJECTOR, PENDING, _S.WITHDRAWN, "Intrekken kan schriftelijk of tijdens de hoorzitting (Awb 6:21)."),
    _row("agree-postponement", Side.OBJECTOR, PENDING, None, "Uitstel kan als wie bezwaar maakt dat goedvindt (Awb 7:10, vierde lid)."),
    _row("ask-costs", Side.OBJECTOR, PENDING, None, "Om vergoeding van kosten vraagt iemand voor het besluit (Awb 7:15, derde lid)."),
    _row("take-objection", Side.OFFICER, OPEN, None, "Iemand is verantwoordelijk voor elk dossier."),
    _row("type-in-grounds", Side.OFFICER, OPEN, None, "Wat op papier of per telefoon komt, telt ook (Awb 2:13)."),
    _row("note-costs-request", Side.OFFICER, PENDING, None, "Ook op papier of per telefoon kan iemand erom vragen (Awb 7:15)."),
    _row("judge-lateness", Side.OFFICER, OPEN, None, "Te laat is verschoonbaar als iemand er niets aan kon doen (Awb 6:11)."),
    _row("ask-repair", Side.OFFICER, {_S.RECEIVED}, _S.REPAIRING, "Eerst de gelegenheid om het te herstellen (Awb 6:6)."),
    _row("involve-committee", Side.OFFICER, OPEN, None, "Met een adviescommissie is de termijn twaalf weken (Awb 7:10, 7:13)."),
    _row("invite-to-hearing", Side.OFFICER, _HEARABLE, _S.INVITED, "Voor het besluit wordt wie bezwaar maakt gehoord (Awb 7:2)."),
    _row("skip-hearing", Side.OFFICER, _HEARABLE, _S.READY, "Niet horen kan alleen op een grond van artikel 7:3."),
    _row("report-hearing", Side.HEARER, {_S.INVITED}, _S.READY, "Van het horen wordt een verslag gemaakt (Awb 7:7)."),
    _row("advise-objection", Side.HEARER, {_S.READY}, _S.ADVISED, "De commissie adviseert schriftelijk, met het verslag (Awb 7:13)."),
    _row("adjourn-decision", Side.OFFICER, OPEN, None, "Eén keer ten hoogste zes weken later (Awb 7:10, derde lid)."),
    _row("note-postponement", Side.OFFICER, OPEN, None, "Verder uitstel kan met instemming (Awb 7:10, vierde lid)."),
    _row("note-withdrawal", Side.OFFICER, PENDING, _S.WITHDRAWN, "Intrekken kan ook op papier of bij het horen (Awb 6:21)."),
    _row("propose-outcome", Side.OFFICER, _PROPOSABLE, _S.PROPOSED, "Het besluit wordt helemaal heroverwogen (Awb 7:11)."),
    _row("return-outcome", Side.DECIDER, {_S.PROPOSED}, _S.READY, "Wie niet tekent, zegt waarom."),
    _row("decide-objection", Side.DECIDER, {_S.PROPOSED}, _S.DECIDED, "Een gemotiveerd besluit, door wie niet betrokken was (Awb 7:12)."),
    _row("pay-objection-costs", Side.PAYER, {_S.DECIDED}, None, "Kosten betalen wij binnen zes weken (Awb 4:87, 7:15)."),
    _row("note-appeal", Side.OFFICER, {_S.DECIDED}, None, "Beroep staat open bij de rechtbank (Awb 8:1)."),
)  # fmt: skip
MOVES: Mapping[str, Move] = MappingProxyType({row.key: row for row in _ROWS})
#: Not by who took or prepared the decision. A hearing may have one of them among several (7:5): asked by `report-hearing` itself.
UNINVOLVED = frozenset(
    {
        "take-objection",
        "judge-lateness",
        "skip-hearing",
        "advise-objection",
        "propose-outcome",
        "return-outcome",
        "decide-objection",
    }
)


def moves_from(state: State) -> tuple[Move, ...]:
    """What can be done in this state, in the order of the table."""
    return tuple(move for move in MOVES.values() if state in move.sources)
