"""A letter as a page and as PDF, for who may read the papers of its record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vliegwiel.foundation.papers.actions.open_paper import open_letter, open_letter_pdf
from vliegwiel.foundation.papers.pages.paper.page import as_file
from vliegwiel.foundation.papers.quarantine import safe_name
from vliegwiel.foundation.people.public import actor_of


@require_GET
def letter_page(request: HttpRequest, letter: str) -> HttpResponse:
    """`/brieven/<id>`."""
    found = open_letter(actor=actor_of(request), letter=letter)
    answer = render(request, "foundation/papers/pages/letter/page.html", {"letter": found})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def letter_pdf(request: HttpRequest, letter: str) -> HttpResponse:
    """`/brieven/<id>/pdf`."""
    found, pdf = open_letter_pdf(actor=actor_of(request), letter=letter)
    return as_file(pdf, "application/pdf", safe_name(f"{found.kind}-{found.reference or found.id}.pdf", "brief"), download=False)
