"""Take over running grants: the template, the file, what each row would do, and the button that does it."""

from base64 import b64decode, b64encode
from binascii import Error
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.support.running_grants import sheet
from vliegwiel.support.running_grants.actions.take_over import VERB, Trial, in_words, posts_of, take_over, tried


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """`/werk/lopende-subsidies/sjabloon.csv`."""
    actor = actor_of(request)
    demand(actor, VERB, Subject(province=actor.province or settings.VLIEGWIEL_PROVINCE))
    answer = HttpResponse(sheet.template(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="lopende-subsidies.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def takeover_page(request: HttpRequest) -> HttpResponse:
    """`/werk/lopende-subsidies`: a file is first tried; what was tried goes along in the form, so that exactly that is taken over."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))
    trial: Trial | None = None
    wrong: Refusal | None = None
    data, done = b"", False
    if request.method == "POST":
        try:
            data = _data(request)
            done = request.POST.get("doe") == "overnemen"
            trial = (take_over if done else tried)(actor=actor, province=province, data=data)
        except (NotValid, NotNow) as refusal:
            wrong, done = refusal, False
    context: dict[str, Any] = {
        "trial": trial,
        "balances": [(item, "" if item.agrees else in_words(item)) for item in trial.balances] if trial else [],
        "done": done,
        "wrong": wrong,
        "kept": b64encode(data).decode("ascii") if trial and trial.good and not done else "",
        "columns": sheet.COLUMNS,
        "posts": posts_of(province),
    }
    status = 400 if wrong else 200
    return render(request, "support/running_grants/pages/takeover/page.html", context, status=status)


def _data(request: HttpRequest) -> bytes:
    upload = request.FILES.get("bestand")
    if upload is not None:
        return bytes(upload.read(sheet.MOST_BYTES + 1))
    try:
        return b64decode(request.POST.get("inhoud", ""), validate=True) or _no_file()
    except Error:
        return _no_file()


def _no_file() -> bytes:
    raise NotValid(_("Kies een bestand."), code="no-file")
