"""Reads of consents."""

from django.db.models import QuerySet

from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.consents.models import Consent, ConsentAnswer

_PLACE = Fields(province="province", municipality="municipality")


def questions_for(actor: Actor) -> QuerySet[Consent]:
    """What the actor may answer, the first day first; what is closed last."""
    found = may_filter(actor, "give-consent", Consent.objects.all(), _PLACE)
    return found.prefetch_related("answers").order_by("due", "pk")


def question(consent: str) -> Consent:
    """By public id; raises NotFound."""
    found = Consent.objects.filter(public_id=consent).first()
    if found is None:
        raise NotFound("Deze vraag kennen we niet.")
    return found


def answer_of(consent: Consent) -> ConsentAnswer | None:
    """The answer that counts: the latest."""
    return consent.answers.first()


def unanswered(kind: str) -> QuerySet[Consent, str]:
    """The ids of files of a kind on which a municipality has not answered and may still do so: to narrow a list with."""
    return Consent.objects.filter(about_kind=kind, closed_at=None, expired_at=None, answers=None).values_list(
        "about_id", flat=True
    )
