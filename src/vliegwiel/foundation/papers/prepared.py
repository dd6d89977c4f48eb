"""A letter made ready before the transaction of the act: setting its pages takes time, and then nothing else waits for it."""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string

from vliegwiel.foundation.papers import storage
from vliegwiel.foundation.papers.compose import compose, dated, problems_of
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.letterhead import letterhead_of
from vliegwiel.foundation.papers.typeset import Letterhead, facts_of, pages_of, parts_of, render_pdf, until_of, words
from vliegwiel.kernel import clock


@dataclass(frozen=True)
class PreparedLetter:
    """A letter that was checked, dated and set, and whose PDF is kept (`sha256`); it is no letter until it is issued."""

    province: str
    draft: LetterDraft
    html: str
    sha256: str
    pages: int
    made_up: bool


@dataclass(frozen=True)
class LetterPreview:
    """What a letter will look like: as a piece of a page and as PDF, and what must be mended before it may go (one line each)."""

    html: str
    pdf: bytes
    problems: tuple[str, ...]


def page_of(*, province: str, draft: LetterDraft, on: datetime.date | None = None) -> str:
    """The letter as it would be sent on this day (today unless `on`), as a piece of a page only."""
    return as_html(dated(draft, on or clock.today()), letterhead_of(province))


def preview_of(*, province: str, draft: LetterDraft, on: datetime.date | None = None) -> LetterPreview:
    """The letter as it would be sent on this day (today unless `on`); nothing is kept, and what is missing is told, not refused."""
    ready = dated(draft, on or clock.today())
    head = letterhead_of(province)
    return LetterPreview(html=as_html(ready, head), pdf=render_pdf(ready, head), problems=problems_of(ready))


def prepare_letter(*, province: str, draft: LetterDraft, on: datetime.date | None = None) -> PreparedLetter:
    """Check the letter, give it the date on which it is sent (today unless `on`), and make its page and its PDF.

    Call it before the transaction in which the letter is issued: it writes no row, so on SQLite it keeps nobody waiting. The PDF is kept
    by its hash at once; when the act does not follow, `clear_unused` takes it away. Raises NotValid with one line per thing missing.
    """
    ready = compose(dated(draft, on or clock.today()))
    head = letterhead_of(province)
    pdf = render_pdf(ready, head)
    return PreparedLetter(
        province=province,
        draft=ready,
        html=as_html(ready, head),
        sha256=storage.store(pdf),
        pages=pages_of(pdf),
        made_up=head.made_up,
    )


def as_html(draft: LetterDraft, head: Letterhead) -> str:
    """The letter as a piece of a page: the same words in the same order as the PDF."""
    context = {
        "draft": draft,
        "head": head,
        "facts": facts_of(draft),
        "parts": parts_of(draft),
        "until": until_of(draft),
        "words": words(),
    }
    return render_to_string("foundation/papers/pages/letter/body.html", context)
