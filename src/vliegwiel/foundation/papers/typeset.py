"""From a draft to a tagged PDF: pure, the same bytes for the same draft and letterhead.

The words go into `letter.typ` as data, so that no text can act as markup. Only the typefaces that lie beside it are used.
"""

import json
import re
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vliegwiel.foundation.papers.drafts import Items, LetterDraft
from vliegwiel.foundation.papers.rules import in_words
from vliegwiel.kernel.made_up import MADE_UP

if TYPE_CHECKING:
    import typst

_HERE = Path(__file__).parent
_lock = threading.Lock()


@dataclass(frozen=True)
class Letterhead:
    """Who writes (*briefhoofd*): the name, the line above the address, how to reach them (pairs of a word and a value), the foot, the
    logo as SVG, and whether all is made up."""

    name: str
    return_line: str = ""
    contact: tuple[tuple[str, str], ...] = ()
    foot: str = ""
    logo: str = ""
    made_up: bool = False


@dataclass(frozen=True)
class Words:
    """The fixed words of a letter; an administrative body writes Dutch (Awb 2:6)."""

    day: str = "Datum"
    reference: str = "Ons kenmerk"
    subject: str = "Onderwerp"
    summary: str = "In het kort"
    motivation: str = "Waarom besluiten wij dit?"
    remedy: str = "Bent u het er niet mee eens?"
    until: str = "Bent u het er niet mee eens? Reageren kan tot en met %s."
    page: str = "Pagina"
    of: str = "van"
    made_up: str = f"{MADE_UP}. Deze brief is bedacht om mee te oefenen."


@cache
def words() -> Words:
    """The fixed words."""
    return Words()


def render_pdf(draft: LetterDraft, letterhead: Letterhead | None = None) -> bytes:
    """The letter on A4 as tagged PDF, with its title, language and date.

    The typesetter itself refuses what is not accessible (PDF/UA-1) or cannot be kept (PDF/A-2a), as far as it checks.
    Raises ValueError for a draft without a date.
    """
    if draft.date is None:
        message = "a letter that is printed has a date"
        raise ValueError(message)
    head = letterhead or Letterhead("Provincie")
    inputs = {"letter": json.dumps(_as_data(draft, head), ensure_ascii=False)}
    with _lock:
        made = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1", "a-2a"])
    if not isinstance(made, bytes):
        message = "the typesetter gave no document"
        raise TypeError(message)
    return made


def pages_of(pdf: bytes) -> int:
    """How many pages a letter of ours has: the typesetter writes them in the open, so that no reader has to take the file apart."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def parts_of(draft: LetterDraft) -> list[dict[str, Any]]:
    """The blocks in the order in which they are read: the text, then why, then what one can do, then who signs."""
    return [*_body(draft), *_closing(draft)]


def _body(draft: LetterDraft) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = [{"kind": "text", "text": draft.salutation}] if draft.salutation else []
    parts += [part for block in draft.blocks for part in _parts(block)]
    return [*parts, *_section(words().motivation, draft.motivation)]


def _closing(draft: LetterDraft) -> list[dict[str, Any]]:
    """What one can do and who signs: it stays together on a page."""
    parts = _section(words().remedy, draft.remedy)
    if draft.signature is not None:
        parts.append({"kind": "signature", "text": draft.signature.greeting, "items": list(draft.signature.lines)})
    return parts


def _section(heading: str, text: str) -> list[dict[str, Any]]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [{"kind": "heading", "text": heading}, *({"kind": "text", "text": line} for line in lines)] if lines else []


def _parts(block: Any) -> list[dict[str, Any]]:
    """A text with blank lines in it is several paragraphs."""
    if block.kind == "text":
        return [{"kind": "text", "text": text.strip()} for text in re.split(r"\n\s*\n", block.text) if text.strip()]
    return [_part(block)]


def _part(block: Any) -> dict[str, Any]:
    if isinstance(block, Items):
        return {"kind": "steps" if block.numbered else "items", "items": list(block.items)}
    if block.kind == "heading":
        return {"kind": block.kind, "text": block.text}
    rows = [list(row) for row in block.rows]
    return {"kind": "table", "caption": block.caption, "head": list(block.head), "rows": rows, "numeric": list(block.numeric)}


def facts_of(draft: LetterDraft) -> list[tuple[str, str]]:
    """What stands above the letter: date, reference, subject."""
    said = words()
    day = in_words(draft.date) if draft.date else ""
    found = [(said.day, day), (said.reference, draft.reference), (said.subject, draft.subject)]
    return [(name, value) for name, value in found if value]


def until_of(draft: LetterDraft) -> str:
    """The last day to object, as the summary names it; empty without one."""
    return words().until % in_words(draft.until) if draft.until and draft.remedy else ""


def _as_data(draft: LetterDraft, head: Letterhead) -> dict[str, Any]:
    said = words()
    day = draft.date
    return {
        "title": draft.title,
        "sender": head.name,
        "description": draft.subject or draft.reference or draft.title,
        "day": [day.year, day.month, day.day] if day else [],
        "language": draft.language,
        "made_up": said.made_up if head.made_up else "",
        "reference": draft.reference,
        "foot": head.foot or head.name,
        "page_word": said.page,
        "of_word": said.of,
        "logo": head.logo,
        "logo_alt": head.name,
        "return_line": head.return_line,
        "address": list(draft.recipient.lines),
        "facts": facts_of(draft),
        "contact": list(head.contact),
        "summary_word": said.summary,
        "summary": draft.summary_b1,
        "until": until_of(draft),
        "dated": in_words(day) if day else "",
        "body": _body(draft),
        "closing": _closing(draft),
    }


@cache
def _compiler() -> "typst.Compiler":
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])
    return typst.Compiler(input=_HERE / "letter.typ", root=_HERE, font_paths=fonts, ignore_system_fonts=True)
