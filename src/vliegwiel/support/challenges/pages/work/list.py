"""`/werk/uitdagingen`: what residents challenge an authority to, the first last day on top."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of, demand_somewhere, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.support.challenges import queries
from vliegwiel.support.challenges.lifecycle import PENDING
from vliegwiel.support.challenges.standing import ANSWERS
from vliegwiel.support.challenges.terms import rules_on

_MOST = 200


@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    """The chosen heap of the own authority."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, ANSWERS)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    names = {
        "open": _("wacht op antwoord"),
        "te-laat": _("te laat"),
        "wacht": _("wacht op de indieners"),
        "loopt": _("afgesproken of proef"),
        "klaar": _("klaar"),
    }
    heaps = queries.heaps(queries.to_answer(actor, province))
    heap = request.GET.get("stapel", "")
    heap = heap if heap in heaps else "open"
    today = clock.today()
    context = {
        "heaps": [(key, name, heaps[key].order_by().count()) for key, name in names.items()],
        "heap": heap,
        "heap_name": names[heap],
        "rows": [(row, row.stands in PENDING and row.due_on is not None and row.due_on < today) for row in heaps[heap][:_MOST]],
        "rules": rules_on(actor.organisation, today),
    }
    return render(request, "support/challenges/pages/work/list.html", context)
