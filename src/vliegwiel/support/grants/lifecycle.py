"""The states of an application and the moves between them, as one table: who may move it, from where, to where, and why.

A move that is not here does not exist. `side` says who acts: the applicant's side (applicant and accepted co-applicants), the officer,
an assessor, who signs, or who pays and settles. `target` None leaves the state as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where an application stands (*stand van de aanvraag*)."""

    DRAFT = "draft"
    SIGNING = "signing"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    IN_ASSESSMENT = "in_assessment"
    ADVISED = "advised"
    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_TREATED = "not_treated"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"
    DETERMINED = "determined"


NAMES: Mapping[State, Promise] = MappingProxyType(
    {
        State.DRAFT: _("nog niet verstuurd"),
        State.SIGNING: _("wacht op handtekeningen"),
        State.SUBMITTED: _("ontvangen"),
        State.INCOMPLETE: _("aanvulling gevraagd"),
        State.COMPLETE: _("compleet"),
        State.IN_ASSESSMENT: _("in beoordeling"),
        State.ADVISED: _("advies klaar"),
        State.PROPOSED: _("wacht op ondertekening"),
        State.GRANTED: _("toegekend"),
        State.REFUSED: _("afgewezen"),
        State.NOT_TREATED: _("niet behandeld"),
        State.WITHDRAWN: _("ingetrokken"),
        State.REPORTED: _("verantwoording binnen"),
        State.DETERMINED: _("vastgesteld"),
    }
)

#: Not sent yet: personal, seen by the applicant's side only, truly deleted when thrown away.
UNSENT = frozenset({State.DRAFT, State.SIGNING})
#: The clock of the decision term runs (or stands still).
PENDING = frozenset({State.SUBMITTED, State.INCOMPLETE, State.COMPLETE, State.IN_ASSESSMENT, State.ADVISED, State.PROPOSED})
DECIDED = frozenset({State.GRANTED, State.REFUSED, State.NOT_TREATED})
#: Ready to be decided on its merits.
DECIDABLE = frozenset({State.COMPLETE, State.IN_ASSESSMENT, State.ADVISED})
#: An officer works on it; nothing is proposed yet.
OPEN = PENDING - {State.PROPOSED}


