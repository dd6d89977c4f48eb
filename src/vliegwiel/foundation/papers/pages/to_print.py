"""Letters that go by post: the list to print."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.papers.actions.decide_sending import mark_printed
from vliegwiel.foundation.papers.models import Sending
from vliegwiel.foundation.people.public import Subject, actor_of, demand


@require_GET
def to_print_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/brieven`: what is still to print, oldest first."""
    province = settings.VLIEGWIEL_PROVINCE
    demand(actor_of(request), "send-letters", Subject(province=province))
    jobs = Sending.objects.filter(province=province, sent_at=None).select_related("letter").order_by("pk")
    return render(request, "foundation/papers/pages/to_print.html", {"jobs": jobs[:500]})


@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """`/beheer/brieven/geprint`: the chosen letters leave the list."""
    mark_printed(actor=actor_of(request), letters=request.POST.getlist("brief"), province=settings.VLIEGWIEL_PROVINCE)
    return redirect("to_print")
