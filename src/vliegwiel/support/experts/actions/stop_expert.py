"""An expert stops: requests they have go back, with everything that was said and done."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.actions.give_back import hand_back
from vliegwiel.support.experts.lifecycle import InterestState, RequestState
from vliegwiel.support.experts.models import Expert, ExpertInterest, ExpertTask
from vliegwiel.support.experts.standing import begin_expert, find_expert, finish_expert, named


@trail.recorded("stop-expert", kind="expert", about=named("expert"))
@transaction.atomic
def stop_expert(*, actor: Actor, expert: str, why: str = "") -> Expert:
    """Stop helping, at once. Raises NotFound, NotAllowed, NotNow."""
    found = find_expert(expert)
    begin_expert(actor, "stop-expert", found)
    done = finish_expert(actor, "stop-expert", found, stopped_on=clock.today())
    let_go(actor, done, why.strip() or _("De deskundige stopt in de pool."))
    return done


@trail.recorded("end-expert", kind="expert", about=named("expert"))
@transaction.atomic
def end_expert(*, actor: Actor, expert: str, why: str) -> Expert:
    """A coordinator takes someone out of the pool, with the reason they read. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find_expert(expert)
    begin_expert(actor, "end-expert", found)
    if not why.strip():
        raise NotValid(_("Schrijf waarom. De deskundige leest dit."), code="why")
    done = finish_expert(actor, "end-expert", found, stopped_on=clock.today(), said=why.strip()[:300])
    telling.about_expert(done, f"ended-{done.revision}", "ended")
    let_go(actor, done, _("De deskundige is niet meer in de pool."))
    return done


def let_go(actor: Actor, expert: Expert, why: str) -> None:
    """Give back what this expert has and take back what they offered; part of the caller's transaction."""
    for task in ExpertTask.objects.filter(expert=expert, ended_on=None).select_related("request").order_by("pk"):
        hand_back(actor, task.request, task, why)
    waiting = ExpertInterest.objects.filter(expert=expert, request__state=RequestState.OPEN.value)
    waiting.filter(state__in=[InterestState.WILLING.value, InterestState.INVITED.value]).update(
        state=InterestState.UNABLE.value, text=why[:300], at=clock.now()
    )
