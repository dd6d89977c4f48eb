"""The states of an expert and of a request, and the moves between them: who, from where, to where, why. Two tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ExpertState(StrEnum):
    """Where someone stands with the pool (*stand van een deskundige*)."""

    DRAFT = "draft"
    ASKED = "asked"
    ADMITTED = "admitted"
    DECLINED = "declined"
    STOPPED = "stopped"


class RequestState(StrEnum):
    """Where a request stands (*stand van een verzoek*)."""

    WISHED = "wished"
    OPEN = "open"
    ASSIGNED = "assigned"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"


EXPERT_NAMES: Mapping[ExpertState, Promise] = MappingProxyType(
    {
        ExpertState.DRAFT: _("concept"),
        ExpertState.ASKED: _("wacht op toelating"),
        ExpertState.ADMITTED: _("in de pool"),
        ExpertState.DECLINED: _("niet toegelaten"),
        ExpertState.STOPPED: _("gestopt"),
    }
)
REQUEST_NAMES: Mapping[RequestState, Promise] = MappingProxyType(
    {
        RequestState.WISHED: _("gevraagd door het initiatief"),
        RequestState.OPEN: _("zoekt iemand"),
        RequestState.ASSIGNED: _("iemand helpt"),
        RequestState.FINISHED: _("klaar"),
        RequestState.WITHDRAWN: _("ingetrokken"),
    }
)
#: Something still has to happen.
LIVING = frozenset({RequestState.WISHED, RequestState.OPEN, RequestState.ASSIGNED})


class Side(StrEnum):
    """Who makes a move: the expert about themselves, a coordinator of the pool, who asks for an initiative, any expert of the pool, or
    the one who has the request."""

    OWN = "own"
    COORDINATOR = "coordinator"
    ASKER = "asker"
    EXPERT = "expert"
    ASSIGNED = "assigned"


@dataclass(frozen=True)
class ExpertMove:
    """A row about an expert; `why` is its ground in one sentence. A target None leaves the state as it is."""

    side: Side
    sources: frozenset[ExpertState]
    target: ExpertState | None
    why: str


@dataclass(frozen=True)
class RequestMove:
    """A row about a request."""

    sides: frozenset[Side]
    sources: frozenset[RequestState]
    target: RequestState | None
    why: str


_E, _R, _S = ExpertState, RequestState, Side
EXPERT_MOVES: Mapping[str, ExpertMove] = MappingProxyType(
    {
        "write-expert": ExpertMove(_S.OWN, frozenset(_E), None, "Wie meedoet, houdt de eigen gegevens bij."),
        "ask-admission": ExpertMove(
            _S.OWN, frozenset({_E.DRAFT, _E.DECLINED, _E.STOPPED}), _E.ASKED, "Meedoen begint met een vraag."
        ),
        "offer-time": ExpertMove(_S.OWN, frozenset(_E), None, "Alleen de deskundige weet welke dagen vrij zijn."),
        "admit-expert": ExpertMove(_S.COORDINATOR, frozenset({_E.ASKED}), _E.ADMITTED, "Een mens kijkt wie er in de pool komt."),
        "decline-expert": ExpertMove(
            _S.COORDINATOR, frozenset({_E.ASKED}), _E.DECLINED, "Wie niet in de pool komt, leest waarom."
        ),
        "stop-expert": ExpertMove(_S.OWN, frozenset({_E.ASKED, _E.ADMITTED}), _E.STOPPED, "Wie wil stoppen, stopt meteen."),
        "end-expert": ExpertMove(_S.COORDINATOR, frozenset({_E.ADMITTED}), _E.STOPPED, "Past het niet meer, dan leest u waarom."),
    }
)


def _request(sides: set[Side], sources: set[RequestState], target: RequestState | None, why: str) -> RequestMove:
    return RequestMove(frozenset(sides), frozenset(sources), target, why)


_ASKER, _EXPERT, _HAS = {_S.ASKER}, {_S.EXPERT}, {_S.ASSIGNED}
REQUEST_MOVES: Mapping[str, RequestMove] = MappingProxyType(
    {
        "open-expert-request": _request(_ASKER, {_R.WISHED}, _R.OPEN, "De adviseur kijkt wat er nodig is."),
        "change-expert-request": _request(_ASKER, {_R.OPEN}, None, "Een vraag kan beter worden gesteld."),
        "withdraw-expert-request": _request(
            _ASKER, {_R.WISHED, _R.OPEN}, _R.WITHDRAWN, "Is hulp niet meer nodig, dan weet ieder het."
        ),
        "offer-help": _request(_EXPERT, {_R.OPEN}, None, "Wie het kan, zegt het zelf."),
        "withdraw-help": _request(_EXPERT, {_R.OPEN}, None, "Wie toch niet kan, zegt het ook."),
        "invite-expert": _request(_ASKER, {_R.OPEN}, None, "Vragen mag altijd."),
        "answer-expert-invitation": _request(_EXPERT, {_R.OPEN}, None, "Wie gevraagd is, kiest zelf."),
        "assign-expert": _request(_ASKER, {_R.OPEN}, _R.ASSIGNED, "Een mens kiest, met de redenen erbij."),
        "book-expert-hours": _request(_HAS, {_R.ASSIGNED}, None, "Uren blijven binnen wat is afgesproken."),
        "correct-expert-hours": _request(_HAS, {_R.ASSIGNED}, None, "Een fout zet u recht met een tegenregel."),
        "ask-more-hours": _request(_HAS, {_R.ASSIGNED}, None, "Meer uren vragen om een ja."),
        "answer-more-hours": _request(_ASKER, {_R.ASSIGNED}, None, "Wie de uren afsprak, zegt ja of nee."),
        "give-back-request": _request(
            {_S.ASSIGNED, _S.ASKER}, {_R.ASSIGNED}, _R.OPEN, "Wie niet verder kan, geeft het terug met alles erbij."
        ),
        "finish-request": _request({_S.ASSIGNED, _S.ASKER}, {_R.ASSIGNED}, _R.FINISHED, "Klaar is klaar."),
        "note-expert-help": _request(_ASKER, {_R.FINISHED}, None, "Wie het liever vertelt, kan dat aan de adviseur."),
        "tell-expert-work": _request(_HAS, {_R.FINISHED}, None, "Ook de deskundige zegt hoe het ging."),
    }
)


class InterestState(StrEnum):
    """What an expert said about a request, or was asked (*aanbod of uitnodiging*)."""

    INVITED = "invited"
    WILLING = "willing"
    UNABLE = "unable"
    CHOSEN = "chosen"
    PASSED = "passed"


INTEREST_NAMES: Mapping[InterestState, Promise] = MappingProxyType(
    {
        InterestState.INVITED: _("uitgenodigd"),
        InterestState.WILLING: _("wil dit doen"),
        InterestState.UNABLE: _("kan niet"),
        InterestState.CHOSEN: _("gekozen"),
        InterestState.PASSED: _("een ander doet het"),
    }
)
