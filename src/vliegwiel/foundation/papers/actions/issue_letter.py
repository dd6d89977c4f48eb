"""Issue a letter: from this moment it stands."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers import access, storage
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.foundation.papers.prepared import PreparedLetter, prepare_letter
from vliegwiel.foundation.papers.queries import LetterFacts, letter_facts
from vliegwiel.foundation.papers.sending import POST, decide
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid


@recorded("issue-letter", kind="letter", about=lambda arguments: str(arguments["about"].id))
def issue_letter(
    *, actor: Actor, province: str, about: Reference, draft: LetterDraft | PreparedLetter, on_paper: bool = False
) -> LetterFacts:
    """Make this letter final: a row that the database never changes, with its page and its PDF.

    An act with a letter prepares it first (`prepare_letter`), opens its transaction, and issues it there: then this only writes.
    A `LetterDraft` is prepared here and is for a letter without an act around it. Whether the actor may take the decision is for the
    calling action; this room asks only whether they may add papers to the record. `on_paper` puts it on the list to print.

    Raises NotAllowed, and NotValid with one line per thing that is missing: then nothing is kept.
    """
    access.demand(access.may_add(actor, about.kind, about.id))
    ready = draft if isinstance(draft, PreparedLetter) else prepare_letter(province=province, draft=draft)
    with transaction.atomic():
        if ready.province != province or not storage.holds(ready.sha256):
            raise NotValid(_("Deze brief is voor iets anders klaargemaakt. Maak de brief opnieuw."), code="not-prepared")
        letter = Letter.objects.create(
            province=province,
            about_kind=about.kind,
            about_id=about.id,
            kind=ready.draft.kind,
            title=ready.draft.title,
            reference=ready.draft.reference,
            language=ready.draft.language,
            draft=ready.draft.to_json(),
            draft_hash=ready.draft.hash,
            html=ready.html,
            sha256=ready.sha256,
            pages=ready.pages,
            dated=ready.draft.date or clock.today(),
            until=ready.draft.until,
            made_up=ready.made_up,
            issued_at=clock.now(),
            issued_by=actor.id,
        )
        if on_paper:
            decide(letter, POST)
        facts: dict[str, str | int | bool | None] = {
            "about-kind": about.kind,
            "about": about.id,
            "letter-kind": letter.kind,
            "sha256": letter.sha256,
            "draft": letter.draft_hash,
            "on-paper": on_paper,
        }
        subject = Reference("letter", letter.public_id, "", "")
        record(actor=actor, action="issue-letter", subject=subject, facts=facts, province=province)
    return letter_facts(letter)
