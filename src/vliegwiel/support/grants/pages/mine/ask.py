"""A message to who handles the application, with what was written before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.actions.exchange_messages import LONGEST, send_message
from vliegwiel.support.grants.lifecycle import MOVES, UNSENT
from vliegwiel.support.grants.pages.visitors import is_own, readable


def ask_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/bericht`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found, wrong = readable(actor, application), ""
    if found.stands in UNSENT or not is_own(actor, found):
        return redirect("my_application", application=application)
    if request.method == "POST":
        try:
            send_message(actor=actor, application=application, text=request.POST.get("bericht", ""))
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong = refusal.message
        else:
            return redirect("my_message", application=application)
    context = {
        "application": found,
        "exchange": list(found.exchange.all()),
        "handlers": [row.name for row in found.assignments.filter(ended_at=None, task="handler")],
        "open": found.stands in MOVES["send-message"].sources,
        "longest": LONGEST,
        "given": request.POST if wrong else {},
        "problems": [Problem(wrong, "bericht")] if wrong else [],
    }
    return render(request, "support/grants/pages/mine/ask.html", context, status=400 if wrong else 200)
