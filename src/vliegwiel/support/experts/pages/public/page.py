"""`/deskundigen`: what the pool can do and how to ask; names only of who wants that."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.support.experts import queries


@require_GET
def pool_page(request: HttpRequest) -> HttpResponse:
    """Counts per skill, and the way to ask or to join."""
    demand(actor_of(request), "read-public")
    province = settings.VLIEGWIEL_PROVINCE
    skills = queries.skills_on_offer(province)
    context = {
        "skills": skills,
        "total": queries.pool(province).count(),
        "people": [(expert, queries.names_of(expert.skills)) for expert in queries.shown_experts(province)],
    }
    return render(request, "support/experts/pages/public/page.html", context)
