"""What a batch of letters is for: the room that makes it says what happens when one of its letters goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.papers.actions.issue_letter import issue_letter
from vliegwiel.foundation.papers.drafts import LetterDraft
from vliegwiel.foundation.papers.prepared import PreparedLetter
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid

Send = Callable[[Actor, Reference, PreparedLetter, str], str]


@dataclass(frozen=True)
class BatchRow:
    """One letter for a batch: about which record, for whom (public id of an account, or empty), and its draft, without date."""

    about: Reference
    draft: LetterDraft
    person: str = ""


@dataclass(frozen=True)
class BatchPurpose:
    """What a batch is for (*doel van een stapel*): its key, its name on screen, and `send`.

    `send(actor, about, letter, person)` is called inside a transaction, with the person who released the batch and the letter as it was
    prepared. It does the act, issues the letter and delivers it, and returns the letter's public id: for a decision the same action
    that one decision alone goes through. A Refusal leaves everything as it was and is shown at the row.
    """

    key: str
    name: str | Promise
    send: Send


def send_plainly(actor: Actor, about: Reference, letter: PreparedLetter, person: str) -> str:
    """Issue the letter and deliver it: for letters without an act of their own."""
    issued = issue_letter(actor=actor, province=letter.province, about=about, draft=letter)
    deliver = import_string(settings.VLIEGWIEL_DELIVER_LETTER)
    deliver(actor=actor, letter=issued.id, province=letter.province, person=person)
    return issued.id


PLAIN = BatchPurpose("", _("brieven"), send_plainly)


def purpose_of(key: str) -> BatchPurpose:
    """The purpose with this key, from settings.VLIEGWIEL_LETTER_BATCHES: paths of lists in the rooms. Raises NotValid when unknown."""
    if key == PLAIN.key:
        return PLAIN
    for path in settings.VLIEGWIEL_LETTER_BATCHES:
        contributed: Sequence[BatchPurpose] = import_string(path)
        for item in contributed:
            if item.key == key:
                return item
    raise NotValid(f"De stapel is voor iets dat we niet kennen: {key}.", code="unknown-purpose")
