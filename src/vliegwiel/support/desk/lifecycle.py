"""The states of a question at the desk and of the support case it may become, and the moves between them: who, from where, to where, why.

One table. `sources` are states of the enquiry; a move with `cases` also asks the state of the case. A target None leaves a state as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where a question at the desk stands (*stand van de vraag*)."""

    RECEIVED = "received"
    WAITING = "waiting"
    ANSWERED = "answered"
    SUPPORTED = "supported"
    CLOSED = "closed"


class CaseState(StrEnum):
    """Where a support case stands (*stand van het traject*)."""

    OPEN = "open"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


NAMES: Mapping[State, Promise] = MappingProxyType(
    {
        State.RECEIVED: _("wacht op antwoord"),
        State.WAITING: _("wij vroegen u iets"),
        State.ANSWERED: _("beantwoord"),
        State.SUPPORTED: _("een adviseur helpt"),
        State.CLOSED: _("afgerond"),
    }
)
CASE_NAMES: Mapping[CaseState, Promise] = MappingProxyType(
    {
        CaseState.OPEN: _("wacht op de gemeente"),
        CaseState.ACTIVE: _("loopt"),
        CaseState.PAUSED: _("staat stil"),
        CaseState.CLOSED: _("afgerond"),
    }
)
#: Someone still works on it.
OPEN = frozenset(State) - {State.CLOSED}
#: The promised day counts.
PROMISED = frozenset({State.RECEIVED})
LIVING = frozenset(CaseState) - {CaseState.CLOSED}


class Side(StrEnum):
    """Who moves a question: who asked it, or an adviser on its file."""

    RESIDENT = "resident"
    ADVISER = "adviser"


@dataclass(frozen=True)
class Move:
    """One row of the table; `why` is its ground in one sentence."""

    key: str
    side: Side
    sources: frozenset[State]
    target: State | None
    why: str
    cases: frozenset[CaseState] = frozenset()
    case_target: CaseState | None = None


_S, _C = State, CaseState
_ANY = frozenset(State)
_FIRST = frozenset({_S.RECEIVED, _S.WAITING, _S.ANSWERED})


def _case(key: str, side: Side, cases: frozenset[CaseState], target: CaseState | None, why: str) -> Move:
    sources = {_S.SUPPORTED} if _C.CLOSED not in cases else {_S.SUPPORTED, _S.CLOSED}
    return Move(key, side, frozenset(sources), _S.CLOSED if target is _C.CLOSED else None, why, cases, target)


