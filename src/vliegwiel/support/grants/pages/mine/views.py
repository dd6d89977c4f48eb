"""Views of the applicant (*zienswijze*, Awb 4:7): what the province intends and why, and room to react before it decides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.actions.hear_views import give_views
from vliegwiel.support.grants.gates import hearing_of
from vliegwiel.support.grants.pages.visitors import readable


def views_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/reageren`: in writing here, or spoken for who asks that: the applicant chooses (Awb 4:9)."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = readable(actor, application)
    asked, wrong = hearing_of(found), ""
    if asked is None or asked.until is None:
        return redirect("my_application", application=application)
    if request.method == "POST":
        try:
            give_views(actor=actor, application=application, views=request.POST.get("reactie", ""))
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong = refusal.message
        else:
            return redirect("my_application", application=application)
    context = {
        "application": found,
        "asked": asked,
        "too_late": clock.today() > asked.until,
        "given": request.POST,
        "problems": [Problem(wrong, "reactie")] if wrong else [],
    }
    return render(request, "support/grants/pages/mine/views.html", context)
