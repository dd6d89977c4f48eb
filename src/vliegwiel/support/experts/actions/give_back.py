"""A request goes back to the pool unfinished: hours, words and answers stay, and what was not worked comes free."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.hours import free_the_rest
from vliegwiel.support.experts.lifecycle import InterestState
from vliegwiel.support.experts.models import ExpertRequest, ExpertTask
from vliegwiel.support.experts.standing import begin, current, find, finish, named


@trail.recorded("give-back-request", kind="expert-request", about=named())
@transaction.atomic
def give_back_request(*, actor: Actor, request: str, why: str) -> ExpertRequest:
    """The expert cannot go on, or who asks takes it back; the other side reads why. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "give-back-request", found)
    if not why.strip():
        raise NotValid(_("Schrijf waarom het teruggaat. De ander leest dit."), code="why")
    task = current(found)
    if task is None:
        raise NotValid(_("Niemand heeft dit verzoek."), code="nobody")
    return hand_back(actor, found, task, why.strip())


def hand_back(actor: Actor, found: ExpertRequest, task: ExpertTask, why: str) -> ExpertRequest:
    """End a running task unfinished and open its request again; part of the caller's transaction, which asked who may."""
    task.more.filter(granted=None).update(granted=False, answer=why[:300], answered_on=clock.today())
    ExpertTask.objects.filter(pk=task.pk, ended_on=None).update(ended_on=clock.today(), given_back=True, said=why)
    free_the_rest(task)
    found.interests.filter(expert=task.expert).update(state=InterestState.UNABLE.value, text=why[:300], at=clock.now())
    found.interests.filter(state=InterestState.PASSED.value).update(state=InterestState.WILLING.value)
    done = finish(actor, "give-back-request", found, facts={"minutes": task.minutes}, matched_on=None)
    moment = f"back-{task.public_id}"
    telling.to_asker(done, moment, "given_back_work", {"why": why}, but=actor.id)
    if actor.id != task.expert.person:
        telling.to_expert(task.expert, done, moment, "taken_back", {"why": why})
    return done
