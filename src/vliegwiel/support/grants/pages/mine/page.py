"""My applications: the list with what is to do, a draft with how far it is, and one that was sent with its date first."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.people.public import known_person, signed_in, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.consents.public import consents_of
from vliegwiel.support.grants.actions.discard_application import discard_application, draft_term
from vliegwiel.support.grants.actions.withdraw_application import withdraw_application
from vliegwiel.support.grants.afterwards import messages_about
from vliegwiel.support.grants.drafts import Draft, applications_for, invitations_for
from vliegwiel.support.grants.gates import hearing_of
from vliegwiel.support.grants.lifecycle import MOVES, NAMES, PENDING, UNSENT, State
from vliegwiel.support.grants.models import Application, Hearing
from vliegwiel.support.grants.models.application import Channel, Purpose
from vliegwiel.support.grants.notes import notes_about
from vliegwiel.support.grants.pages.apply.review import seen_whole
from vliegwiel.support.grants.pages.apply.steps import steps_of
from vliegwiel.support.grants.pages.mine.clock import bar_of, reckoned
from vliegwiel.support.grants.pages.mine.story import answer_of, moments_of, phases_of
from vliegwiel.support.grants.pages.visitors import is_own, readable
from vliegwiel.support.grants.readiness import lacking
from vliegwiel.support.grants.standing import may_move, reference
from vliegwiel.support.grants.terms import events_of, open_request, term_from, why

_FOLDER = "support/grants/pages/mine"


@dataclass(frozen=True)
class Task:
    """An application in the list: what is to do, by when, and where."""

    application: Application
    task: str
    by: date | None
    path: str


def applications_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/aanvragen`: what waits for me first."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    person = known_person(actor.id)
    tasks = [_task(found, actor) for found in applications_for(actor)[:200]]
    context = {
        "waiting": sorted((task for task in tasks if task.task), key=lambda task: task.by or date.max),
        "others": [task for task in tasks if not task.task],
        "invitations": invitations_for(person.email) if person else [],
        "names": NAMES,
    }
    return render(request, f"{_FOLDER}/list.html", context)


def application_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}`: a draft with its pages, or where it stands and why that day."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    draft = Draft(readable(actor, application))
    if draft.application.stands in UNSENT:
        return _draft_page(request, draft, actor)
    return render(request, f"{_FOLDER}/status.html", status_of(draft, actor))


def withdraw_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/intrekken`: say once more that you are sure."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = readable(actor, application)
    if request.method == "POST":
        withdraw_application(actor=actor, application=application)
    if request.method == "POST" or found.stands not in PENDING:
        return redirect("my_application", application=application)
    return render(request, f"{_FOLDER}/withdraw.html", {"application": found})


def discard_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/weggooien`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = readable(actor, application)
    if request.method == "POST":
        paper = found.channel != Channel.WEB
        discard_application(actor=actor, application=application)
        return redirect("enter_calls" if paper else "my_applications")
    if found.stands not in UNSENT:
        return redirect("my_application", application=application)
    return render(request, f"{_FOLDER}/discard.html", {"application": found})


def status_of(draft: Draft, actor: Actor) -> dict[str, object]:
    """Everything the page of a sent application shows; the printed copy shows the same."""
    found, events = draft.application, events_of(draft.application)
    term, about = term_from(events), reference(draft.application)
    letters, consents = letters_of(about), consents_of(about)
    request = open_request(events)
    signatures = list(found.signatures.filter(purpose=Purpose.APPLICATION))
    running = found.stands in PENDING and term is not None
    decided = None if found.stands in PENDING else (found.decided_on or clock.legal_date(found.changed_at))
    return {
        "application": found,
        "draft": draft,
        "call": draft.call,
        "answer": answer_of(found, events, hearing_of(found)),
        "phases": phases_of(found),
        "moments": moments_of(found, events, consents, letters, len(signatures), hearing_of(found)),
        "why": why(events, term) if term and running else [],
        "due": found.due_on,
        "term": term,
        "bars": [bar_of(events, term, clock.today(), width, decided=decided) for width in (720, 340)] if term else [],
        "decided": found.stands in _TO_OBJECT,
        "left": max((found.due_on - clock.today()).days, 0) if found.due_on and running else None,
        "stopped": any(event.kind == "asked" for event in events),
        "reckoned": reckoned(events, term) if term else [],
        "running": running,
        "late": bool(running and found.due_on and clock.today() > found.due_on),
        "extended": any(event.kind == "extended" for event in events),
        "hearing": hearing_of(found),
        "open_hearing": open_hearing(found),
        "asked_for": request if found.stands is State.INCOMPLETE else None,
        "letters": letters,
        "messages": messages_about(actor.id, about),
        "signatures": signatures,
        "own": is_own(actor, found),
        "may_write": found.stands in MOVES["send-message"].sources,
        "exchange": found.exchange.count(),
        "may_withdraw": bool(may_move(actor, "withdraw-application", found)) and found.stands in PENDING,
        "handlers": [row.name for row in found.assignments.filter(ended_at=None, task="handler")],
        "consent": draft.rules.consent,
        "notes": notes_about(found.public_id, for_applicant=True) if is_own(actor, found) else [],
        **seen_whole(draft),
    }


#: Decided, so that one can object.
_TO_OBJECT = MOVES["lodge-objection"].sources - PENDING


def _draft_page(request: HttpRequest, draft: Draft, actor: Actor) -> HttpResponse:
    lacks = lacking(draft)
    steps = steps_of(draft, "", None if draft.application.channel != Channel.WEB else lacks)
    context = {
        "application": draft.application,
        "call": draft.call,
        "steps": steps,
        "first": next((step for step in steps if not step.done), steps[-1]),
        "ready": not lacks,
        "signing": draft.application.stands is State.SIGNING,
        "must_sign": actor.id in draft.unsigned and not lacks,
        "closed": clock.now() > draft.call.closes_at,
        "paper": draft.application.channel != Channel.WEB,
        "own": draft.application.applicant == actor.id,
        "gone": clock.legal_date(draft.application.changed_at + draft_term().kept),
        "participants": draft.participants,
    }
    return render(request, f"{_FOLDER}/draft.html", context)


def _task(found: Application, actor: Actor) -> Task:
    """What this person has to do for an application now, if anything."""
    path = f"/mijn/aanvragen/{found.public_id}"
    if found.stands is State.DRAFT:
        return Task(found, _("Vul verder in en verstuur"), _closes(found), path)
    if found.stands is State.SIGNING:
        draft = Draft(found)
        if actor.id in draft.unsigned:
            return Task(found, _("Lees en onderteken"), _closes(found), f"/aanvragen/{found.public_id}/ondertekenen")
        if not draft.unsigned:
            return Task(found, _("Verstuur: iedereen tekende"), _closes(found), f"/aanvragen/{found.public_id}/ondertekenen")
        return Task(found, "", None, path)
    if found.stands is State.INCOMPLETE:
        request = open_request(events_of(found))
        return Task(found, _("Vul aan wat we vroegen"), request.until if request else None, f"{path}/aanvullen")
    if hearing := open_hearing(found):
        return Task(found, _("Reageer op wat wij van plan zijn"), hearing.until, f"{path}/reageren")
    return Task(found, "", None, path)


def open_hearing(found: Application) -> Hearing | None:
    """A question for the applicant's views that can still be answered (Awb 4:7)."""
    hearing = hearing_of(found) if found.stands in PENDING else None
    waits = hearing is not None and hearing.until is not None and hearing.received_on is None
    return hearing if waits and hearing is not None and hearing.until is not None and clock.today() <= hearing.until else None


def _closes(found: Application) -> date:
    return clock.legal_date(Draft(found).call.closes_at)
