"""Drafts made from the text blocks of the catalogue, and the check that nothing mandatory is missing."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.letters import LetterBlock, LetterText, filled, letter_texts, refusal_grounds, remedies
from vliegwiel.foundation.papers.drafts import Block, Heading, Items, LetterDraft, Recipient, Signature, Table, Text
from vliegwiel.foundation.papers.rules import in_words, last_day_to_object, may_be_issued
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

Fact = str | int | Money | datetime.date | Sequence[str] | Sequence[Sequence[str | Money]] | None
DEFAULT_TO = "ons. Het adres staat bovenaan deze brief"
DEFAULT_SALUTATION = "Geachte heer of mevrouw,"


def compose(draft: LetterDraft) -> LetterDraft:
    """The same draft, when it may go out. Raises NotValid with every reason at once."""
    verdict = may_be_issued(draft)
    if not verdict:
        raise NotValid(_("Deze brief kan nog niet weg."), code=verdict.reasons[0].code, details=problems_of(draft))
    return draft


def problems_of(draft: LetterDraft) -> tuple[str, ...]:
    """What must be mended before it may go out: one line each, with the article."""
    verdict = may_be_issued(draft)
    if verdict:
        return ()
    return tuple(f"{reason.text} ({reason.article})" if reason.article else reason.text for reason in verdict.reasons)


def dated(draft: LetterDraft, day: datetime.date) -> LetterDraft:
    """The same letter as it is sent on this day. One that has a date keeps it.

    A decision without a last day to object gets it, with its remedy clause: counted from the day on which it is sent (Awb 6:8). So a
    letter that waited for days names the right date.
    """
    ready = draft if draft.date else replace(draft, date=day)
    text = letter_texts().get(draft.kind)
    if text is None or text.remedy == "none" or draft.until or draft.remedy or ready.date is None:
        return ready
    until = last_day_to_object(ready.date)
    return replace(ready, until=until, remedy=_remedy(text, until, draft.remedy_to))


def draft_letter(
    kind: str,
    *,
    facts: Mapping[str, Fact],
    recipient: Recipient,
    reference: str,
    date: datetime.date | None = None,
    motivation: str = "",
    summary_b1: str = "",
    until: datetime.date | None = None,
    objection_to: str = DEFAULT_TO,
    signature: Signature | None = None,
    subject: str = "",
    salutation: str = DEFAULT_SALUTATION,
) -> LetterDraft:
    """A letter of this kind (a key of catalogue/letters) with these facts in its places.

    Amounts are Money, also in the cells of a table; dates are dates, lists are sequences of text. The summary is that of the catalogue
    unless given. Leave `date` and `until` out: the day on which it is sent decides both, and the remedy clause (see `dated`).
    `objection_to` finishes "Schrijf uw bezwaar aan …". Raises NotValid for an unknown kind or a fact that is missing, unknown or of
    another kind: one line each. It does not check that the letter may go out: `compose` does.
    """
    text = letter_texts().get(kind)
    if text is None:
        raise NotValid(_("De briefsoort %(kind)s kennen we niet.") % {"kind": kind}, code="unknown-kind")
    words, given = _words(text, facts)
    return LetterDraft(
        kind=kind,
        title=filled(text.title, words),
        recipient=recipient,
        blocks=tuple(_block(block, words, given) for block in text.blocks if not block.when or block.when in given),
        summary_b1=summary_b1 or filled(text.summary, words),
        motivation=motivation,
        remedy=_remedy(text, until, objection_to) if until else "",
        remedy_to=objection_to,
        salutation=salutation,
        reference=reference,
        subject=subject,
        date=date,
        until=until,
        signature=signature,
    )


def _remedy(text: LetterText, until: datetime.date, to: str) -> str:
    return filled(remedies()[text.remedy], {"until": in_words(until), "to": to}) if text.remedy != "none" else ""


def refusal_facts(ground: str) -> dict[str, str]:
    """The facts `ground` and `article` of a refusal on a general ground of the catalogue; raises NotValid for an unknown one."""
    found = refusal_grounds().get(ground)
    if found is None:
        raise NotValid(_("De weigeringsgrond %(ground)s kennen we niet.") % {"ground": ground}, code="unknown-ground")
    return {"ground": found.text, "article": found.article}


def _words(text: LetterText, facts: Mapping[str, Fact]) -> tuple[dict[str, str], dict[str, Any]]:
    """What stands in the places, and the facts that are given; every mistake at once."""
    given = {name: value for name, value in facts.items() if value not in (None, "", (), [])}
    problems = [
        _("%(name)s ontbreekt.") % {"name": name} for name in text.facts if name not in given and name not in text.optional
    ]
    problems += [_("%(name)s kennen we niet bij deze brief.") % {"name": name} for name in given if name not in text.facts]
    words = {}
    for name, kind in text.facts.items():
        if name not in given:
            continue
        word = _word(kind, given[name])
        if word is None:
            problems.append(_("%(name)s is geen %(kind)s.") % {"name": name, "kind": _IN_DUTCH[kind]})
        else:
            words[name] = word
    if problems:
        message = _("De gegevens voor de brief (%(name)s) kloppen niet.") % {"name": text.name}
        raise NotValid(message, code="bad-facts", details=tuple(problems))
    return words, given


_IN_DUTCH = {"text": "tekst", "amount": "bedrag", "date": "datum", "number": "getal", "lines": "lijst", "rows": "tabel"}


def _word(kind: str, value: Any) -> str | None:
    """The fact as it stands in a sentence; empty for lists and rows; None for a value of another kind."""
    if kind == "amount":
        return value.dutch(cents=value.cents % 100 != 0) if isinstance(value, Money) else None
    if kind == "date":
        return in_words(value) if isinstance(value, datetime.date) else None
    if kind == "number":
        return f"{value:,}".replace(",", ".") if isinstance(value, int) and not isinstance(value, bool) else None
    if kind == "text":
        return value if isinstance(value, str) else None
    return "" if isinstance(value, Sequence) and not isinstance(value, str) else None


def _block(block: LetterBlock, words: Mapping[str, str], given: Mapping[str, Any]) -> Block:
    if block.kind == "heading":
        return Heading(filled(block.text, words))
    if block.kind == "text":
        return Text(filled(block.text, words))
    if block.kind == "table":
        rows = tuple(tuple(cell.dutch() if isinstance(cell, Money) else str(cell) for cell in row) for row in given[block.rows])
        return Table(filled(block.text, words), block.head, rows, block.numeric)
    items = given[block.lines] if block.lines else [filled(item, words) for item in block.items]
    return Items(tuple(str(item) for item in items))
