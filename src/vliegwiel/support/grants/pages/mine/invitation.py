"""An invitation to apply along: read what it is, and say yes or no."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import known_person, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.grants.actions.invite_participant import accept_invitation, decline_invitation
from vliegwiel.support.grants.standing import find, invitation_for, takes_part


def invitation_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/uitnodiging`: only for the account at the address that was invited; who has another sees that."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found, wrong = find(application), ""
    if takes_part(actor.id, found):
        return redirect("my_application", application=application)
    if request.method == "POST":
        try:
            if "nee" in request.POST:
                decline_invitation(actor=actor, application=application)
                return redirect("my_applications")
            accept_invitation(actor=actor, application=application, name=request.POST.get("naam", ""))
            return redirect("my_application", application=application)
        except NotValid as refusal:
            wrong = refusal.message
    invited, person = invitation_for(actor, found), known_person(actor.id)
    context = {
        "invited": invited,
        "application": found if invited else None,
        "person": person,
        "own_name": person.name if person and "@" not in person.name else "",
        "given": request.POST,
        "problems": [Problem(wrong, "naam")] if wrong else [],
    }
    return render(request, "support/grants/pages/mine/invitation.html", context)
