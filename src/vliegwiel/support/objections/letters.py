"""The letters about an objection: the words are in the catalogue, the facts come from here. They go to who applied, in the file."""

from collections.abc import Mapping, Sequence
from datetime import date

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.papers.public import LetterDraft, PreparedLetter, prepare_letter
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import draft_letter_to, grant_of, send_letter
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.standing import reference

Fact = str | int | Money | date | Sequence[str] | Sequence[Sequence[str]] | None


def prepared(
    application: str,
    province: str,
    kind: str,
    facts: Mapping[str, Fact],
    *,
    signer: str = "",
    motivation: str = "",
    summary: str = "",
) -> PreparedLetter:
    """A letter of the catalogue to the applicant, set and ready before the transaction begins."""
    return prepare_letter(
        province=province, draft=drafted(application, kind, facts, signer=signer, motivation=motivation, summary=summary)
    )


def drafted(
    application: str, kind: str, facts: Mapping[str, Fact], *, signer: str = "", motivation: str = "", summary: str = ""
) -> LetterDraft:
    """The same letter as a draft."""
    return draft_letter_to(application, kind, facts, signer=signer, motivation=motivation, summary=summary)


def send(actor: Actor, application: str, letter: PreparedLetter) -> str:
    """Issue it and decide its message, in the transaction of the act; returns its public id."""
    return send_letter(actor, application, letter).id


def message(objection: Objection, moment: str, text: str, facts: Mapping[str, object] | None = None) -> None:
    """Tell who objects and everyone who applied along, once per moment; without an account it goes on paper."""
    grant = grant_of(objection.application)
    people = dict.fromkeys(person for person in (objection.objector, *grant.applicants) if person)
    for person in people or [""]:
        tell(
            about=reference(objection),
            moment=moment,
            template=f"support/objections/texts/{text}",
            facts={"objection": objection, **(facts or {})},
            province=objection.province,
            person=person,
            post=grant.post,
        )


def to_colleague(about: Reference, province: str, person: str, moment: str, text: str, facts: Mapping[str, object]) -> None:
    """Tell who handles it."""
    if person:
        tell(
            about=about,
            moment=moment,
            template=f"support/objections/texts/{text}",
            facts=facts,
            province=province,
            person=person,
            kind="work",
        )
