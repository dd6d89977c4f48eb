"""What becomes of all this with an account that goes, and by the clock."""

from django.db import transaction
from django.db.models import F, Q

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.public import forget
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.support.supporters.actions.keep_supporter import forget_supporter
from vliegwiel.support.supporters.actions.rate_authority import rater_code
from vliegwiel.support.supporters.lifecycle import Room
from vliegwiel.support.supporters.models import (
    AuthorityRating,
    BackingRequest,
    NetworkAnswer,
    NetworkQuestion,
    PromiseCount,
    RoomRequest,
    Supporter,
)
from vliegwiel.support.supporters.rules import period_of, promise_stand

_AT_ONCE = 500


@transaction.atomic
def leave_supporters(*, actor: Actor, person: str, email: str) -> None:
    """Take this person (public id) out of everything here: their page, their questions, their answers about authorities of this half-year,
    and their name where they answered. What they asked in public stays, without them. Part of the transaction that removes the account."""
    for found in Supporter.objects.filter(person=person):
        forget_supporter(found)
    for request in BackingRequest.objects.filter(person=person):
        _destroy(request)
    BackingRequest.objects.filter(promised_by=person).update(promised_by="")
    RoomRequest.objects.filter(person=person, state=Room.ASKED).update(
        state=Room.WITHDRAWN.value, ended_on=clock.today(), revision=F("revision") + 1
    )
    RoomRequest.objects.filter(person=person).update(person="")
    for model in (NetworkQuestion, NetworkAnswer):
        model._default_manager.filter(person=person).update(person="", name="")
    Supporter.objects.filter(known_by=person).update(known_by="")
    AuthorityRating.objects.filter(rater=rater_code(person, period_of(clock.today()))).delete()


def forget_asked(*, actor: Actor) -> int:
    """By the clock: destroy questions for backing whose term is over, and count their promises first; take who asked from questions for
    room, and destroy what was said in the network; returns how many records. What nobody answered goes after twice as long."""
    today, gone = clock.today(), 0
    before = today - kept_for("backing-request")
    ended = Q(ended_on__lt=before) | Q(ended_on=None, asked_on__lt=before - kept_for("backing-request"))
    for found in BackingRequest.objects.filter(ended).order_by("pk")[:_AT_ONCE]:
        with transaction.atomic():
            _destroy(found)
            gone += 1
    over = RoomRequest.objects.filter(ended).exclude(person="")
    gone += over.update(person="")
    talked = Q(closed_at__lt=clock.now() - kept_for("network-question")) | Q(
        at__lt=clock.now() - 2 * kept_for("network-question")
    )
    gone += NetworkQuestion.objects.filter(talked).delete()[0]
    return gone


def _destroy(found: BackingRequest) -> None:
    """Delete a question; its promise stays counted."""
    stand = promise_stand(found.promised_on, found.ended_on, found.state, clock.today())
    if found.promised_on is not None and stand in ("kept", "missed"):
        where = {"province": found.province, "authority": found.authority, "year": found.promised_on.year}
        PromiseCount.objects.get_or_create(**where, defaults={"authority_name": found.authority_name})
        PromiseCount.objects.filter(**where).update(promised=F("promised") + 1, kept=F("kept") + int(stand == "kept"))
    forget(about=Reference("backing-request", found.public_id, "", ""))
    found.delete()
