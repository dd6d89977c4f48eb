"""A document, handed out to who may read it: always as a file to keep, never shown in the page."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from vliegwiel.foundation.papers.actions.open_paper import open_paper
from vliegwiel.foundation.people.public import actor_of


@require_GET
def paper_file(request: HttpRequest, paper: str) -> HttpResponse:
    """`/stukken/<id>`."""
    opened = open_paper(actor=actor_of(request), paper=paper)
    return as_file(opened.data, opened.facts.media_type, opened.facts.name, download=True)


def as_file(data: bytes, media_type: str, name: str, *, download: bool) -> HttpResponse:
    """An answer that no cache keeps and no browser guesses at."""
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(download, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
