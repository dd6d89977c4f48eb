"""Send an offer, and see the answers counted."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import date_of
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.offers.actions.send_offer import send_offer
from vliegwiel.support.offers.models import HelpOffer
from vliegwiel.support.offers.queries import counted, offer_named, stands_of
from vliegwiel.support.schemes.public import crisis_of

_FOLDER = "support/offers/pages/office"
_LISTED = 100


@require_http_methods(["GET", "POST"])
def office_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/aanbod`: what was sent, and a form to send another."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, "manage-schemes", Subject(province=province))
    wrong: Refusal | None = None
    if request.method == "POST":
        sent = request.POST
        try:
            made = send_offer(
                actor=actor,
                province=province,
                title=sent.get("titel", ""),
                text=sent.get("tekst", ""),
                due=date_of(sent.get("tot", "")),
            )
            return redirect("help_offer", offer=made.public_id)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    context = {
        "offers": HelpOffer.objects.filter(province=province)[:_LISTED],
        "crisis": crisis_of(province),
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": settings.VLIEGWIEL_DEMO,
    }
    return render(request, f"{_FOLDER}/list.html", context, status=400 if wrong else 200)


def _offer(request: HttpRequest, name: str) -> HelpOffer:
    found = offer_named(name[:12])
    demand(actor_of(request), "manage-schemes", Subject(province=found.province))
    return found


@require_GET
def counts_page(request: HttpRequest, offer: str) -> HttpResponse:
    """`/beheer/aanbod/<id>`: how many said what, and who did not answer."""
    found = _offer(request, offer)
    stands = stands_of(found)
    context = {"offer": found, "stands": stands, "counts": counted(stands), "made_up": found.made_up}
    return render(request, f"{_FOLDER}/counts.html", context)


@require_GET
def counts_file(request: HttpRequest, offer: str) -> HttpResponse:
    """`/beheer/aanbod/<id>/antwoorden.csv`: a row per municipality."""
    found = _offer(request, offer)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="aanbod-{found.sent_on.isoformat()}.csv"'
    writer = Rows(answer)
    writer.write(["gemeentecode", "gemeente", "antwoord", "op", "te laat", "wat is nodig"])
    for stand in stands_of(found):
        given = stand.answer
        told = [given.answered_at.date(), "ja" if given.late else "nee", given.need] if given else ["", "", ""]
        writer.write([stand.offered.municipality, stand.offered.name, stand.key, *told])
    return answer
