"""With whom: invite someone, see who is in, take someone off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.grants.actions.invite_participant import invite_participant, leave_application, remove_participant
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models.application import ApplicantKind, ParticipantRole
from vliegwiel.support.grants.pages.apply.steps import FOLDER, context_of
from vliegwiel.support.grants.readiness import TOGETHER


def together_page(request: HttpRequest, draft: Draft, step: str, actor: Actor) -> HttpResponse:
    """`/aanvragen/{id}/samen`."""
    name, wrong = draft.application.public_id, ""
    if request.method == "POST":
        try:
            if "weg" in request.POST:
                remove_participant(actor=actor, application=name, participant=request.POST["weg"])
            elif "stop" in request.POST:
                leave_application(actor=actor, application=name)
                return redirect("my_applications")
            else:
                email, role = request.POST.get("email", ""), request.POST.get("rol", "")
                invite_participant(actor=actor, application=name, email=email, role=role)
        except NotValid as refusal:
            wrong = refusal.message
        else:
            return redirect(request.path)
    group = draft.application.applicant_kind == ApplicantKind.GROUP
    context = {
        **context_of(draft, TOGETHER, actor),
        "participants": draft.participants,
        "roles": ParticipantRole.choices,
        "role": request.POST.get("rol") or (ParticipantRole.CASHIER if group else ParticipantRole.CO_APPLICANT),
        "email": request.POST.get("email", "") if wrong else "",
        "wrong": wrong,
        "problems": [Problem(wrong, "email")] if wrong else [],
        "alone": draft.application.applicant == actor.id,
        "group": group,
        "next": "begroting",
    }
    return render(request, f"{FOLDER}/together.html", context)
