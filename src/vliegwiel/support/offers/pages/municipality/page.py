"""The municipality reads an offer and answers in two clicks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand, demand_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.support.offers.actions.answer_offer import answer_offer
from vliegwiel.support.offers.models import OfferAnswerKind
from vliegwiel.support.offers.queries import ANSWERS, for_municipality, offer_named

_FOLDER = "support/offers/pages/municipality"


@require_GET
def offers_page(request: HttpRequest) -> HttpResponse:
    """`/gemeente/aanbod`: offers to the municipality, the newest first."""
    actor = actor_of(request)
    demand_somewhere(actor, ANSWERS)
    rows = [(item, next(iter(item.answers.all()), None)) for item in for_municipality(actor)[:200]]
    context = {"rows": rows, "today": clock.today(), "made_up": any(item.offer.made_up for item, _answer in rows)}
    return render(request, f"{_FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
def answer_page(request: HttpRequest, offer: str, municipality: str) -> HttpResponse:
    """`/gemeente/aanbod/<id>/<code>`: read and choose; `?antwoord=` asks to confirm the choice."""
    actor, found = actor_of(request), offer_named(offer[:12])
    demand(actor, ANSWERS, Subject(province=found.province, municipality=municipality))
    offered = found.offered.filter(municipality=municipality).first()
    if offered is None:
        raise NotFound(_("Dit aanbod ging niet naar deze gemeente."))
    wrong: NotValid | None = None
    chosen = request.POST.get("antwoord") or request.GET.get("antwoord", "")
    if request.method == "POST":
        try:
            answer_offer(
                actor=actor, offer=found.public_id, municipality=municipality, kind=chosen, need=request.POST.get("nodig", "")
            )
            return redirect("offer_to_us", offer=found.public_id, municipality=municipality)
        except NotValid as refusal:
            wrong = refusal
    context = {
        "offer": found,
        "offered": offered,
        "kinds": OfferAnswerKind,
        "chosen": OfferAnswerKind(chosen) if chosen in OfferAnswerKind.values else None,
        "answers": list(offered.answers.all()),
        "late": clock.today() > found.due,
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": found.made_up,
    }
    return render(request, f"{_FOLDER}/answer.html", context, status=400 if wrong else 200)
