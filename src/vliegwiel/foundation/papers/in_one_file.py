"""Letters in one file for the printer: each on a new sheet, also when both sides are printed."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from vliegwiel.foundation.papers.compose import compose, dated
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.letterhead import letterhead_of
from vliegwiel.foundation.papers.typeset import render_pdf
from vliegwiel.kernel import clock


def joined(letters: Iterable[bytes]) -> bytes:
    """One PDF of many; a letter with an odd number of pages is followed by an empty one."""
    from pypdf import PdfReader, PdfWriter

    together = PdfWriter()
    for letter in letters:
        pages = PdfReader(BytesIO(letter)).pages
        for page in pages:
            together.add_page(page)
        if len(pages) % 2:
            together.add_blank_page()
    out = BytesIO()
    together.write(out)
    return out.getvalue()


def letters_in_one_file(*, province: str, drafts: Sequence[LetterDraft]) -> bytes:
    """Letters that are printed and not kept, dated today, as one PDF: for what may stand on paper only, such as a code.

    They are no letters of a file: nothing is issued and no row is written. Raises NotValid when one of them may not go out.
    """
    head, today = letterhead_of(province), clock.today()
    return joined(render_pdf(compose(dated(draft, today)), head) for draft in drafts)
