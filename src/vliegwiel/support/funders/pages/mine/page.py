"""Who reads along: the applicant sees it at any moment, chooses it, and takes it back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.funders.actions.share_application import agreements_for, share_application, stop_sharing
from vliegwiel.support.funders.models import Disclosure, FundAnswer
from vliegwiel.support.funders.models.disclosure import Part
from vliegwiel.support.funders.stand import terms_now
from vliegwiel.support.grants.public import demand_reading


@require_http_methods(["GET", "POST"])
def readers_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/<id>/meelezers`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    grant = demand_reading(actor, application)
    if actor.id not in grant.applicants:
        return redirect("inbox")
    problems: list[Problem] = []
    if request.method == "POST":
        by: dict[str, Any] = {"actor": actor, "application": grant.id, "agreement": request.POST.get("afspraak", "")}
        try:
            if request.POST.get("doe") == "stop":
                stop_sharing(**by)
            else:
                share_application(**by, parts=request.POST.getlist("wat"))
        except (NotValid, NotNow) as refusal:
            problems = [Problem(refusal.message, "")]
        else:
            return redirect("application_readers", application=grant.id)
    told = Disclosure.objects.filter(application=grant.id).select_related("agreement").order_by("-pk")
    current = {item.agreement_id: item for item in told if item.ended_at is None}
    answers = {item.agreement_id: item for item in FundAnswer.objects.filter(application=grant.id)}
    there = {item.pk: item for item in agreements_for(grant)} | {item.agreement_id: item.agreement for item in current.values()}
    context = {
        "grant": grant,
        "rows": [(item, terms_now(item), current.get(key), answers.get(key)) for key, item in there.items()],
        "ended": [item for item in told if item.ended_at is not None],
        "parts": [(part.value, str(part.label)[:1].upper() + str(part.label)[1:]) for part in Part],
        "problems": problems,
        "made_up": grant.made_up,
        "title": _("Wie leest uw plan mee?"),
    }
    return render(request, "support/funders/pages/mine/page.html", context, status=400 if problems else 200)
