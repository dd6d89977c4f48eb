"""Small forms of a recipient: ask a change, react, another account, show that an obligation was met."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem, day_or_none
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, Refusal
from vliegwiel.support.grants.public import State
from vliegwiel.support.settlements.actions.change_plan import ask_change
from vliegwiel.support.settlements.actions.hear_recipient import answer_intention
from vliegwiel.support.settlements.actions.order_payment import change_account
from vliegwiel.support.settlements.actions.prove_duty import prove_duty
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.pages.visitors import own_file

_FOLDER = "support/settlements/pages/mine"
Does = Callable[[Actor, GrantFile], object]


def change_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/geld/wijzigen`."""

    def ask(actor: Actor, file: GrantFile) -> object:
        form = request.POST
        new_end = day_or_none(form, "einde")
        return ask_change(
            actor=actor, application=file.name, what=form.get("wat", ""), why=form.get("waarom", ""), new_end=new_end
        )

    return _page(
        request, application, "change", "wat", ask, lambda file: file.grant.state is State.GRANTED and not file.open_change
    )


def reaction_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/geld/reageren`: in writing here, or spoken for who asks that: they choose (Awb 4:9)."""

    def answer(actor: Actor, file: GrantFile) -> object:
        return answer_intention(actor=actor, application=file.name, views=request.POST.get("reactie", ""))

    return _page(request, application, "reaction", "reactie", answer, lambda file: file.intention and file.intention.until)


def account_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/geld/rekening`."""

    def change(actor: Actor, file: GrantFile) -> object:
        form = request.POST
        return change_account(
            actor=actor, application=file.name, account=form.get("rekening", ""), account_name=form.get("naam", "")
        )

    payable = (State.GRANTED, State.REPORTED, State.DETERMINED)
    return _page(request, application, "account", "rekening", change, lambda file: file.grant.state in payable)


def duty_page(request: HttpRequest, application: str, duty: int) -> HttpResponse:
    """`/mijn/aanvragen/{id}/geld/verplichting/{nummer}`."""

    def prove(actor: Actor, file: GrantFile) -> object:
        text, upload = request.POST.get("tekst", ""), request.FILES.get("stuk")
        return prove_duty(actor=actor, application=file.name, duty=duty, text=text, upload=upload)

    def found(file: GrantFile) -> Any:
        item = next((item for item in file.duties if item.id == duty), None)
        if item is None:
            raise NotFound(_("Deze verplichting hoort niet bij uw subsidie."))
        return item if item.met_on is None else None

    return _page(request, application, "duty", "tekst", prove, found)


def _page(
    request: HttpRequest, application: str, name: str, field: str, does: Does, there: Callable[[GrantFile], Any]
) -> HttpResponse:
    """One form: only when there is something to do; after it back to the money page."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    file = own_file(actor, application)
    item = there(file)
    if not item:
        return redirect("my_money", application=file.name)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            does(actor, file)
        except NotAllowed:
            raise
        except Refusal as refusal:
            problems = [Problem(refusal.message, field)]
        else:
            return redirect("my_money", application=file.name)
    context: dict[str, Any] = {
        "file": file,
        "grant": file.grant,
        "item": item,
        "told": file.intention,
        "open": file.open_intention,
        "given": request.POST,
        "problems": problems,
        "made_up": file.grant.made_up,
    }
    return render(request, f"{_FOLDER}/{name}.html", context, status=400 if problems else 200)
