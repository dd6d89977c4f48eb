"""Pages of contact by consent, for every record that takes messages: write, confirm, and answer."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import actor_of, network_code
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import NotValid, Refusal
from vliegwiel.support.initiatives.contact import Mailbox, Written
from vliegwiel.support.initiatives.models import ContactMessage

_FOLDER = "support/initiatives/pages"
_FIELDS = {"text": "bericht", "address": "adres"}
#: Links above a page: name and path.
Crumbs = tuple[tuple[str, str], ...]


def write_contact(request: HttpRequest, to: Mailbox, crumbs: Crumbs, send: Callable[[Written], ContactMessage]) -> HttpResponse:
    """The form to write a message; `send` is the act behind it."""
    problems: list[Problem] = []
    sent = None
    if request.method == "POST":
        given = request.POST
        written = Written(given.get("bericht", ""), given.get("adres", ""), given.get("naam", ""), network_code(request))
        try:
            sent = send(written)
        except Refusal as refusal:
            problems = [Problem(refusal.message, _FIELDS.get(refusal.code, ""))]
    context = {
        "to": to,
        "crumbs": crumbs,
        "has_account": actor_of(request).kind == "person",
        "problems": problems,
        "wrong": {problem.field: problem.text for problem in problems},
        "given": request.POST,
        "sent": sent,
    }
    return render(request, f"{_FOLDER}/public/message.html", context, status=400 if problems else 200)


def confirm_contact_page(
    request: HttpRequest, message: ContactMessage, to: Mailbox, confirm: Callable[[], ContactMessage]
) -> HttpResponse:
    """The page of the link in the message to who wrote; a press of the button sends it on."""
    found = confirm() if request.method == "POST" else message
    return render(request, f"{_FOLDER}/public/confirm.html", {"message": found, "to": to})


def contact_inbox(
    request: HttpRequest,
    crumbs: Crumbs,
    messages: Callable[[], Iterable[ContactMessage]],
    may: bool,
    act: Callable[[str, str, str], object],
) -> HttpResponse:
    """What people wrote; `act` takes what is done ("antwoord", "niet", "misbruik"), the message and the answer."""
    problems: list[Problem] = []
    if request.method == "POST":
        message = request.POST.get("bericht", "")
        try:
            act(request.POST.get("doe", ""), message, request.POST.get("antwoord", ""))
        except NotValid as refusal:
            problems = [Problem(refusal.message, f"antwoord-{message}")]
        else:
            return redirect(request.path)
    rows = list(messages())
    context = {
        "crumbs": crumbs,
        "waiting": [row for row in rows if row.state == "waiting"],
        "done": [row for row in rows if row.state != "waiting"],
        "may": may,
        "problems": problems,
    }
    return render(request, f"{_FOLDER}/mine/messages.html", context, status=400 if problems else 200)