_RUNNING = frozenset({_C.ACTIVE})
_ROWS = (
    Move("write-message", Side.RESIDENT, _ANY - {_S.CLOSED}, None, "Wie vraagt, kan er altijd iets bij zeggen."),
    Move("stop-enquiry", Side.RESIDENT, _FIRST, _S.CLOSED, "Wie vraagt, mag ook stoppen."),
    Move("disown-enquiry", Side.RESIDENT, _ANY, None, "Wie de vraag niet stelde, krijgt er geen bericht meer over."),
    Move("claim-enquiry", Side.RESIDENT, _ANY, None, "Met een account staat alles bij elkaar."),
    Move("renew-link", Side.RESIDENT, _ANY, None, "Wie een link kwijt is, maakt een nieuwe. De oude werkt dan niet meer."),
    Move("take-enquiry", Side.ADVISER, _ANY - {_S.CLOSED}, None, "Iemand is verantwoordelijk voor elke vraag."),
    Move("answer-enquiry", Side.ADVISER, _FIRST, _S.ANSWERED, "Een antwoord telt voor de beloofde dag."),
    Move("ask-back", Side.ADVISER, frozenset({_S.RECEIVED}), _S.WAITING, "Zolang wij op u wachten, staat de tijd stil."),
    Move("promise-later", Side.ADVISER, frozenset({_S.RECEIVED}), None, "Een latere dag heeft een reden die u leest."),
    Move("reply-enquiry", Side.ADVISER, frozenset({_S.SUPPORTED}), None, "Onderweg schrijven wij heen en weer."),
    Move("think-inclusion", Side.RESIDENT, _ANY - {_S.CLOSED}, None, "Wie ontbreekt, komt er zo misschien bij."),
    Move("note-inclusion", Side.ADVISER, _ANY - {_S.CLOSED}, None, "De adviseur denkt mee over wie ontbreekt."),
    Move("add-note", Side.ADVISER, _ANY, None, "Een notitie blijft in het dossier."),
    Move("hand-over", Side.ADVISER, _ANY - {_S.CLOSED}, None, "Wie overdraagt, geeft het hele dossier mee."),
    Move("share-file", Side.ADVISER, _ANY, None, "Meekijken kan alleen als dat is vastgelegd."),
    Move("correct-enquiry", Side.ADVISER, _ANY - {_S.CLOSED}, None, "Thema en plek kunnen anders blijken."),
    Move("clean-enquiry", Side.ADVISER, _ANY, None, "Wat te persoonlijk is, gaat eruit."),
    Move("withdraw-link", Side.ADVISER, _ANY, None, "Is een link bij een ander, dan trekken wij die in."),
    Move("forget-contact", Side.ADVISER, _ANY, None, "Zijn naam of nummer van een ander, dan gaan die weg."),
    Move("close-enquiry", Side.ADVISER, _FIRST, _S.CLOSED, "Is alles gezegd, dan is de vraag klaar."),
    Move("open-case", Side.ADVISER, _FIRST, _S.SUPPORTED, "Meer hulp dan een antwoord wordt een traject."),
    _case("set-goals", Side.ADVISER, LIVING, None, "De doelen zijn van de bewoner."),
    _case("start-case", Side.ADVISER, frozenset({_C.OPEN}), _C.ACTIVE, "Een traject begint als de gemeente niet tegen is."),
    _case("pause-case", Side.ADVISER, _RUNNING, _C.PAUSED, "Soms moet iets even wachten."),
    _case("resume-case", Side.ADVISER, frozenset({_C.PAUSED}), _C.ACTIVE, "Daarna gaan we verder."),
    _case("give-advice", Side.ADVISER, _RUNNING, None, "Een advies is een afspraak met een vervolg."),
    _case("move-advice", Side.ADVISER, _RUNNING, None, "Wij houden bij wat er met een advies gebeurt."),
    _case("answer-advice", Side.RESIDENT, frozenset({_C.ACTIVE, _C.PAUSED}), None, "De bewoner kiest zelf wat zij ermee doet."),
    _case("note-hours", Side.ADVISER, LIVING, None, "Uren tellen voor de subsidie van de organisatie."),
    _case("begin-application", Side.RESIDENT, frozenset({_C.ACTIVE, _C.PAUSED}), None, "Wat bekend is, vult u niet nog eens in."),
    _case("ask-expert", Side.ADVISER, _RUNNING, None, "Soms weet een deskundige meer."),
    _case("wish-for-expert", Side.RESIDENT, _RUNNING, None, "Wie hulp zoekt, mag zelf om een deskundige vragen."),
    _case("rate-expert", Side.RESIDENT, frozenset(CaseState), None, "Wie geholpen is, zegt of het hielp."),
    _case("close-case", Side.ADVISER, LIVING, _C.CLOSED, "Aan het eind staat wat eruit kwam."),
    _case(
        "tell-how-it-goes", Side.RESIDENT, frozenset(CaseState), None, "Na een half jaar, een jaar en twee jaar vragen we het na."
    ),
    _case("note-how-it-goes", Side.ADVISER, frozenset(CaseState), None, "Wie het liever vertelt, kan dat aan de adviseur."),
    _case("rate-support", Side.RESIDENT, frozenset({_C.CLOSED}), None, "Drie vragen, zodat het beter wordt."),
)
MOVES: Mapping[str, Move] = MappingProxyType({row.key: row for row in _ROWS})


class AdviceState(StrEnum):
    """What happens with an advice (*stand van een advies*)."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    BUSY = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    DECLINED = "declined"


ADVICE_NAMES: Mapping[AdviceState, Promise] = MappingProxyType(
    {
        AdviceState.PROPOSED: _("voorgesteld"),
        AdviceState.ACCEPTED: _("aangenomen"),
        AdviceState.BUSY: _("mee bezig"),
        AdviceState.BLOCKED: _("loopt vast"),
        AdviceState.DONE: _("gedaan"),
        AdviceState.DECLINED: _("niet gekozen"),
    }
)
_A = AdviceState
#: From where to where an advice goes; who answered no may change their mind.
ADVICE_MOVES: Mapping[AdviceState, frozenset[AdviceState]] = MappingProxyType(
    {
        _A.PROPOSED: frozenset({_A.ACCEPTED, _A.BUSY, _A.DONE, _A.DECLINED}),
        _A.ACCEPTED: frozenset({_A.BUSY, _A.BLOCKED, _A.DONE, _A.DECLINED}),
        _A.BUSY: frozenset({_A.BLOCKED, _A.DONE, _A.DECLINED}),
        _A.BLOCKED: frozenset({_A.BUSY, _A.DONE, _A.DECLINED}),
        _A.DONE: frozenset(),
        _A.DECLINED: frozenset({_A.ACCEPTED}),
    }
)
#: An advice about which something can still happen.
PENDING_ADVICE = frozenset({_A.PROPOSED, _A.ACCEPTED, _A.BUSY, _A.BLOCKED})
