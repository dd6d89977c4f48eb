"""What waits in the pool for someone: for experts, for who asks, and for coordinators."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.lifecycle import ExpertState, InterestState, RequestState
from vliegwiel.support.experts.models import Expert, ExpertInterest, ExpertTask
from vliegwiel.support.experts.standing import ASKS, COORDINATES, expert_of


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Invitations, requests that fit and work for an expert; choices, wishes and hours for who asks; admissions for a coordinator."""
    if actor.kind != "person":
        return
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    expert = expert_of(actor, province)
    if expert is not None:
        yield from _of_expert(expert)
    coordinates = bool(actor.organisation and may_somewhere(actor, COORDINATES))
    if coordinates or (actor.organisation and may_somewhere(actor, ASKS)):
        found = queries.requests_of(actor, province)
        mine = found if coordinates else found.filter(adviser__in=["", actor.id])
        wished = mine.filter(state=RequestState.WISHED.value).count()
        yield Waiting(_("Een deskundige gevraagd door een initiatief"), "/werk/deskundigen?stapel=wensen", wished)
        yield Waiting(_("Een deskundige kiezen"), "/werk/deskundigen?stapel=kiezen", queries.with_word(mine).count())
        yield Waiting(
            _("Antwoorden op een vraag om meer uren"), "/werk/deskundigen?stapel=uren", queries.waiting_more(mine).count()
        )
    if coordinates:
        asked = Expert.objects.filter(province=province, state=ExpertState.ASKED.value).count()
        yield Waiting(_("Deskundigen die willen meedoen"), "/werk/deskundigen/mensen", asked)


def _of_expert(expert: Expert) -> Iterator[Waiting]:
    page = "/mijn/deskundige"
    invited = ExpertInterest.objects.filter(
        expert=expert, state=InterestState.INVITED.value, request__state=RequestState.OPEN.value
    )
    sums = invited.aggregate(count=Count("pk"), first=Min("request__by"))
    yield Waiting(_("U bent gevraagd als deskundige"), page, sums["count"], sums["first"])
    if expert.stands is ExpertState.ADMITTED:
        fitting = sum(found.fits for _request, found in queries.requests_for(expert))
        yield Waiting(_("Verzoeken die bij u passen"), page, fitting)
    work = ExpertTask.objects.filter(expert=expert, ended_on=None).values_list("request__by", flat=True)
    days = sorted(work)
    late = sum(day < clock.today() for day in days)
    yield Waiting(_("Helpen als deskundige"), page, len(days), days[0] if days else None, late)
