"""What becomes of initiatives, places and follows of someone whose account goes."""

from django.db import transaction
from django.db.models import F, Q

from vliegwiel.foundation.notices.public import forget, tell
from vliegwiel.foundation.papers.public import remove_papers
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.support.initiatives.findable import refresh
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import (
    ContactMessage,
    Follow,
    Initiative,
    InitiativeLink,
    InitiativePerson,
    OfferRegistration,
    PictureShare,
    PlaceKeeper,
    Thanks,
    ViabilityCheck,
    VolunteerOffer,
)
from vliegwiel.support.initiatives.standing import reference

_TEXTS = "support/initiatives/texts"


@transaction.atomic
def leave_initiatives(*, actor: Actor, person: str, email: str) -> None:
    """Take this person (public id) out of everything here, and forget what they follow, also by their address.

    An initiative that loses its last taker goes to who helped longest, who hears so. Without a helper a draft goes, and what is on the site
    comes off it; what ended already stays to be read. Part of the transaction that removes the account.
    """
    roles = InitiativePerson.objects.filter(person=person)
    took = list(Initiative.objects.filter(people__in=roles.filter(role="taker")).distinct().order_by("pk"))
    roles.delete()
    PlaceKeeper.objects.filter(person=person).delete()
    PictureShare.objects.filter(person=person).delete()
    for message in ContactMessage.objects.filter(Q(sender=person) | Q(address__iexact=email)):
        forget(about=Reference("contact-message", message.public_id, "", ""))
        message.delete()
    for follow in [*Follow.objects.filter(person=person), *Follow.objects.filter(address__iexact=email).exclude(address="")]:
        forget(about=Reference("follow", follow.public_id, "", ""))
        follow.delete()
    _give_seats_back(person)
    for model in (InitiativeLink, Thanks, ViabilityCheck):
        model.objects.filter(by=person).update(by="")
    for found in took:
        if not found.people.filter(role="taker").exclude(person="").exists():
            _without_taker(actor, found)


def _give_seats_back(person: str) -> None:
    for registration in OfferRegistration.objects.filter(person=person).select_related("offer"):
        if registration.offer.on >= clock.today():
            VolunteerOffer.objects.filter(pk=registration.offer_id, taken__gt=0).update(taken=F("taken") - 1)
        registration.delete()


def _without_taker(actor: Actor, found: Initiative) -> None:
    helper = found.people.filter(role="helper").exclude(person="").order_by("since", "pk").first()
    if found.stands is State.DRAFT and helper is None:
        discard(actor, found)
    elif helper is not None:
        InitiativePerson.objects.filter(pk=helper.pk).update(role="taker")
        _record(actor, "join-initiative", found, {"participant": helper.public_id, "role": "taker"})
        tell(
            about=Reference("initiative", found.public_id, found.title, found.own_path),
            moment=f"taker-{helper.public_id}",
            template=f"{_TEXTS}/taker",
            facts={"initiative": found},
            province=found.province,
            person=helper.person,
            kind="initiatives",
        )
    elif found.stands is State.PUBLIC and not found.has_ended:
        same = Initiative.objects.filter(pk=found.pk, state=State.PUBLIC.value)
        same.update(state=State.WITHDRAWN.value, version=F("version") + 1, changed_at=clock.now())
        found.refresh_from_db()
        refresh(actor, found)
        _record(actor, "withdraw-initiative", found, None)


def discard(actor: Actor, found: Initiative) -> None:
    """Truly delete a draft with its photos and messages; part of the caller's transaction, which says that it may."""
    remove_papers(actor=Actor.system("job"), about=Reference("initiative", found.public_id, "", ""))
    forget(about=reference(found))
    found.delete()
    _record(actor, "discard-initiative", found, None)


def _record(actor: Actor, action: str, found: Initiative, facts: dict[str, str | int | bool | None] | None) -> None:
    subject = Reference("initiative", found.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=found.province)
