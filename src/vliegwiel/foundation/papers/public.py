"""What other rooms may ask of papers.

Documents in: `receive` checks, scans and keeps one; `papers_of` lists them; `open_paper` gives the bytes to who may read. Who may is
said by the room of the record, through `PaperAccess` in its contributes.py.

Letters out: `draft_letter` fills a letter of the catalogue, or a room builds a `LetterDraft` itself. An act with a letter goes in this
order, so that nobody waits for the typesetter: `prepare_letter` (checks, dates, sets the pages, writes no row); open the transaction;
decide; `issue_letter` with what was prepared; `notices.deliver_letter`. `may_be_issued` says beforehand what is missing, `preview_of`
shows the letter, and `last_day_to_object` is the date it will name.

`remove_papers` truly deletes documents of a record that never was: a draft that is thrown away.

Many letters: `prepare_batch` puts drafts together, people proof-read and hold them on the pages of this room, and each goes in a
transaction of its own through the `send` of its `BatchPurpose`, which a room contributes: the same action as for one letter alone.

`letters_in_one_file` sets letters that are printed and not kept, for what may stand on paper only.

Files that wait: `Quarantine` and `safe_name`, for every room that takes files in. `rows_of` reads a spreadsheet file.
"""

from vliegwiel.foundation.papers.access import PaperAccess, PaperKind, may_read_papers
from vliegwiel.foundation.papers.actions.decide_sending import decide_sending, put_to_print
from vliegwiel.foundation.papers.actions.issue_letter import issue_letter
from vliegwiel.foundation.papers.actions.open_paper import OpenedPaper, open_letter, open_letter_pdf, open_paper
from vliegwiel.foundation.papers.actions.prepare_batch import prepare_batch
from vliegwiel.foundation.papers.actions.receive_paper import Upload, receive
from vliegwiel.foundation.papers.actions.remove_papers import remove_papers
from vliegwiel.foundation.papers.batches import BatchPurpose, BatchRow
from vliegwiel.foundation.papers.compose import compose, draft_letter, refusal_facts
from vliegwiel.foundation.papers.content import KINDS
from vliegwiel.foundation.papers.drafts import Heading, Items, LetterDraft, Recipient, Signature, Table, Text
from vliegwiel.foundation.papers.in_one_file import letters_in_one_file
from vliegwiel.foundation.papers.prepared import LetterPreview, PreparedLetter, prepare_letter, preview_of
from vliegwiel.foundation.papers.quarantine import Quarantine, safe_name
from vliegwiel.foundation.papers.queries import LetterFacts, PaperFacts, letters_of, papers_of, sent_days
from vliegwiel.foundation.papers.rules import last_day_to_object, may_be_issued
from vliegwiel.foundation.papers.typeset import Letterhead, render_pdf
from vliegwiel.foundation.papers.workbook import is_workbook, rows_of

__all__ = [
    "KINDS",
    "BatchPurpose",
    "BatchRow",
    "Heading",
    "Items",
    "LetterDraft",
    "LetterFacts",
    "LetterPreview",
    "Letterhead",
    "OpenedPaper",
    "PaperAccess",
    "PaperFacts",
    "PaperKind",
    "PreparedLetter",
    "Quarantine",
    "Recipient",
    "Signature",
    "Table",
    "Text",
    "Upload",
    "compose",
    "decide_sending",
    "draft_letter",
    "is_workbook",
    "issue_letter",
    "last_day_to_object",
    "letters_in_one_file",
    "letters_of",
    "may_be_issued",
    "may_read_papers",
    "open_letter",
    "open_letter_pdf",
    "open_paper",
    "papers_of",
    "prepare_batch",
    "prepare_letter",
    "preview_of",
    "put_to_print",
    "receive",
    "refusal_facts",
    "remove_papers",
    "render_pdf",
    "rows_of",
    "safe_name",
    "sent_days",
]
