"""Put the letters that wait for the post together in one file for the printer."""

from django.utils.translation import gettext as _

from vliegwiel.foundation.papers import storage
from vliegwiel.foundation.papers.in_one_file import joined
from vliegwiel.foundation.papers.queries import waiting_for_post
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import Result, record, recorded
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound

#: So many letters in one file: it stays quick to make, and a printer that jams costs no more than this.
MOST = 100


@recorded("print-letters", kind="letter")
def print_letters(*, actor: Actor, province: str, up_to: int) -> bytes:
    """One PDF with the oldest letters that wait for the post, at most a hundred and none asked for after `up_to`.

    Each begins on a new sheet, also when both sides are printed. Nothing changes: what was posted is told with `mark_printed`. Who
    prints is kept in the trail. Raises NotAllowed, NotFound when nothing waits, and NotNow for a damaged file.
    """
    demand(actor, "send-letters", Subject(province=province))
    waiting = list(waiting_for_post(province).filter(pk__lte=up_to).select_related("letter")[:MOST])
    if not waiting:
        raise NotFound(_("Er is nu niets te printen."))
    out = joined(storage.fetch(sending.letter.sha256) for sending in waiting)
    subject = Reference("letter", "", "", "")
    facts = {"letters": len(waiting)}
    record(actor=actor, action="print-letters", subject=subject, result=Result.READ, facts=facts, province=province)
    return out
