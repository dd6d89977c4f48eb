"""Issue a letter: from this moment it stands."""

from django.db import transaction
from django.template.loader import render_to_string

from vliegwiel.foundation.papers import access, storage
from vliegwiel.foundation.papers.compose import compose
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.letterhead import letterhead_of
from vliegwiel.foundation.papers.models import Letter, PrintJob
from vliegwiel.foundation.papers.queries import LetterFacts, letter_facts
from vliegwiel.foundation.papers.typeset import Letterhead, facts_of, pages_of, parts_of, render_pdf, words_of
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference


@recorded("issue-letter", kind="letter", about=lambda arguments: str(arguments["about"].id))
def issue_letter(*, actor: Actor, province: str, about: Reference, draft: LetterDraft, on_paper: bool = False) -> LetterFacts:
    """Make the PDF and the page of this letter and keep both for good; the date is today unless the draft has one.

    Whether the actor may take the decision is for the calling action; this room asks only whether they may add papers to the record.
    `on_paper` puts it on the list to print. Raises NotAllowed, and NotValid with one line per thing that is missing: then nothing is
    kept.
    """
    access.demand(access.may_add(actor, about.kind, about.id))
    ready = compose(draft.dated(clock.today()))
    head = letterhead_of(province)
    pdf = render_pdf(ready, head)
    with transaction.atomic():
        letter = Letter.objects.create(
            province=province,
            about_kind=about.kind,
            about_id=about.id,
            kind=ready.kind,
            title=ready.title,
            reference=ready.reference,
            language=ready.language,
            draft=ready.to_json(),
            draft_hash=ready.hash,
            html=as_html(ready, head),
            sha256=storage.store(pdf),
            pages=pages_of(pdf),
            dated=ready.date or clock.today(),
            made_up=head.made_up,
            issued_at=clock.now(),
            issued_by=actor.id,
        )
        if on_paper:
            PrintJob.objects.create(letter=letter, province=province)
        facts: dict[str, str | int | bool | None] = {
            "about-kind": about.kind,
            "about": about.id,
            "letter-kind": letter.kind,
            "sha256": letter.sha256,
            "draft": letter.draft_hash,
            "on-paper": on_paper,
        }
        record(actor=actor, action="issue-letter", subject=Reference("letter", letter.public_id, "", ""), facts=facts)
    return letter_facts(letter)


def as_html(draft: LetterDraft, head: Letterhead) -> str:
    """The letter as a piece of a page: the same words in the same order as the PDF."""
    context = {
        "draft": draft,
        "head": head,
        "facts": facts_of(draft),
        "parts": parts_of(draft),
        "words": words_of(draft.language),
    }
    return render_to_string("foundation/papers/pages/letter/body.html", context)
