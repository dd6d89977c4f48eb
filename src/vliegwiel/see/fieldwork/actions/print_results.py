"""Letters that say where the result stands, for members of a panel who wanted to hear so: also for who was not asked this time."""

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import LetterDraft, Recipient, draft_letter, letters_in_one_file
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.print_invitations import IN_ONE_FILE
from vliegwiel.see.fieldwork.models import Fielding, Panel, PanelMember
from vliegwiel.see.fieldwork.queries import INVITE, fielding_named


@trail.recorded("print-results", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def print_results(*, actor: Actor, fielding: str, part: int = 1) -> bytes:
    """One PDF with the letters of a part (from 1), each on a new sheet; nothing of them is kept.

    Raises NotAllowed, NotNow before the answers went to surveys or without a panel, NotFound for a part that is not there.
    """
    found = fielding_named(fielding)
    demand(actor, INVITE, Subject(province=found.province))
    if found.state != Fielding.State.HANDED or found.panel is None:
        raise NotNow(_("De uitkomst sturen kan pas als de antwoorden een meting zijn."), code="state")
    members = list(found.panel.members.filter(wants_results=True).order_by("public_id"))
    some = members[(part - 1) * IN_ONE_FILE : part * IN_ONE_FILE] if part > 0 else []
    if not some:
        raise NotFound(_("Hier staan geen brieven in."))
    made = letters_in_one_file(province=found.province, drafts=[_letter(found, found.panel, one) for one in some])
    subject = Reference("fielding", found.public_id, "", "")
    facts: dict[str, str | int | bool | None] = {"letters": len(some)}
    trail.record(
        actor=actor, action="print-results", subject=subject, result=trail.Result.READ, facts=facts, province=found.province
    )
    return made


def _letter(fielding: Fielding, panel: Panel, member: PanelMember) -> LetterDraft:
    site = settings.VLIEGWIEL_ADDRESS.rstrip("/")
    return draft_letter(
        "survey-result",
        facts={
            "title": fielding.title,
            "address": f"{site}/enquetes",
            "leave": codes.spelled(codes.leaving_code(panel.salt, member.public_id)),
            "leave_address": f"{site}/panel/mijn",
            "member_until": member.until,
        },
        recipient=Recipient(member.lines),
        reference=fielding.public_id,
        subject=fielding.title,
    )
