"""The deliveries of figures: what was loaded, what waits, and a form to bring the next one."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.design.uploads import takes_files
from vliegwiel.foundation.people.public import actor_of, demand, may
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures import quarantine, queries, received
from vliegwiel.see.figures.actions.receive_file import receive_file
from vliegwiel.see.figures.models import ReceivedFile, Release
from vliegwiel.see.figures.pages.about_file import on_screen, published_in, year_in

_START = 4096


@dataclass(frozen=True)
class Row:
    """A release in the list: the periods and the number of indicators it holds, and how it stands now."""

    release: Release
    periods: str
    indicators: int
    unknown: int
    standing: str


@require_GET
def deliveries_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/cijfers`."""
    return _page(request)


def _too_large(request: HttpRequest, refusal: NotValid) -> HttpResponse:
    return _page(request, wrong=refusal)


@takes_files("VLIEGWIEL_LARGEST_DELIVERY", _too_large)
@require_POST
def file_received(request: HttpRequest) -> HttpResponse:
    """`/beheer/cijfers/nieuw`: the upload; the answer is the page of the file."""
    actor = actor_of(request)
    demand(actor, "import-figures")
    try:
        file = _received(request, actor)
    except NotValid as refusal:
        return _page(request, wrong=refusal)
    return redirect("received_file", file=file.public_id)


def _received(request: HttpRequest, actor: Actor) -> ReceivedFile:
    upload = request.FILES.get("bestand")
    if upload is None or not upload.name:
        raise NotValid(_("Kies eerst een bestand."), code="no-file")
    start = upload.read(_START)
    upload.seek(0)
    return receive_file(
        actor=actor,
        name=upload.name,
        size=upload.size or 0,
        start=start,
        chunks=upload.chunks(),
        year=year_in(request.POST),
        published=published_in(request.POST),
        made_up=request.POST.get("verzonnen") == "ja",
    )


def _page(request: HttpRequest, *, wrong: NotValid | None = None) -> HttpResponse:
    actor = actor_of(request)
    demand(actor, "import-figures")
    field, words = on_screen(wrong) if wrong else ("", "")
    context = {
        "rows": _rows(),
        "withdrawals": queries.withdrawals(),
        "waiting": received.waiting_of(actor),
        "largest": settings.VLIEGWIEL_LARGEST_DELIVERY,
        "kinds": ",".join(quarantine.KINDS),
        "wrong": words,
        "wrong_field": (field or "bestand") if wrong else "",
        "given": request.POST if wrong else {},
        "may_withdraw": bool(may(actor, "withdraw-figures")),
    }
    return render(request, "see/figures/pages/deliveries/page.html", context)


def _rows() -> list[Row]:
    current = queries.current_releases()
    unknown: dict[int, int] = {}
    for one in queries.unknown_areas():
        unknown[one.release_id] = unknown.get(one.release_id, 0) + 1
    found = []
    for release in queries.releases():
        columns = list(release.columns.all())
        periods = sorted({column.period for column in columns})
        span = (
            periods[0]
            if len(periods) == 1
            else _("{first} tot en met {last}").format(first=periods[0], last=periods[-1])
            if periods
            else ""
        )
        standing = _("geldt nu") if release.public_id in current else _("eerdere publicatie")
        found.append(Row(release, span, len({column.indicator for column in columns}), unknown.get(release.pk, 0), standing))
    return found
