"""What papers contributes itself: letters to practise with, which belong to no record of another room."""

from django.conf import settings

from vliegwiel.foundation.papers.access import PaperAccess
from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Verdict

PRACTICE = "practice"


def _who_sends_letters(actor: Actor, _record: str) -> Verdict:
    return may(actor, "send-letters", Subject(province=settings.VLIEGWIEL_PROVINCE))


PAPER_ACCESS = [PaperAccess(PRACTICE, _who_sends_letters)]
