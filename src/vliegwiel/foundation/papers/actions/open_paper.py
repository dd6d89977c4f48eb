"""Open a document or a letter, for who may read it."""

from dataclasses import dataclass

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

    Raises NotFound, NotAllowed by the room of its record, and NotNow while it waits for the scanner or holds a virus.
    """
    found = Paper.objects.filter(public_id=paper).first()
    if found is None:
        raise NotFound("Dit stuk kennen we niet. Klopt het adres?")
    access.demand(access.may_read(actor, found.about_kind, found.about_id))
    if found.scan_state == ScanState.WAITING:
        raise NotNow("Dit stuk wacht op de virusscan. Probeer het over een paar minuten.", code="waits-for-scan")
    if found.scan_state == ScanState.INFECTED:
        raise NotNow("In dit stuk zat een virus. We hebben het weggegooid. Vraag om een nieuw exemplaar.", code="infected")
    data = storage.fetch(found.sha256)
    if found.confidential:
        subject = Reference("paper", found.public_id, "", "")
        facts = {"about-kind": found.about_kind, "about": found.about_id}
        record(actor=actor, action="open-paper", subject=subject, result=Result.READ, facts=facts, province=found.province)
    return OpenedPaper(paper_facts(found), data)


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
        raise NotFound("Deze brief kennen we niet. Klopt het adres?")
    access.demand(access.may_read(actor, found.about_kind, found.about_id))
    return found
