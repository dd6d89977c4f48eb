"""Open a document or a letter, for who may read it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.foundation.papers import access, storage
from vliegwiel.foundation.papers.models import Letter, Paper, ScanState
from vliegwiel.foundation.papers.queries import LetterFacts, PaperFacts, letter_facts, paper_facts
from vliegwiel.foundation.trail.public import Result, record, recorded
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow


@dataclass(frozen=True)
class OpenedPaper:
    """A document with its bytes."""

    facts: PaperFacts
    data: bytes


@recorded("open-paper", kind="paper", about=lambda arguments: str(arguments["paper"])[:12])
def open_paper(*, actor: Actor, paper: str) -> OpenedPaper:
    """The bytes of a document (public id); reading a confidential one is kept in the trail, each time.

    Raises NotFound, NotAllowed by the room of its record, and NotNow while it waits for the scanner or when there is nothing to open.
    """
    found = Paper.objects.filter(public_id=paper).first()
    if found is None:
        raise NotFound(_("Dit stuk kennen we niet. Klopt het adres?"))
    access.demand(access.may_read(actor, found.about_kind, found.about_id, confidential=found.confidential))
    _refuse_unless_readable(found)
    data = storage.fetch(found.sha256)
    if found.confidential:
        subject = Reference("paper", found.public_id, "", "")
        facts = {"about-kind": found.about_kind, "about": found.about_id}
        record(actor=actor, action="open-paper", subject=subject, result=Result.READ, facts=facts, province=found.province)
    return OpenedPaper(paper_facts(found), data)


def _refuse_unless_readable(paper: Paper) -> None:
    reasons = {
        ScanState.WAITING: (_("Dit stuk wacht op de virusscan. Probeer het over een paar minuten."), "waits-for-scan"),
        ScanState.INFECTED: (_("In dit stuk zat een virus. We hebben het weggegooid. Vraag om een nieuw exemplaar."), "infected"),
        ScanState.UNSCANNABLE: (_("De virusscan kan dit stuk niet lezen. Vraag om een nieuw exemplaar."), "unscannable"),
        ScanState.LOST: (_("Dit stuk is kwijtgeraakt vóór de virusscan. Vraag om een nieuw exemplaar."), "lost"),
    }
    if paper.scan_state in reasons:
        message, code = reasons[ScanState(paper.scan_state)]
        raise NotNow(message, code=code)


@recorded("open-letter", kind="letter", about=lambda arguments: str(arguments["letter"])[:12])
def open_letter(*, actor: Actor, letter: str) -> LetterFacts:
    """A letter (public id) for who may read papers of its record. Raises NotFound and NotAllowed."""
    return letter_facts(_letter(actor, letter))


@recorded("open-letter", kind="letter", about=lambda arguments: str(arguments["letter"])[:12])
def open_letter_pdf(*, actor: Actor, letter: str) -> tuple[LetterFacts, bytes]:
    """A letter with its PDF, as it was issued. Raises NotFound and NotAllowed, and NotNow when the file is damaged."""
    found = _letter(actor, letter)
    return letter_facts(found), storage.fetch(found.sha256)


def _letter(actor: Actor, letter: str) -> Letter:
    found = Letter.objects.filter(public_id=letter).first()
    if found is None:
        raise NotFound(_("Deze brief kennen we niet. Klopt het adres?"))
    access.demand(access.may_read(actor, found.about_kind, found.about_id))
    return found
