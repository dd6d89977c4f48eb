"""The letters of an application as drafts: the words are in the catalogue, the facts come from here."""

from collections.abc import Mapping, Sequence
from datetime import date

from vliegwiel.catalogue.reader import provinces
from vliegwiel.foundation.notices.public import deliver_letter
from vliegwiel.foundation.papers.public import (
    LetterDraft,
    LetterFacts,
    PreparedLetter,
    Recipient,
    Signature,
    draft_letter,
    issue_letter,
    letters_of,
    prepare_letter,
)
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import reference

Fact = str | int | Money | date | Sequence[str] | Sequence[Sequence[str]] | None


def draft_of(
    application: Application,
    kind: str,
    facts: Mapping[str, Fact],
    *,
    name: str = "",
    motivation: str = "",
    summary: str = "",
    along: str = "",
) -> LetterDraft:
    """A letter of the catalogue to the applicant, or to who applied along, by name; `name` signs in the name of the executive."""
    return draft_letter(
        kind,
        facts=facts,
        recipient=_along(application, along) if along else recipient_of(application),
        reference=application.number or "",
        subject=subject_of(application),
        motivation=motivation,
        summary_b1=summary,
        signature=close_of(application.province, name),
    )


def prepared(application: Application, draft: LetterDraft) -> PreparedLetter:
    """The letter set and ready, before the transaction begins."""
    return prepare_letter(province=application.province, draft=draft)


def send(actor: Actor, application: Application, letter: PreparedLetter, person: str = "") -> LetterFacts:
    """Issue a prepared letter and bring it to the applicant, or to another `person` (public id) of their side, in the transaction of the
    act; the message is decided with it."""
    about = reference(application)
    issued = issue_letter(actor=actor, province=application.province, about=about, draft=letter)
    deliver_letter(actor=actor, letter=issued.id, province=application.province, person=person or application.applicant)
    return issued


def sent_on(application: Application, letter: str) -> date | None:
    """The day on which a letter (public id) was made known: at once by e-mail, and none while it waits for the printer."""
    return next((item.sent_on for item in letters_of(reference(application)) if item.id == letter), None)


def recipient_of(application: Application) -> Recipient:
    """Name and address as they stand behind the window."""
    lines = [application.applicant_name or "Aanvrager", *application.address.split("\n")]
    return Recipient(tuple(line.strip() for line in lines if line.strip())[:6])


def _along(application: Application, name: str) -> Recipient:
    """Who applied along, at the address of the application."""
    lines = [name, f"p/a {application.applicant_name}", *application.address.split("\n")]
    return Recipient(tuple(line.strip() for line in lines if line.strip())[:6])


def subject_of(application: Application) -> str:
    """What the letter is about."""
    return f"{application.title or application.scheme_title}, {application.scheme_title}"[:120]


def close_of(province: str, name: str) -> Signature:
    """The close of a letter: in the name of the executive, by who signed (Awb 10:10)."""
    place = provinces().get(province, "")
    executive = f"Gedeputeerde Staten van {place}" if place else "Gedeputeerde Staten"
    return Signature(lines=(executive, "namens dezen", name) if name else (executive,))


def activity_of(application: Application) -> str:
    """The plan as it stands in a sentence."""
    return f"‘{application.title}’" if application.title else "uw plan"
