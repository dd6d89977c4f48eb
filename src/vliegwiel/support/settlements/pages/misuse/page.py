"""Entries about misuse: read and written by two named roles only, each reading in the trail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import demand_somewhere, signed_in, to_sign_in
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.settlements.actions.enter_misuse import VERB, enter_misuse, read_misuse


def misuse_page(request: HttpRequest) -> HttpResponse:
    """`/werk/misbruik`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    demand_somewhere(actor, VERB)
    wrong: Refusal | None = None
    if request.method == "POST":
        form = request.POST
        try:
            enter_misuse(
                actor=actor,
                application=form.get("nummer", "").strip(),
                what=form.get("wat", ""),
                views_answer=form.get("reactie", ""),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            wrong = refusal
        else:
            return redirect("misuse")
    context = {"entries": read_misuse(actor=actor), "wrong": wrong, "given": request.POST if wrong else {}}
    return render(request, "support/settlements/pages/misuse/page.html", context, status=400 if wrong else 200)
