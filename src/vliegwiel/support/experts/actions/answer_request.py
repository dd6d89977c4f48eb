"""What experts say about a request: I can do this, or an answer to an invitation. Everyone says whether they have an interest."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.lifecycle import ExpertState, InterestState
from vliegwiel.support.experts.models import Expert, ExpertInterest, ExpertRequest
from vliegwiel.support.experts.standing import begin, expert_of, find, find_expert, finish, named

_INVITED, _WILLING, _UNABLE = InterestState.INVITED.value, InterestState.WILLING.value, InterestState.UNABLE.value


@dataclass(frozen=True)
class Said:
    """What an expert says: a few words, and whether they or who they work for have an interest in the plan, and which."""

    text: str = ""
    conflict: bool | None = None
    interest: str = ""


@trail.recorded("offer-help", kind="expert-request", about=named())
@transaction.atomic
def offer_help(*, actor: Actor, request: str, said: Said) -> ExpertInterest:
    """I can do this. Raises NotFound, NotAllowed, NotNow, NotValid when the interest is not told."""
    found = find(request)
    begin(actor, "offer-help", found)
    expert = _expert(actor, found)
    _check(said)
    there = ExpertInterest.objects.filter(request=found, expert=expert).first()
    if there is not None and there.state in (_WILLING,):
        raise NotNow(_("U zei al dat u dit kunt."), code="there")
    kept = _keep(found, expert, InterestState.WILLING, said)
    _finish(actor, "offer-help", found, kept, "offered_work")
    return kept


@trail.recorded("withdraw-help", kind="expert-request", about=named())
@transaction.atomic
def withdraw_help(*, actor: Actor, request: str, why: str = "") -> ExpertInterest:
    """I cannot do it after all. Raises NotFound, NotAllowed, NotNow."""
    found = find(request)
    begin(actor, "withdraw-help", found)
    there = _mine(found, _expert(actor, found), _WILLING)
    kept = _keep(found, there.expert, InterestState.UNABLE, Said(why, there.conflict, there.interest))
    _finish(actor, "withdraw-help", found, kept, "unable_work")
    return kept


@trail.recorded("invite-expert", kind="expert-request", about=named())
@transaction.atomic
def invite_expert(*, actor: Actor, request: str, expert: str, text: str = "") -> ExpertInterest:
    """Ask an expert of the pool whether they can. Raises NotFound, NotAllowed, NotNow when they said something already."""
    found = find(request)
    begin(actor, "invite-expert", found)
    asked = find_expert(expert)
    if asked.stands is not ExpertState.ADMITTED or asked.province != found.province:
        raise NotNow(_("Deze deskundige zit niet in de pool."), code="not-admitted")
    try:
        with transaction.atomic():
            kept = ExpertInterest.objects.create(request=found, expert=asked, state=_INVITED, text=text.strip()[:300])
    except IntegrityError:
        raise NotNow(_("Deze deskundige is al gevraagd, of zei al iets."), code="there") from None
    done = finish(actor, "invite-expert", found, facts={"to": asked.public_id})
    telling.to_expert(asked, done, "invited", "invited", {"text": kept.text})
    return kept


@trail.recorded("answer-expert-invitation", kind="expert-request", about=named())
@transaction.atomic
def answer_invitation(*, actor: Actor, request: str, willing: bool, said: Said) -> ExpertInterest:
    """Yes or no to an invitation. Raises NotFound, NotAllowed, NotNow, NotValid when a yes does not tell the interest."""
    found = find(request)
    begin(actor, "answer-expert-invitation", found)
    there = _mine(found, _expert(actor, found), _INVITED)
    if willing:
        _check(said)
    kept = _keep(found, there.expert, InterestState.WILLING if willing else InterestState.UNABLE, said)
    _finish(actor, "answer-expert-invitation", found, kept, "offered_work" if willing else "unable_work")
    return kept


def _expert(actor: Actor, found: ExpertRequest) -> Expert:
    expert = expert_of(actor, found.province)
    if expert is None:
        raise NotAllowed(_("Dit kan alleen wie in de pool van deskundigen zit."), code="no-expert")
    return expert


def _mine(found: ExpertRequest, expert: Expert, state: str) -> ExpertInterest:
    there = ExpertInterest.objects.filter(request=found, expert=expert, state=state).select_related("expert").first()
    if there is None:
        raise NotFound(_("Er ligt van u niets bij dit verzoek."))
    return there


def _check(said: Said) -> None:
    if said.conflict is None:
        raise NotValid(_("Zeg of u of uw organisatie belang hebt bij dit plan."), code="conflict")
    if said.conflict and not said.interest.strip():
        raise NotValid(_("Schrijf welk belang dat is. Wie u vraagt, leest het."), code="interest")


def _keep(found: ExpertRequest, expert: Expert, state: InterestState, said: Said) -> ExpertInterest:
    conflict = said.conflict if state is InterestState.WILLING else bool(said.conflict) or None
    words = {
        "state": state.value,
        "text": said.text.strip()[:300],
        "conflict": conflict,
        "interest": said.interest.strip()[:300] if conflict else "",
        "at": clock.now(),
    }
    kept, _made = ExpertInterest.objects.update_or_create(request=found, expert=expert, defaults=words)
    return kept


def _finish(actor: Actor, key: str, found: ExpertRequest, kept: ExpertInterest, text: str) -> None:
    done = finish(actor, key, found, facts={"conflict": bool(kept.conflict)})
    facts = {"expert": kept.expert, "interest": kept}
    telling.to_asker(done, f"said-{kept.expert.public_id}-{done.revision}", text, facts)
