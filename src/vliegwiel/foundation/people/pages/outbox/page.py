"""The outbox on a page. In the demo anyone can read the messages, so that the code of a sign-in can be found."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.foundation.trail.public import Result, record
from vliegwiel.kernel.actor import Reference

PAGE = 50


def outbox_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/postbak`: the newest fifty; outside the demo only who may, and without the text of a message."""
    if not settings.VLIEGWIEL_DEMO:
        actor = actor_of(request)
        demand(actor, "read-outbox")
        record(actor=actor, action="read-outbox", subject=Reference("outbox", "", "", ""), result=Result.READ)
    context = {
        "mails": OutgoingMail.objects.order_by("-pk")[:PAGE],
        "demo": settings.VLIEGWIEL_DEMO,
    }
    return render(request, "foundation/people/pages/outbox/page.html", context)