class Side(StrEnum):
    """Who moves an application."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    DECIDER = "decider"
    SIGNER = "signer"
    SETTLER = "settler"


VERBS: Mapping[Side, tuple[str, ...]] = MappingProxyType(
    {
        Side.APPLICANT: ("apply-for-support",),
        Side.OFFICER: ("assess-applications",),
        Side.ASSESSOR: ("score-applications", "assess-applications"),
        Side.DECIDER: ("decide-applications",),
        Side.SIGNER: ("sign-decisions", "decide-applications"),
        Side.SETTLER: ("pay-and-settle",),
    }
)


@dataclass(frozen=True)
class Move:
    """One row of the table. `verbs`: a role with any of these may do it; `why`: the ground, with its article where the law names one."""

    key: str
    side: Side
    verbs: tuple[str, ...]
    sources: frozenset[State]
    target: State | None
    why: str


def _row(key: str, side: Side, sources: frozenset[State] | set[State], target: State | None, why: str) -> Move:
    return Move(key, side, VERBS[side], frozenset(sources), target, why)


_S = State
#: Decided, so that one can object; what happens afterwards does not take that away.
_AFTER = DECIDED | {_S.REPORTED, _S.DETERMINED}
#: Sent, and not taken back: one may write about it.
_TALKING = PENDING | _AFTER
_RUNNING = frozenset({_S.GRANTED, _S.REPORTED})
_PAYABLE = _RUNNING | {_S.DETERMINED}
_OWED = frozenset({_S.DETERMINED, _S.WITHDRAWN})
#: A decision was made known that one can object to: on the application, on what came after it, or on a penalty while we are still late.
_DECIDED_ON = PENDING | _AFTER | {_S.WITHDRAWN}
#: Nothing more has to happen: from here its term of keeping runs.
CLOSED = frozenset({_S.DETERMINED, _S.REFUSED, _S.NOT_TREATED, _S.WITHDRAWN})
_ROWS = (
    # The applicant's side
    _row("fill-in-application", Side.APPLICANT, {_S.DRAFT}, None, "Een concept is van de aanvrager."),
    _row("attach-document", Side.APPLICANT, {_S.DRAFT, _S.INCOMPLETE}, None, "Stukken horen bij de aanvraag (Awb 4:2, 4:5)."),
    _row("invite-participant", Side.APPLICANT, {_S.DRAFT}, None, "Samen aanvragen kan tot de ondertekening."),
    _row("accept-invitation", Side.APPLICANT, {_S.DRAFT}, None, "Wie meedoet, zegt dat zelf."),
    _row("leave-application", Side.APPLICANT, UNSENT, _S.DRAFT, "Wie nog niet verstuurde, kan zich bedenken."),
    _row("sign-application", Side.APPLICANT, UNSENT, _S.SIGNING, "Een aanvraag is ondertekend (Awb 4:2)."),
    _row("reopen-application", Side.APPLICANT, {_S.SIGNING}, _S.DRAFT, "Wat nog niet is verstuurd, mag worden gewijzigd."),
    _row("submit-application", Side.APPLICANT, UNSENT, _S.SUBMITTED, "Ontvangen is wat ons systeem bereikt (Awb 2:17)."),
    _row("discard-application", Side.APPLICANT, UNSENT, None, "Wat nog niet is verstuurd, kan worden weggegooid."),
    _row("supply-completion", Side.APPLICANT, {_S.INCOMPLETE}, _S.SUBMITTED, "Met de aanvulling loopt de termijn weer (Awb 4:15)."),
    _row("give-views", Side.APPLICANT, DECIDABLE, None, "De aanvrager reageert voordat wij beslissen (Awb 4:7)."),
    _row("withdraw-application", Side.APPLICANT, PENDING, _S.WITHDRAWN, "Tot het besluit kan een aanvraag worden ingetrokken."),
    _row("send-message", Side.APPLICANT, _TALKING, None, "Wie iets wil weten of zeggen, schrijft de behandelaar."),
    # The officer
    _row("enter-application", Side.OFFICER, {_S.DRAFT}, None, "Op papier, aan de balie en per telefoon is gelijk aan digitaal (Awb 2:13)."),
    _row("register-application", Side.OFFICER, {_S.DRAFT}, _S.SUBMITTED, "De datumstempel is de dag van ontvangst (Awb 4:1)."),
    _row("ask-completion", Side.OFFICER, {_S.SUBMITTED, _S.COMPLETE}, _S.INCOMPLETE, "Eerst de gelegenheid om aan te vullen (Awb 4:5)."),
    _row("enter-document", Side.OFFICER, {_S.INCOMPLETE}, None, "Wat per post kwam, hoort bij de aanvraag (Awb 2:13, 4:5)."),
    _row("record-completion", Side.OFFICER, {_S.INCOMPLETE}, _S.SUBMITTED, "De stempel is de dag van ontvangst (Awb 4:15)."),
    _row("confirm-complete", Side.OFFICER, {_S.SUBMITTED, _S.INCOMPLETE}, _S.COMPLETE, "Compleet: alles wat nodig is, is er (Awb 4:2)."),
    _row("choose-ceiling", Side.OFFICER, OPEN, None, "Elke aanvraag telt onder één plafond (Awb 4:25)."),
    _row("ask-municipality", Side.OFFICER, OPEN, None, "De gemeente zegt of zij instemt; de provincie beslist."),
    _row("assess-aid", Side.OFFICER, OPEN | {_S.REFUSED, _S.NOT_TREATED}, None, "Eerst of het staatssteun is, dan de weg (Awb 4:35)."),
    _row("ask-advice", Side.OFFICER, OPEN, None, "Advies van een ander, met een datum (Awb 3:5, 3:6)."),
    _row("record-advice", Side.OFFICER, OPEN, None, "Een advies noemt zijn redenen (Awb 3:8, 3:9)."),
    _row("ask-views", Side.OFFICER, DECIDABLE, None, "Eerst horen wat de aanvrager vindt (Awb 4:7)."),
    _row("record-views", Side.OFFICER, DECIDABLE, None, "Schriftelijk of mondeling: de aanvrager kiest (Awb 4:9)."),
    _row("skip-views", Side.DECIDER, DECIDABLE, None, "Horen overslaan kan alleen op een grond (Awb 4:11, 4:12)."),
    _row("extend-term", Side.OFFICER, PENDING, None, "Een later besluit wordt op tijd gemeld, met een nieuwe datum (Awb 4:14)."),
    _row("assign-application", Side.OFFICER, PENDING, None, "Iemand is verantwoordelijk voor elk dossier."),
    _row("answer-message", Side.OFFICER, _TALKING, None, "Wie schrijft, krijgt antwoord in het dossier."),
    _row("start-assessment", Side.OFFICER, {_S.COMPLETE}, _S.IN_ASSESSMENT, "Beoordelen begint als de aanvraag compleet is."),
    _row("advise-application", Side.OFFICER, {_S.COMPLETE, _S.IN_ASSESSMENT}, _S.ADVISED, "Het advies is met redenen omkleed."),
    # The assessors
    _row("declare-free", Side.ASSESSOR, OPEN, None, "Wie beoordeelt, heeft geen belang bij de aanvraag (Awb 2:4)."),
    _row("score-application", Side.ASSESSOR, {_S.IN_ASSESSMENT}, None, "Ieder beoordeelt zelf, zonder de ander te zien."),
    # The decision
    _row("propose-decision", Side.DECIDER, DECIDABLE, _S.PROPOSED, "Een besluit met deugdelijke motivering (Awb 3:46)."),
    _row("leave-untreated", Side.DECIDER, {_S.INCOMPLETE}, _S.PROPOSED, "Niet aangevuld binnen de termijn (Awb 4:5)."),
    _row("return-decision", Side.SIGNER, {_S.PROPOSED}, None, "Wie niet tekent, zegt waarom; de aanvraag gaat terug waar zij was."),
    _row("take-grant", Side.SIGNER, {_S.PROPOSED}, _S.GRANTED, "Verlenen met mandaat, binnen het plafond (Awb 4:25)."),
    _row("take-refusal", Side.SIGNER, {_S.PROPOSED}, _S.REFUSED, "Weigeren op een genoemde grond (Awb 4:35)."),
    _row("take-not-treated", Side.SIGNER, {_S.PROPOSED}, _S.NOT_TREATED, "Niet behandelen na een ongebruikte termijn (Awb 4:5)."),
    _row("come-back-on-refusal", Side.DECIDER, {_S.REFUSED}, None, "Kwam er geld vrij, dan kan de afwijzing worden vervangen (Awb 4:25)."),
    _row("leave-line", Side.OFFICER, {_S.REFUSED}, None, "Wie vrijgekomen geld niet meer wil, laat de volgende voor (Awb 4:25)."),
    _row("rejoin-line", Side.OFFICER, {_S.REFUSED}, None, "Wie het geld toch wil, staat weer waar hij stond (Awb 4:25)."),
    _row("return-come-back", Side.SIGNER, _AFTER - {_S.NOT_TREATED}, None, "Wie niet tekent, zegt waarom; de afwijzing blijft staan."),
    _row("take-come-back", Side.SIGNER, {_S.REFUSED}, _S.GRANTED, "Alsnog verlenen met mandaat, binnen het plafond (Awb 4:25)."),
    _row("take-determination", Side.SIGNER, {_S.PROPOSED}, _S.DETERMINED, "Meteen vaststellen als de regeling dat zegt (Awb 4:43)."),
    # After the decision: places of settlement, objection and archive
    _row("write-report", Side.APPLICANT, {_S.GRANTED}, None, "De ontvanger schrijft aan een verslag en bewaart het."),
    _row("report-progress", Side.APPLICANT, {_S.GRANTED}, None, "De ontvanger vertelt tussendoor hoe het gaat (Awb 4:37)."),
    _row("report-on-grant", Side.APPLICANT, {_S.GRANTED}, _S.REPORTED, "De ontvanger legt verantwoording af (Awb 4:44, 4:45)."),
    _row("prove-duty", Side.APPLICANT, _PAYABLE, None, "De ontvanger laat zien dat aan een verplichting is voldaan (Awb 4:37)."),
    _row("ask-change", Side.APPLICANT, {_S.GRANTED}, None, "Gaat het anders dan gepland, dan vraagt de ontvanger dat eerst."),
    _row("change-account", Side.APPLICANT, _PAYABLE, None, "Wie geld krijgt, zegt op welke rekening (Awb 4:89)."),
    _row("answer-intention", Side.APPLICANT, _PAYABLE, None, "De ontvanger reageert voordat wij beslissen (Awb 4:7, 4:9)."),
    _row("order-payment", Side.SETTLER, _PAYABLE, None, "Betalen binnen zes weken, of op de dag van het plan (Awb 4:87, 4:95)."),
    _row("tie-instalment", Side.SETTLER, _RUNNING, None, "Een voorschot kan op een verplichting wachten (Awb 4:37, 4:95, zesde lid)."),
    _row("ask-report", Side.SETTLER, {_S.GRANTED}, None, "Wie niets stuurt, krijgt er een termijn voor (4:44, derde lid)."),
    _row("suspend-payment", Side.SETTLER, _PAYABLE, None, "Bij een ernstig vermoeden stopt het betalen, hoogstens dertien weken (4:56)."),
    _row("judge-proof", Side.SETTLER, _PAYABLE, None, "Wie het bewijs bekijkt, zegt of het genoeg is."),
    _row("enter-report", Side.SETTLER, {_S.GRANTED}, _S.REPORTED, "Verantwoording op papier is gelijk aan digitaal (Awb 2:13)."),
    _row("check-report", Side.SETTLER, _PAYABLE, None, "Een steekproef laat zien of vertrouwen terecht is."),
    _row("tell-intention", Side.SETTLER, _PAYABLE, None, "Eerst horen wat de ontvanger vindt (Awb 4:7)."),
    _row("note-reaction", Side.SETTLER, _PAYABLE, None, "Schriftelijk of mondeling: de ontvanger kiest (Awb 4:9)."),
    _row("skip-hearing", Side.SETTLER, _PAYABLE, None, "Horen overslaan kan alleen op een grond (Awb 4:11)."),
    _row("propose-later-decision", Side.SETTLER, _PAYABLE | _OWED, None, "Een besluit met deugdelijke motivering (Awb 3:46)."),
    _row("collect-money", Side.SETTLER, _OWED, None, "Wat te veel is betaald, komt terug (Awb 4:92, 4:97, 4:112)."),
    _row("decide-change", Side.SIGNER, {_S.GRANTED}, None, "Op een verzoek om wijziging volgt een besluit (Awb 3:46)."),
    _row("return-later-decision", Side.SIGNER, _PAYABLE | _OWED, None, "Wie niet tekent, zegt waarom."),
    _row("withdraw-grant", Side.SIGNER, _RUNNING, None, "Intrekken of verlagen voor de vaststelling (Awb 4:48, 4:50)."),
    _row("revise-determination", Side.SIGNER, {_S.DETERMINED}, None, "Intrekken of verlagen na de vaststelling, tot vijf jaar (Awb 4:49)."),
    _row("settle-grant", Side.SIGNER, {_S.GRANTED, _S.REPORTED}, _S.DETERMINED, "Vaststellen, op aanvraag of ambtshalve (Awb 4:46, 4:47)."),
    _row("lodge-objection", Side.APPLICANT, _DECIDED_ON, None, "Bezwaar binnen zes weken (Awb 6:7)."),
    _row("register-objection", Side.OFFICER, _DECIDED_ON, None, "Een bezwaar op papier telt op de dag van ontvangst (Awb 6:9)."),
    _row("revise-decision", Side.SIGNER, _AFTER, None, "Op bezwaar wordt het besluit heroverwogen (Awb 7:11)."),
    _row("revise-later-decision", Side.SIGNER, _PAYABLE | _OWED, None, "Ook een later besluit wordt op bezwaar heroverwogen (Awb 7:11)."),
    _row("give-notice", Side.APPLICANT, PENDING, None, "Wie te lang wacht, kan ons in gebreke stellen (Awb 4:17)."),
    _row("register-notice", Side.OFFICER, PENDING, None, "Ook een ingebrekestelling op papier telt (Awb 4:17)."),
    _row("determine-interest", Side.SIGNER, _AFTER | _OWED, None, "De rente die wij betalen, staat in een besluit (Awb 4:99)."),
    _row("recover-money", Side.SIGNER, _OWED, None, "Terugvorderen tot vijf jaar na de vaststelling (Awb 4:57)."),
)  # fmt: skip
MOVES: Mapping[str, Move] = MappingProxyType({row.key: row for row in _ROWS})


def moves_from(state: State) -> tuple[Move, ...]:
    """What can be done in this state, in the order of the table."""
    return tuple(move for move in MOVES.values() if state in move.sources)
