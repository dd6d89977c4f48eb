"""The letters with a code, as one file for the printer. Nothing of them is kept: a code stands on paper only."""

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import LetterDraft, Recipient, draft_letter, letters_in_one_file
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.models import Door, Fielding, Invitation
from vliegwiel.see.fieldwork.queries import INVITE, fielding_named

#: So many letters in one file: it is made while someone waits.
IN_ONE_FILE = 250


@trail.recorded("print-invitations", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def print_invitations(*, actor: Actor, fielding: str, part: int = 1, reminder: bool = False) -> bytes:
    """One PDF with the letters of a part (from 1), each on a new sheet. A `reminder`: only to who of that part did not answer yet.

    Raises NotAllowed, NotNow when there are no letters to send, NotFound for a part that is not there. Who prints is kept in the trail.
    """
    found = fielding_named(fielding)
    demand(actor, INVITE, Subject(province=found.province))
    if found.state not in (Fielding.State.PLANNED, Fielding.State.OPEN) or not found.invites:
        raise NotNow(_("Bij deze enquête zijn er nu geen brieven."), code="state")
    if reminder and found.state != Fielding.State.OPEN:
        raise NotNow(_("Herinneren kan als de enquête open is."), code="state")
    some = (unanswered_in(found) if reminder else _parts(found)).get(part, [])
    if not some:
        raise NotFound(_("Hier staan geen brieven in."))
    made = letters_in_one_file(province=found.province, drafts=[_letter(found, one, reminder=reminder) for one in some])
    subject = Reference("fielding", found.public_id, "", "")
    facts: dict[str, str | int | bool | None] = {"letters": len(some), "reminder": reminder}
    trail.record(
        actor=actor, action="print-invitations", subject=subject, result=trail.Result.READ, facts=facts, province=found.province
    )
    return made


def unanswered(fielding: Fielding) -> list[Invitation]:
    """Whose door is still closed: found by making each code again, because nothing in the database says so."""
    return [one for some in unanswered_in(fielding).values() for one in some]


def unanswered_in(fielding: Fielding) -> dict[int, list[Invitation]]:
    """The same by part. Parts are of all invitations: who answers while files are made moves nobody else to another file."""
    shut = set(Door.objects.filter(fielding=fielding, spent=False).values_list("mark", flat=True))
    left = {
        part: [one for one in some if codes.door_mark(fielding.salt, codes.code_of(fielding.salt, one.handle)) in shut]
        for part, some in _parts(fielding).items()
    }
    return {part: some for part, some in left.items() if some}


def _parts(fielding: Fielding) -> dict[int, list[Invitation]]:
    found = list(fielding.invitations.select_related("member").order_by("handle"))
    return {at // IN_ONE_FILE + 1: found[at : at + IN_ONE_FILE] for at in range(0, len(found), IN_ONE_FILE)}


def _letter(fielding: Fielding, invitation: Invitation, *, reminder: bool) -> LetterDraft:
    leave = ""
    if fielding.panel is not None and invitation.member is not None:
        leave = codes.spelled(codes.leaving_code(fielding.panel.salt, invitation.member.public_id))
    return draft_letter(
        "survey-reminder" if reminder else "survey-invitation",
        facts={
            "title": fielding.title,
            "code": codes.spelled(codes.code_of(fielding.salt, invitation.handle)),
            "address": f"{settings.VLIEGWIEL_ADDRESS.rstrip('/')}/meedoen",
            "until": fielding.closes_on,
            "phone": fielding.phone or None,
            "leave": leave or None,
            "member_until": invitation.member.until if leave and invitation.member else None,
            "leave_address": f"{settings.VLIEGWIEL_ADDRESS.rstrip('/')}/panel/mijn" if leave else None,
        },
        recipient=Recipient(tuple(str(line) for line in invitation.lines)),
        reference=fielding.public_id,
        subject=fielding.title,
    )
