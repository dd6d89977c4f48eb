"""A request is done, and both sides say whether it helped."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.hours import free_the_rest
from vliegwiel.support.experts.lifecycle import RequestState
from vliegwiel.support.experts.models import ExpertRequest, ExpertTask, HelpAnswer, Helped
from vliegwiel.support.experts.standing import begin, current, find, finish, named, reference


@dataclass(frozen=True)
class HowItWent:
    """An answer to two questions, with a few words."""

    helped: str
    again: str
    text: str = ""


@trail.recorded("finish-request", kind="expert-request", about=named())
@transaction.atomic
def finish_request(*, actor: Actor, request: str, said: str) -> ExpertRequest:
    """It is done, with what came of it, which the initiative reads. Hours that were not used go back to the pool. A question for more
    hours that waits lapses. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "finish-request", found)
    if not said.strip():
        raise NotValid(_("Schrijf in een paar zinnen wat eruit kwam. Het initiatief leest dit."), code="said")
    task = current(found)
    if task is None:
        raise NotNow(_("Niemand heeft dit verzoek nu."), code="nobody")
    today, text = clock.today(), said.strip()
    task.more.filter(granted=None).update(granted=False, answer=_("Het verzoek is klaar."), answered_on=today)
    ExpertTask.objects.filter(pk=task.pk, ended_on=None).update(ended_on=today, said=text)
    free_the_rest(task)
    done = finish(actor, "finish-request", found, facts={"minutes": task.minutes}, ended_on=today, said=text)
    telling.to_asker(done, "finished", "finished_work", but=actor.id)
    if actor.id != task.expert.person:
        telling.to_expert(task.expert, done, "finished", "finished")
    return done


@trail.recorded("note-expert-help", kind="expert-request", about=named())
@transaction.atomic
def note_help(*, actor: Actor, request: str, went: HowItWent) -> HelpAnswer:
    """What the initiative told its adviser. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "note-expert-help", found)
    task = current(found)
    if task is not None and actor.kind == "person" and actor.id == task.expert.person:
        raise NotValid(_("U hielp zelf. Laat een collega dit opschrijven."), code="same-person")
    kept = _keep(found, "initiative", went, told_by="adviser")
    finish(actor, "note-expert-help", found, facts={"answer": went.helped})
    return kept


@trail.recorded("tell-expert-work", kind="expert-request", about=named())
@transaction.atomic
def tell_work(*, actor: Actor, request: str, went: HowItWent) -> HelpAnswer:
    """What the expert says about it. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(request)
    begin(actor, "tell-expert-work", found)
    kept = _keep(found, "expert", went, told_by="itself")
    finish(actor, "tell-expert-work", found, facts={"answer": went.helped})
    return kept


@trail.recorded("tell-expert-help", kind="expert-request", about=named())
@transaction.atomic
def tell_help(*, actor: Actor, request: str, went: HowItWent) -> HelpAnswer:
    """What the initiative itself says. Demands no permission of its own: the act of the room that knows who asks does. Raises NotFound,
    NotNow, NotValid."""
    found = find(request)
    if found.stands is not RequestState.FINISHED:
        raise NotNow(_("De deskundige is nog bezig."), code="state")
    kept = _keep(found, "initiative", went, told_by="itself")
    trail.record(
        actor=actor,
        action="tell-expert-help",
        subject=reference(found),
        facts={"answer": went.helped},
        province=found.province,
    )
    telling.to_asker(found, "helped", "helped_work", {"answer": kept})
    return kept


def _keep(found: ExpertRequest, side: str, went: HowItWent, *, told_by: str) -> HelpAnswer:
    if went.helped not in Helped.values or went.again not in Helped.values:
        raise NotValid(_("Kies bij beide vragen een antwoord."), code="answer")
    task = current(found)
    if task is None:
        raise NotNow(_("Niemand had dit verzoek."), code="nobody")
    try:
        with transaction.atomic():
            return HelpAnswer.objects.create(
                task=task,
                side=side,
                helped=went.helped,
                again=went.again,
                text=went.text.strip()[:500],
                told_by=told_by,
                on=clock.today(),
            )
    except IntegrityError:
        raise NotNow(_("Dit antwoord is er al. Dank u wel."), code="answered") from None
