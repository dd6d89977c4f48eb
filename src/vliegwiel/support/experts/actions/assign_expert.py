"""Give a request to an expert who is willing: within the hours of the pool, and with the reason when they have an interest."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.hours import take
from vliegwiel.support.experts.lifecycle import ExpertState, InterestState
from vliegwiel.support.experts.models import ExpertInterest, ExpertTask, PaidBy
from vliegwiel.support.experts.standing import begin, find, finish, named


@trail.recorded("assign-expert", kind="expert-request", about=named())
@transaction.atomic
def assign_expert(*, actor: Actor, request: str, expert: str, hours: int = 0, despite: str = "") -> ExpertTask:
    """From now on this expert (public id) helps, for so many hours (0: what was asked). With an interest that was told, `despite` says why
    it is still this one. Nobody chooses themselves. Hours that the pool pays are taken from this year.

    Raises NotFound, NotAllowed, NotNow for who is not willing or when the pool is empty, NotValid.
    """
    found = find(request)
    begin(actor, "assign-expert", found)
    chosen = ExpertInterest.objects.filter(request=found, expert__public_id=expert[:12]).select_related("expert").first()
    if chosen is None or chosen.stands is not InterestState.WILLING or chosen.expert.stands is not ExpertState.ADMITTED:
        raise NotNow(_("Deze deskundige zei niet dat het kan. Nodig die eerst uit."), code="not-willing")
    if actor.kind == "person" and actor.id == chosen.expert.person:
        raise NotValid(_("Uzelf kiezen kan niet. Vraag een collega."), code="same-person")
    if chosen.conflict and not despite.strip():
        raise NotValid(_("Deze deskundige heeft een belang. Schrijf waarom het toch kan."), code="conflict")
    agreed = hours or found.hours
    if not 0 < agreed <= 200:
        raise NotValid(_("Spreek minstens 1 en hoogstens 200 uur af."), code="hours")
    today = clock.today()
    try:
        with transaction.atomic():
            task = ExpertTask.objects.create(
                request=found,
                expert=chosen.expert,
                agreed=agreed,
                paid_by=chosen.expert.paid_by,
                year=today.year,
                despite=despite.strip()[:300] if chosen.conflict else "",
                assigned_by=actor.id if actor.kind == "person" else "",
                since=today,
            )
    except IntegrityError:
        raise NotNow(_("Een collega koos net iemand. Bekijk het verzoek opnieuw."), code="stale") from None
    if task.paid_by == PaidBy.POOL:
        take(found.province, today.year, agreed)
    others = found.interests.filter(state=InterestState.WILLING.value).exclude(pk=chosen.pk).select_related("expert")
    passed = list(others)
    others.update(state=InterestState.PASSED.value)
    ExpertInterest.objects.filter(pk=chosen.pk).update(state=InterestState.CHOSEN.value)
    facts: dict[str, str | int | bool | None] = {
        "to": chosen.expert.public_id,
        "hours": agreed,
        "conflict": bool(chosen.conflict),
    }
    done = finish(actor, "assign-expert", found, facts=facts, matched_on=today)
    telling.to_expert(chosen.expert, done, f"assigned-{task.public_id}", "assigned", {"task": task})
    for interest in passed:
        telling.to_expert(interest.expert, done, f"passed-{task.public_id}", "passed")
    return task
