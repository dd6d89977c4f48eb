"""How far the demo is that is being made, for who looks at it in the browser meanwhile."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vliegwiel.entry.demo_rooms import PLACES
from vliegwiel.entry.history import job
from vliegwiel.kernel.errors import NotFound


def progress_page(request: HttpRequest) -> HttpResponse:
    """`/voorbeeld`: renews itself; without script there is a link that does the same."""
    found = job.progress_of(job.KEY)
    if found is None:
        raise NotFound(_("Hier wordt geen voorbeeld gebouwd."), nearest=((_("Start"), "/"),))
    return render(request, "entry/history/page.html", {"progress": found})


def building(_request: HttpRequest) -> dict[str, Any]:
    """Context for the page shell: how far the demo is, or None when it is not being made; whether its places in a real province are made
    up, and whether it lived a history again: then not everything is made up."""
    demo = settings.VLIEGWIEL_DEMO
    places = demo and (settings.VLIEGWIEL_HOME / "demo" / PLACES).exists()
    lived = demo and job.progress_of(job.KEY) is not None
    return {"building": job.building(), "made_up_places": places, "lived_again": lived}
