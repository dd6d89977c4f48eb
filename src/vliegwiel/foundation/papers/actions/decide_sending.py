"""Decide how a letter goes, and note that it went."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers import access
from vliegwiel.foundation.papers.models import Letter, Sending, Way
from vliegwiel.foundation.papers.sending import POST, ask_for_print, decide
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotValid


@recorded("decide-sending", kind="letter", about=lambda arguments: str(arguments["letter"])[:12])
def decide_sending(*, actor: Actor, letter: str, way: str, person: str = "") -> tuple[str, bool]:
    """A letter (public id) goes by "mail" or "post": the way that was decided first, and whether that is now; `person` is the public id
    of who it goes to, for the trail.

    By post it stands on the list to print until it was printed. Raises NotFound, NotValid for another way, and NotAllowed for who may
    not add papers to the record.
    """
    if way not in Way.values:
        raise NotValid(_("Een brief gaat per e-mail of met de post."), code="unknown-way")
    found = _letter(actor, letter)
    with transaction.atomic():
        decided, new = decide(found, way)
        if new:
            _record(actor, "decide-sending", found, {"way": decided, "person": person})
    return decided, new


@recorded("put-to-print", kind="letter", about=lambda arguments: str(arguments["letter"])[:12])
def put_to_print(*, actor: Actor, letter: str) -> None:
    """A letter (public id) is printed and posted; one that went before is printed once more, as a copy.

    Harmless when it stands on the list. Raises NotFound, and NotAllowed for who may not add papers to the record.
    """
    found = _letter(actor, letter)
    with transaction.atomic():
        if ask_for_print(found):
            _record(actor, "put-to-print", found, {})


@recorded("mark-printed", kind="letter")
def mark_printed(*, actor: Actor, letters: Sequence[str], province: str) -> int:
    """These letters (public ids) of this province were printed and posted today; returns how many were still on the list."""
    demand(actor, "send-letters", Subject(province=province))
    count = 0
    with transaction.atomic():
        for found in Letter.objects.filter(public_id__in=letters, province=province).order_by("pk"):
            waiting = Sending.objects.filter(letter=found, way=POST, sent_at=None)
            if waiting.update(sent_at=clock.now(), sent_by=actor.id):
                count += 1
                _record(actor, "mark-printed", found, {})
    return count


def _letter(actor: Actor, letter: str) -> Letter:
    found = Letter.objects.filter(public_id=letter).first()
    if found is None:
        raise NotFound(_("Deze brief kennen we niet."))
    access.demand(access.may_add(actor, found.about_kind, found.about_id))
    return found


def _record(actor: Actor, action: str, letter: Letter, facts: dict[str, str | int | bool | None]) -> None:
    subject = Reference("letter", letter.public_id, "", "")
    record(actor=actor, action=action, subject=subject, facts=facts, province=letter.province)
