"""One file that waits: what we recognise, what it asks, what we refuse; and after loading what came of it.

Loading is done while the person waits: the largest table of a year takes a few seconds, and so the answer is certain at once.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.areas import public as areas
from vliegwiel.see.figures import indicators, queries, received
from vliegwiel.see.figures.actions.describe_file import describe_file
from vliegwiel.see.figures.actions.discard_file import discard_file
from vliegwiel.see.figures.actions.load_file import load_file
from vliegwiel.see.figures.columns import columns_of
from vliegwiel.see.figures.examined import Examined, examine
from vliegwiel.see.figures.models import ReceivedFile
from vliegwiel.see.figures.pages.about_file import on_screen, published_in, year_in
from vliegwiel.see.figures.pages.file.asked import Asked, answers_of, empty, filled

_SHOWN = 5


@require_GET
def file_page(request: HttpRequest, file: str) -> HttpResponse:
    """`/beheer/cijfers/nieuw/<id>`."""
    actor = actor_of(request)
    demand(actor, "import-figures")
    found = received.file_of(actor, file)
    if found.release is not None:
        return _result(request, found)
    examined = examine(received.path_of(found), received.told_of(found))
    return _page(request, found, examined, empty(examined.questions) if examined.questions else [])


@require_POST
def file_described(request: HttpRequest, file: str) -> HttpResponse:
    """`/beheer/cijfers/nieuw/<id>/gegevens`: year and date of publication."""
    actor = actor_of(request)
    try:
        describe_file(actor=actor, file=file, year=year_in(request.POST), published=published_in(request.POST))
    except NotValid as refusal:
        found = received.file_of(actor, file)
        return _page(request, found, examine(received.path_of(found), received.told_of(found)), [], wrong=refusal)
    return redirect("received_file", file=file)


@require_POST
def file_loaded(request: HttpRequest, file: str) -> HttpResponse:
    """`/beheer/cijfers/nieuw/<id>/laden`: check the answers, then load."""
    actor = actor_of(request)
    demand(actor, "import-figures")
    found = received.file_of(actor, file)
    if found.release is not None:
        return redirect("received_file", file=file)
    examined = examine(received.path_of(found), received.told_of(found))
    if examined.refusal or examined.questions is None:
        return _page(request, found, examined, empty(examined.questions) if examined.questions else [])
    asked = filled(examined.questions, request.POST.dict(), indicators.indicators())
    if any(item.wrong for item in asked):
        return _page(request, found, examined, asked)
    answers = answers_of(examined.questions, asked) if asked else None
    try:
        load_file(actor=actor, file=file, answers=answers)
    except (NotValid, NotNow) as refusal:
        return _page(request, found, examined, asked, wrong=refusal)
    return redirect("received_file", file=file)


@require_POST
def file_discarded(request: HttpRequest, file: str) -> HttpResponse:
    """`/beheer/cijfers/nieuw/<id>/weg`."""
    discard_file(actor=actor_of(request), file=file)
    return redirect("deliveries")


def _page(
    request: HttpRequest,
    file: ReceivedFile,
    examined: Examined,
    asked: Sequence[Asked],
    *,
    wrong: NotValid | NotNow | None = None,
) -> HttpResponse:
    refusal = wrong or examined.refusal
    field, words = on_screen(refusal) if isinstance(refusal, NotValid) else ("", refusal.message if refusal else "")
    known = sorted(indicators.indicators().values(), key=lambda item: item.name)
    context = {
        "file": file,
        "examined": examined,
        "asked": asked,
        "errors": [error for item in asked for error in item.errors],
        "wrong": words,
        "wrong_field": field,
        "details": refusal.details if refusal else (),
        "given": request.POST if wrong else {"jaar": file.year or "", "gepubliceerd": _iso(file)},
        "known": [item for item in known if not item.computed],
        "made_up": file.made_up,
    }
    return render(request, "see/figures/pages/file/page.html", context)


def _result(request: HttpRequest, file: ReceivedFile) -> HttpResponse:
    queries.stamp.forget()  # the worker loaded it, in another process
    release = file.release
    known = indicators.indicators()
    columns = list(release.columns.order_by("indicator")) if release else []
    there = columns_of(release.content_hash).codes() if release else []
    names = dict(areas.codes_and_names(release.area_year)) if release else {}
    context = {
        "file": file,
        "release": release,
        "current": release is None or release.public_id in queries.current_releases(),
        "loaded": [known[key] for key in dict.fromkeys(column.indicator for column in columns) if key in known],
        "unknown": file.outcome.get("unknown_areas", []),
        "areas": [(code, names[code]) for code in there if code in names][:_SHOWN],
        "made_up": file.made_up,
    }
    return render(request, "see/figures/pages/file/result.html", context)


def _iso(file: ReceivedFile) -> str:
    return file.published.isoformat() if file.published else ""
