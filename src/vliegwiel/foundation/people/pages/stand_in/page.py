"""Arrange who does my work while I am away."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vliegwiel.foundation.people.actions.arrange_stand_in import arrange_stand_in, end_stand_in
from vliegwiel.foundation.people.models import Person, Role, StandIn
from vliegwiel.foundation.people.public import actor_of
from vliegwiel.foundation.people.queries import current
from vliegwiel.foundation.people.sessions import organisation_of, person_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid


def stand_in_page(request: HttpRequest, *, wrong: NotValid | None = None) -> HttpResponse:
    """`/mijn/vervanging`."""
    person, organisation = person_of(request), organisation_of(request)
    if person is None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('stand_in')})}")
    running = StandIn.objects.filter(last_day__gte=clock.today()).select_related("absent", "replacement").order_by("first_day")
    with_role = Role.objects.filter(current(), organisation=organisation).values_list("person_id", flat=True)
    colleagues = Person.objects.filter(pk__in=with_role, is_active=True)
    context = {
        "organisation": organisation,
        "mine": running.filter(absent=person),
        "for_others": running.filter(replacement=person),
        "colleagues": colleagues.exclude(pk=person.pk).order_by("called", "email"),
        "wrong": wrong,
        "given": request.POST if wrong else {},
    }
    return render(request, "foundation/people/pages/stand_in/page.html", context)


@require_POST
def stand_in_arranged(request: HttpRequest) -> HttpResponse:
    """`/mijn/vervanging/regelen`."""
    actor = actor_of(request)
    try:
        arrange_stand_in(
            actor=actor,
            absent=actor.id,
            replacement=request.POST.get("collega", ""),
            organisation=actor.organisation,
            first_day=_day(request.POST.get("van", "")),
            last_day=_day(request.POST.get("tot", "")),
        )
    except NotValid as refusal:
        return stand_in_page(request, wrong=refusal)
    return redirect("stand_in")


@require_POST
def stand_in_ended(request: HttpRequest, stand_in: str) -> HttpResponse:
    """`/mijn/vervanging/<id>/stoppen`."""
    end_stand_in(actor=actor_of(request), stand_in=stand_in)
    return redirect("stand_in")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotValid(_("Vul een eerste en een laatste dag in, zoals 2027-12-31."), code="no-date") from None
