"""The words we use, explained in plain Dutch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.catalogue.frames import glossary


def glossary_page(request: HttpRequest) -> HttpResponse:
    """`/begrippen?q=marge`: all words, or those that hold the text."""
    text = request.GET.get("q", "").strip()[:60]
    terms = [term for term in glossary().values() if text.casefold() in f"{term.term} {term.meaning}".casefold()]
    return render(request, "see/monitor/pages/glossary/page.html", {"terms": terms, "text": text, "explain_words": False})
