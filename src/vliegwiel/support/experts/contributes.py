"""What this room hands to shared places: reminders about invitations, requests without an expert, and work that is over its day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.kernel import clock
from vliegwiel.support.experts.lifecycle import InterestState, RequestState
from vliegwiel.support.experts.models import ExpertInterest, ExpertRequest, ExpertTask
from vliegwiel.support.experts.standing import own_reference, reference
from vliegwiel.support.experts.telling import TEXTS, askers, facts_of

_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


def _silent(since: date, until: date) -> Iterator[Due]:
    """Some days after an invitation without an answer: the expert."""
    patience = timedelta(days=experts().reminded_after_days)
    asked = ExpertInterest.objects.filter(state=InterestState.INVITED.value, request__state=RequestState.OPEN.value)
    for interest in asked.select_related("request", "expert").order_by("pk"):
        on = clock.legal_date(interest.at) + patience
        if since <= on <= until and interest.expert.person:
            request = interest.request
            moment = f"silent-{interest.pk}"
            yield Due(
                own_reference(request), request.province, moment, on, person=interest.expert.person, facts=facts_of(request)
            )


def _nobody(since: date, until: date) -> Iterator[Due]:
    """A week before the last day of a request that nobody has: who asks."""
    still = ExpertRequest.objects.filter(state=RequestState.OPEN.value, by__range=(since + _WEEK, until + _WEEK))
    for request in still.order_by("pk"):
        moment = f"nobody-{request.by.isoformat()}"
        for person in askers(request):
            yield Due(reference(request), request.province, moment, request.by - _WEEK, person=person, facts=facts_of(request))


def _over(since: date, until: date) -> Iterator[Due]:
    """The day after the last day of a request that still runs: the expert."""
    work = ExpertTask.objects.filter(ended_on=None, request__by__range=(since - _DAY, until - _DAY))
    for task in work.filter(~Q(expert__person="")).select_related("request", "expert").order_by("pk"):
        request = task.request
        moment = f"over-{request.by.isoformat()}"
        on, person = request.by + _DAY, task.expert.person
        yield Due(own_reference(request), request.province, moment, on, person=person, facts=facts_of(request))


REMINDERS = [
    Reminder("expert-silent", "Een uitnodiging zonder antwoord", f"{TEXTS}/silent", _silent, kind="experts"),
    Reminder("expert-nobody", "Een verzoek waar nog niemand voor is", f"{TEXTS}/nobody_work", _nobody, kind="work"),
    Reminder("expert-over", "Werk van een deskundige dat over de dag is", f"{TEXTS}/over", _over, kind="experts"),
]
