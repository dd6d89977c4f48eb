"""What came on paper, at the counter or by phone: choose the call, type it in, register it with the date stamp."""

import re
from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, Subject, actor_of, demand, demand_somewhere, may_filter
from vliegwiel.foundation.questions.public import Problem, as_typed, date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotValid, Refusal
from vliegwiel.support.grants.actions.start_application import enter_application
from vliegwiel.support.grants.actions.submit_application import register_application
from vliegwiel.support.grants.actions.supply_completion import record_completion
from vliegwiel.support.grants.afterwards import cashier_signed
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import ApplicantKind, Channel
from vliegwiel.support.grants.pages.apply.review import seen_whole
from vliegwiel.support.grants.pages.apply.steps import REVIEW, context_of, titles_of
from vliegwiel.support.grants.pages.mine.completion import asked_again
from vliegwiel.support.grants.pages.visitors import readable
from vliegwiel.support.grants.readiness import lacking, least_lacking
from vliegwiel.support.grants.standing import find, may_move
from vliegwiel.support.grants.terms import events_of, unanswered_request
from vliegwiel.support.schemes.public import calls_in

_FOLDER = "support/grants/pages/enter"
_VERB = "assess-applications"
#: The field that a refusal is about, when it is not the stamp.
_FIELDS = {"no-signature": "naam", "no-group": "penvoerder", "same-person": "penvoerder"}


def calls_page(request: HttpRequest) -> HttpResponse:
    """`/werk/invoeren`: the calls one can type in for, and what was begun."""
    actor = actor_of(request)
    demand_somewhere(actor, _VERB)
    wrong = ""
    if request.method == "POST":
        try:
            found = enter_application(actor=actor, call=request.POST.get("regeling", ""), channel=request.POST.get("hoe", ""))
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong = refusal.message
        else:
            return redirect("apply_step", application=found.public_id, step="plan")
    entered = Application.objects.filter(state=State.DRAFT).exclude(channel=Channel.WEB).order_by("-changed_at")
    context = {
        "calls": [call for call in calls_in(actor.province) if call.state in ("announced", "open", "closed")],
        "begun": may_filter(actor, _VERB, entered, Fields(province="province", municipality="municipality"))[:100],
        "channels": [(item.value, item.label) for item in (Channel.PAPER, Channel.PHONE)],
        "problems": [Problem(wrong, "regeling")] if wrong else [],
        "given": request.POST,
    }
    return render(request, f"{_FOLDER}/calls.html", context)


def register_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/werk/invoeren/{id}`: the date stamp, who signed, and everything once more; from then on the term runs."""
    actor = actor_of(request)
    draft = Draft(readable(actor, application))
    demand(actor, _VERB, Subject(province=draft.application.province, municipality=draft.application.municipality))
    if draft.application.channel == Channel.WEB:
        raise NotFound(_("Deze aanvraag is niet door ons ingevoerd."))
    if draft.application.stands is not State.DRAFT:
        return redirect("dossier", number=draft.application.number)
    problem, field = "", "stempel"
    if request.method == "POST":
        try:
            received = _stamp(request.POST.get("stempel", ""), request.POST.get("tijd", ""))
            register_application(
                actor=actor,
                application=application,
                received=received,
                name=request.POST.get("naam", ""),
                treasurer=request.POST.get("penvoerder", ""),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            problem = " ".join((refusal.message, *refusal.details))
            field = _FIELDS.get(refusal.code, "stempel")
            draft = Draft(find(application))
        else:
            return redirect("dossier", number=find(application).number)
    asked = least_lacking(draft)
    context = {
        **context_of(draft, REVIEW, actor),
        **seen_whole(draft),
        "lacks": asked,
        "later": [lack for lack in lacking(draft) if lack.field not in {item.field for item in asked}],
        "titles": titles_of(draft),
        "group": draft.application.applicant_kind == ApplicantKind.GROUP,
        "today": as_typed(clock.today()),
        "given": request.POST,
        "problems": [Problem(problem, field)] if problem else [],
    }
    return render(request, f"{_FOLDER}/register.html", context)


def completion_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/werk/invoeren/<nummer>/aanvulling`: what was asked and came by post or at the counter, with the day on the stamp."""
    actor = actor_of(request)
    draft = Draft(readable(actor, number))
    found = draft.application
    if not (allowed := may_move(actor, "record-completion", found)):
        raise NotAllowed(allowed.reasons[0].text, code=allowed.reasons[0].code)
    asked = unanswered_request(events_of(found))
    if found.stands is not State.INCOMPLETE or asked is None:
        return redirect("dossier_part", number=found.number, part="stukken")
    sent, context = asked_again(
        request,
        actor,
        draft,
        asked,
        lambda answers: record_completion(
            actor=actor,
            application=found.public_id,
            received_on=_day(request.POST.get("stempel", "")),
            text=request.POST.get("tekst", ""),
            answers=answers,
            treasurer=request.POST.get("penvoerder", ""),
        ),
        _FIELDS | {"stamp": "stempel", "too-late": "stempel"},
    )
    if sent:
        return redirect("dossier_part", number=found.number, part="stukken")
    context["group"] = found.applicant_kind == ApplicantKind.GROUP and not cashier_signed(found.public_id)
    context |= {"today": as_typed(clock.today()), "by_post": True}
    return render(request, f"{_FOLDER}/completion.html", context)


def _day(typed: str) -> date:
    found = date_of(typed)
    if found is None:
        raise NotValid(_("Schrijf de datum van de stempel zo: 16-3-2026."), code="stamp")
    return found


def _stamp(day: str, moment: str) -> datetime | date:
    """The moment of the date stamp, or only its day when no time is filled in."""
    found = _day(day)
    match = re.fullmatch(r"\s*([01]?\d|2[0-3])[.:]([0-5]\d)\s*", moment, re.ASCII)
    if moment.strip() and match is None:
        raise NotValid(_("Schrijf de tijd zo: 16.30."), code="stamp")
    return datetime.combine(found, time(int(match[1]), int(match[2])), clock.AMSTERDAM) if match else found
