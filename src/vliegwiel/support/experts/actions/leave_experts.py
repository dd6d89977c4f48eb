"""What becomes of an expert whose account goes, and of who stayed outside the pool for longer than the term."""

from django.db import transaction
from django.db.models import F

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.experts.actions.stop_expert import let_go
from vliegwiel.support.experts.lifecycle import ExpertState
from vliegwiel.support.experts.models import Expert, ExpertTask
from vliegwiel.support.experts.standing import expert_reference

_AT_ONCE = 500
_GONE = "gewist met het account"
_EMPTY = {
    "person": "",
    "name": "",
    "employer": "",
    "about": "",
    "place": "",
    "place_name": "",
    "x": None,
    "y": None,
    "shows_name": False,
    "said": "",
}


@transaction.atomic
def leave_experts(*, actor: Actor, person: str, email: str) -> None:
    """Take this person (public id) out of the pool: requests they have go back, name, place and words go, and hours they worked stay
    without a name. Part of the transaction that removes the account."""
    for found in Expert.objects.filter(person=person).order_by("pk"):
        let_go(actor, found, "De deskundige is er niet meer.")
        forget(about=expert_reference(found), person=person)
        _empty(found)
        trail.record(actor=actor, action="stop-expert", subject=expert_reference(found), province=found.province)


def forget_experts(*, actor: Actor) -> int:
    """By the clock: drafts, and who was not let in or stopped, once their term in `catalogue/retention.yml` is over. Who never had
    anything to do with a request goes whole; of others the hours stay without a name. Returns how many."""
    outside = [state.value for state in (ExpertState.DRAFT, ExpertState.DECLINED, ExpertState.STOPPED)]
    before = clock.now() - kept_for("outside-expert")
    over = Expert.objects.filter(state__in=outside, changed_at__lt=before).exclude(person="")
    gone = 0
    for found in over.order_by("pk")[:_AT_ONCE]:
        with transaction.atomic():
            forget(about=expert_reference(found))
            if found.interests.exists() or ExpertTask.objects.filter(expert=found).exists():
                _empty(found)
            else:
                found.times.all().delete()
                found.delete()
            trail.record(actor=actor, action="forget-expert", subject=expert_reference(found), province=found.province)
            gone += 1
    return gone


def _empty(found: Expert) -> None:
    """Take name, place and words away; the row stays for the hours."""
    found.times.all().delete()
    found.interests.update(text="")
    found.interests.exclude(interest="").update(interest=_GONE)
    stopped = {"state": ExpertState.STOPPED.value, "stopped_on": clock.today(), "skills": [], "languages": []}
    Expert.objects.filter(pk=found.pk).update(revision=F("revision") + 1, changed_at=clock.now(), **_EMPTY, **stopped)
