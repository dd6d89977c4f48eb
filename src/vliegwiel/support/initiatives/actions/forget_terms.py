"""By the clock: destroy what is known of people here when its term is over."""

import functools
import operator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.papers.public import remove_papers
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.support.initiatives.actions.leave_initiatives import discard
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import (
    BlockedSender,
    ContactMessage,
    Follow,
    Initiative,
    InitiativeLink,
    InitiativePerson,
    InitiativePhoto,
    OfferRegistration,
    PictureShare,
    PlaceKeeper,
    Thanks,
    ViabilityCheck,
    YearPicture,
)
from vliegwiel.support.initiatives.standing import reference
from vliegwiel.support.initiatives.words import ENDED

_AT_ONCE = 500


def forget_terms(*, actor: Actor) -> int:
    """Drafts that nobody touched, the people, messages and photos of what ended, followers, self-checks and registrations whose term in
    `catalogue/retention.yml` is over; returns how many records went. The story of what ended stays on the site."""
    now = clock.now()
    drafts = Initiative.objects.filter(state=State.DRAFT.value, changed_at__lt=now - kept_for("draft-initiative"))
    gone = 0
    for found in drafts.order_by("pk")[:_AT_ONCE]:
        with transaction.atomic():
            discard(actor, found)
            gone += 1
    gone += sum(_forget_people(found) for found in _ended(now - kept_for("ended-initiative")))
    for follow in Follow.objects.filter(made_at__lt=now - kept_for("follower")).order_by("pk")[:_AT_ONCE]:
        with transaction.atomic():
            forget(about=Reference("follow", follow.public_id, "", ""))
            follow.delete()
            gone += 1
    before = now - kept_for("self-check")
    day = clock.legal_date(now - kept_for("offer-registration"))
    for rows in (
        ViabilityCheck.objects.filter(made_at__lt=before),
        PlaceKeeper.objects.filter(Q(place__closed_at__lt=before) | Q(place__facility__closed_on__lt=clock.legal_date(before))),
        OfferRegistration.objects.filter(offer__on__lt=day),
        BlockedSender.objects.filter(until__lt=now),
    ):
        gone += rows.delete()[0]
    return gone


def _ended(before: datetime) -> list[Initiative]:
    """What stopped before a moment and still names people or shows photos, also by what went up in it."""
    held = [
        Exists(model.objects.filter(initiative=OuterRef("pk")))
        for model in (InitiativePerson, InitiativePhoto, ContactMessage, Thanks, YearPicture, PictureShare)
    ]
    found = Initiative.objects.filter(state=State.PUBLIC.value, phase__in=list(ENDED), ended_at__lt=before)
    any_of = functools.reduce(operator.or_, map(Q, held))
    return list(found.filter(any_of).order_by("pk")[:_AT_ONCE])


@transaction.atomic
def _forget_people(found: Initiative) -> int:
    job = Actor.system("job")
    for one in (found, *found.merged.all()):
        remove_papers(actor=job, about=Reference("initiative", one.public_id, "", ""))
        forget(about=reference(one))
    for message in found.messages.all():
        forget(about=Reference("contact-message", message.public_id, "", ""))
    parts = (found.people, found.messages, found.photos, found.thanks, found.years, found.shares)
    count = sum(part.all().delete()[0] for part in parts)
    InitiativeLink.objects.filter(Q(source=found) | Q(target=found)).update(by="")
    Initiative.objects.filter(pk=found.pk).update(who_misses="", takes_contact=False)
    subject = Reference("initiative", found.public_id, "", "")
    trail.record(
        actor=job, action="forget-people-of-initiative", subject=subject, facts={"count": count}, province=found.province
    )
    return count
