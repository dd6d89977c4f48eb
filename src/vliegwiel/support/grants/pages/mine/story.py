"""What an application tells who waits for it: the answer first, five steps, and everything that happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import LetterFacts
from vliegwiel.kernel import clock
from vliegwiel.support.consents.public import ConsentFacts
from vliegwiel.support.grants.lifecycle import DECIDED, NAMES, PENDING, State
from vliegwiel.support.grants.models import Application, ClockEvent, Hearing
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.terms import items_of, open_request

_RECEIVED, _COMPLETE, _ASSESSED, _DECIDED, _PAID = range(5)


@dataclass(frozen=True)
class Answer:
    """What stands on top: a sentence, the date or word that one can repeat, and what one has to do now."""

    above: str
    big: str
    below: str
    late: bool = False


@dataclass(frozen=True)
class Phase:
    """One of the five steps: how far it is (done, now, later) and its day in words."""

    title: str
    when: str
    how: str


@dataclass(frozen=True)
class Moment:
    """Something that happened, or that is to come; `letter` is what was written about it."""

    on: date
    title: str
    text: str = ""
    how: str = "done"
    lines: tuple[str, ...] = field(default=())
    letter: LetterFacts | None = None


def answer_of(application: Application, events: Sequence[ClockEvent], hearing: Hearing | None = None) -> Answer:
    """The answer first."""
    state, due = application.stands, application.due_on
    if state is State.WITHDRAWN:
        return Answer(
            _("U trok deze aanvraag in"), _("Wij doen er niets meer mee"), _("U kunt opnieuw aanvragen als de regeling open is.")
        )
    if state not in PENDING or due is None:
        below = _("Lees de brief. Daarin staat wat u kunt doen als u het er niet mee eens bent.")
        return Answer(_("Uw aanvraag is"), str(NAMES[state]), below)
    request = open_request(list(events))
    if state is State.INCOMPLETE and request and request.until:
        below = _("Daarna loopt onze termijn weer. U hoort dan van ons uiterlijk {day}.").format(day=day(due, "week"))
        if clock.today() > request.until:
            return Answer(
                _("De tijd om aan te vullen is voorbij"),
                day(request.until, "week"),
                _("Neem contact op als u toch iets hebt."),
                True,
            )
        return Answer(_("Vul uw aanvraag aan"), _("uiterlijk {day}").format(day=day(request.until, "week")), below)
    if clock.today() > due:
        return Answer(
            _("Wij zijn te laat"),
            _("u had het {day} moeten weten").format(day=day(due)),
            _("Dat spijt ons. Hieronder staat wat u kunt doen."),
            True,
        )
    below = _NOW[state]()
    if hearing is not None and hearing.received_on:
        below = _("Wij hebben uw reactie. In het besluit leest u wat wij ermee deden.")
    elif hearing is not None and hearing.until and clock.today() <= hearing.until:
        below = _("Wij hebben nog niet beslist. U kunt eerst reageren op wat wij van plan zijn. Dat mag, het hoeft niet.")
    return Answer(_("U hoort van ons"), _("uiterlijk {day}").format(day=day(due, "week")), below)


_NOW = {
    State.SUBMITTED: lambda: _("U hoeft nu niets te doen. Wij kijken of uw aanvraag compleet is."),
    State.INCOMPLETE: lambda: _("Wij wachten op uw aanvulling."),
    State.COMPLETE: lambda: _("U hoeft nu niets te doen. Uw aanvraag is compleet en wacht op de beoordeling."),
    State.IN_ASSESSMENT: lambda: _("U hoeft nu niets te doen. Beoordelaars lezen uw aanvraag."),
    State.ADVISED: lambda: _("U hoeft nu niets te doen. Er ligt een advies. Daarna volgt het besluit."),
    State.PROPOSED: lambda: _("U hoeft nu niets te doen. Het besluit wordt getekend."),
}


def phases_of(application: Application) -> list[Phase]:
    """The five steps with their days."""
    state = application.stands
    here = {
        State.SUBMITTED: _COMPLETE,
        State.INCOMPLETE: _COMPLETE,
        State.COMPLETE: _ASSESSED,
        State.IN_ASSESSMENT: _ASSESSED,
        State.ADVISED: _DECIDED,
        State.PROPOSED: _DECIDED,
        State.GRANTED: _PAID,
    }.get(state, 9)
    due = _("uiterlijk {day}").format(day=day(application.due_on)) if application.due_on else ""
    decided = day(application.decided_on) if application.decided_on else due
    complete = day(application.complete_on) if application.complete_on else ""
    paid = _("na het besluit") if state is not State.REFUSED else ""
    titles = (
        (_("Ontvangen"), day(application.received_on)),
        (_("Compleet"), complete or (_("aanvulling gevraagd") if state is State.INCOMPLETE else _("wij kijken dat na"))),
        (_("Beoordeling"), ""),
        (_("Besluit"), decided),
        (_("Geld"), paid),
    )
    ended = state in (State.REFUSED, State.NOT_TREATED, State.WITHDRAWN)
    last = _DECIDED if ended else 4
    return [
        Phase(title, when, "now" if place == here else "done" if place < here and place <= last else "later")
        for place, (title, when) in enumerate(titles)
        if state is not State.WITHDRAWN or place == _RECEIVED
    ]


def moments_of(
    application: Application,
    events: Sequence[ClockEvent],
    consents: Sequence[ConsentFacts],
    letters: Sequence[LetterFacts],
    signers: int,
    hearing: Hearing | None = None,
) -> list[Moment]:
    """Everything that happened, newest first, with what is to come on top."""
    found = [moment for event in events for moment in _of_event(application, event, letters, signers)]
    if application.complete_on:
        found.append(Moment(application.complete_on, _("Uw aanvraag is compleet")))
    for consent in consents:
        found.append(Moment(consent.asked_on, _("Wij vroegen de gemeente om instemming")))
        if consent.answer:
            words = {"stemt-in": _("De gemeente stemt in"), "stemt-in-als": _("De gemeente stemt in, met een voorwaarde")}
            title = words.get(consent.answer, _("De gemeente stemt niet in"))
            found.append(Moment(consent.answered_on or consent.due, title, consent.wish or consent.why))
    if hearing is not None and hearing.asked_on:
        letter = next((item for item in letters if item.id == hearing.letter), None)
        found.append(Moment(hearing.asked_on, _("Wij vroegen wat u vindt van ons plan"), letter=letter))
        if hearing.received_on:
            found.append(Moment(hearing.received_on, _("U gaf uw reactie")))
    if application.decided_on and application.stands in DECIDED | {State.DETERMINED, State.REPORTED}:
        kinds = {"grant", "partial-grant", "refusal", "not-treated"}
        letter = next((item for item in letters if item.kind in kinds), None)
        title = _("Het besluit: {state}").format(state=NAMES[application.stands])
        found.append(Moment(application.decided_on, title, letter=letter))
    if application.stands is State.WITHDRAWN:
        found.append(
            Moment(clock.legal_date(application.changed_at), _("U trok de aanvraag in"), letter=_letter(letters, "withdrawn"))
        )
    found.reverse()  # of one day, what came last stands on top
    found.sort(key=lambda moment: moment.on, reverse=True)
    if application.stands in PENDING and found:
        found[0] = Moment(found[0].on, found[0].title, found[0].text, "now", found[0].lines, found[0].letter)
        if application.due_on:
            found.insert(0, Moment(application.due_on, _("Besluit"), how="to-come"))
    return found


def _of_event(application: Application, event: ClockEvent, letters: Sequence[LetterFacts], signers: int) -> list[Moment]:
    if event.kind == ClockKind.START and application.received_on:
        signed = _("Ondertekend door 1 mens.") if signers == 1 else _("Ondertekend door {count} mensen.").format(count=signers)
        return [Moment(application.received_on, _("Ontvangen"), signed, letter=_letter(letters, "receipt"))]
    if event.kind == ClockKind.ASKED:
        return [
            Moment(
                event.on,
                _("Wij vroegen u iets aan te vullen"),
                lines=tuple(item["text"] for item in items_of(event)),
                letter=_letter(letters, "completion-request", event.on),
            )
        ]
    if event.kind == ClockKind.COMPLETED:
        return [Moment(event.on, _("U vulde uw aanvraag aan"), event.reason)]
    if event.kind == ClockKind.LAPSED:
        return [Moment(event.on, _("De tijd om aan te vullen ging voorbij"))]
    if event.kind == ClockKind.EXTENDED:
        return [Moment(event.on, _("Wij hebben meer tijd nodig"), event.reason, letter=_letter(letters, "extension", event.on))]
    return []


def _letter(letters: Sequence[LetterFacts], kind: str, on: date | None = None) -> LetterFacts | None:
    return next((letter for letter in letters if letter.kind == kind and on in (None, letter.dated)), None)
