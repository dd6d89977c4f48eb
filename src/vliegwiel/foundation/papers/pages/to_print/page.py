"""Letters that go by post: what is to be printed, the file for the printer, and telling what was posted."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.papers.actions.decide_sending import mark_printed
from vliegwiel.foundation.papers.actions.print_letters import MOST, print_letters
from vliegwiel.foundation.papers.pages.paper.page import as_file
from vliegwiel.foundation.papers.queries import waiting_for_post
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.kernel import clock


@require_GET
def to_print_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/brieven`: the oldest hundred that wait for the post."""
    province = settings.VLIEGWIEL_PROVINCE
    demand(actor_of(request), "send-letters", Subject(province=province))
    waiting = waiting_for_post(province).select_related("letter")
    shown, today = list(waiting[:MOST]), clock.today()
    context = {
        "jobs": [(job, job.letter.dated != today) for job in shown],
        "number": waiting.count(),
        "up_to": shown[-1].pk if shown else 0,
        "old": any(job.letter.dated != today and not job.copy for job in shown),
        "done": request.GET.get("verstuurd", ""),
    }
    return render(request, "foundation/papers/pages/to_print/page.html", context)


@require_GET
def print_file(request: HttpRequest) -> HttpResponse:
    """`/beheer/brieven/printen.pdf?tot=…`: the letters of that page in one file."""
    asked = request.GET.get("tot", "")
    pdf = print_letters(
        actor=actor_of(request),
        province=settings.VLIEGWIEL_PROVINCE,
        up_to=int(asked) if asked.isascii() and asked.isdigit() else 0,
    )
    return as_file(pdf, "application/pdf", f"brieven-{clock.today():%Y-%m-%d}.pdf", download=True)


@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """`/beheer/brieven/geprint`: the chosen letters, or all that were shown, leave the list."""
    chosen = request.POST.getlist("alle" if request.POST.get("wat") == "alle" else "brief")
    count = mark_printed(actor=actor_of(request), letters=chosen, province=settings.VLIEGWIEL_PROVINCE)
    answer = redirect("to_print")
    answer["Location"] += f"?verstuurd={count}"
    return answer
