"""Inviting people: a file of addresses or a draw from the panel, and the letters with codes as files for the printer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.design.uploads import takes_files
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Problem, whole_in
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.fieldwork.actions.invite_people import draw_members, load_addresses
from vliegwiel.see.fieldwork.actions.print_invitations import IN_ONE_FILE, print_invitations, unanswered_in
from vliegwiel.see.fieldwork.actions.print_results import print_results
from vliegwiel.see.fieldwork.addresses import COLUMNS
from vliegwiel.see.fieldwork.models import Fielding
from vliegwiel.see.fieldwork.pages.work.fielding import FOLDER
from vliegwiel.see.fieldwork.queries import INVITE, fielding_named


def _too_large(request: HttpRequest, refusal: NotValid) -> HttpResponse:
    name = request.resolver_match.kwargs["fielding"] if request.resolver_match else ""
    return _page(request, name, [Problem(refusal.message, "bestand")])


@takes_files("VLIEGWIEL_LARGEST_PAPER", _too_large)
@require_http_methods(["GET", "POST"])
def letters_page(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/werk/veldwerk/<id>/brieven`."""
    actor, found = actor_of(request), fielding_named(fielding)
    demand(actor, INVITE, Subject(province=found.province))
    if request.method != "POST":
        return _page(request, fielding, [])
    try:
        if request.POST.get("doe") == "trek":
            draw_members(actor=actor, fielding=found.public_id, size=whole_in(request.POST, "aantal"))
        else:
            upload = request.FILES.get("bestand")
            data = upload.read() if upload is not None else b""
            load_addresses(actor=actor, fielding=found.public_id, data=data)
    except (NotValid, NotNow) as refusal:
        return _page(request, fielding, [Problem(line, "") for line in refusal.details or (refusal.message,)])
    return redirect("fielding_letters", found.public_id)


def _page(request: HttpRequest, fielding: str, problems: list[Problem]) -> HttpResponse:
    actor, found = actor_of(request), fielding_named(fielding)
    demand(actor, INVITE, Subject(province=found.province))
    waiting = unanswered_in(found) if found.state == Fielding.State.OPEN and found.invites else {}
    wanted = found.panel.members.filter(wants_results=True).count() if found.panel and found.state == Fielding.State.HANDED else 0
    context = {
        "results": range(1, -(-wanted // IN_ONE_FILE) + 1),
        "wanted": wanted,
        "fielding": found,
        "columns": COLUMNS,
        "parts": range(1, -(-found.invited // IN_ONE_FILE) + 1),
        "reminders": list(waiting),
        "waiting": sum(map(len, waiting.values())),
        "most": IN_ONE_FILE,
        "problems": problems,
        "prints": found.state in (Fielding.State.PLANNED, Fielding.State.OPEN) and found.invited,
    }
    return render(request, f"{FOLDER}/letters.html", context, status=400 if problems else 200)


@never_cache
@require_GET
def letters_file(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/werk/veldwerk/<id>/brieven.pdf?deel=1&soort=herinnering`."""
    actor = actor_of(request)
    part = request.GET.get("deel", "1")
    sort = request.GET.get("soort", "")
    reminder = sort == "herinnering"
    number = int(part) if part.isascii() and part.isdecimal() and len(part) < 6 else 0
    if sort == "uitkomst":
        made = print_results(actor=actor, fielding=fielding, part=number)
    else:
        made = print_invitations(actor=actor, fielding=fielding, part=number, reminder=reminder)
    answer = HttpResponse(made, content_type="application/pdf")
    name = {"herinnering": "herinneringen", "uitkomst": "uitkomst"}.get(sort, "uitnodigingen")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{number}.pdf"'
    return answer
