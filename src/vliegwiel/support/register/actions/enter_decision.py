"""Enter a decision, and what happens to it later, in the transaction of the decision itself."""

from datetime import date

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas import queries as areas
from vliegwiel.support.register.facts import Entered
from vliegwiel.support.register.models import AWARDS, RegisterChange, RegisterEntry, RegisterWord
from vliegwiel.support.register.words import words_in


def enter(*, actor: Actor, entered: Entered) -> RegisterEntry:
    """Write the entry of a decision; harmless when repeated. Of a refusal only that it happened is kept, whatever is handed in.

    Raises NotValid for an award without a title, or that would name who is not named.
    """
    found = RegisterEntry.objects.filter(decision=entered.decision).first()
    if found is not None:
        return found
    award = entered.kind in AWARDS
    if award and not entered.title.strip():
        raise NotValid("Geef de subsidie een titel voor het openbare register.", code="no-public-title")
    entry = RegisterEntry.objects.create(
        province=entered.province,
        decision=entered.decision,
        number=entered.number if award else "",
        kind=entered.kind,
        scheme=entered.scheme,
        scheme_title=entered.scheme_title,
        legal_basis=entered.legal_basis[:240],
        recipient=entered.organisation if award else "",
        recipient_number=entered.organisation_number if award and entered.organisation else "",
        municipality=entered.municipality if award else "",
        municipality_name=_name(entered.municipality) if award else "",
        title=entered.title.strip() if award else "",
        conditions=entered.conditions if award else "",
        amount=entered.amount.cents if award else 0,
        beyond=entered.beyond if award else "",
        decided_on=entered.decided_on,
        year=entered.decided_on.year,
        public_from=entered.public_from,
        made_up=entered.made_up,
    )
    if award:
        words = words_in(entry.title, entry.recipient_name, entry.scheme_title, entry.municipality_name, entry.number)
        RegisterWord.objects.bulk_create([RegisterWord(word=word, entry=entry) for word in words])
    facts = {"decision": entered.decision, "kind": entered.kind, "from": entered.public_from.isoformat()}
    trail.record(
        actor=actor,
        action="enter-register",
        subject=Reference("register-entry", entry.public_id, "", ""),
        facts=facts,
        province=entered.province,
    )
    return entry


def change(
    *, actor: Actor, decision: str, kind: str, amount: Money, decided_on: date, public_from: date, key: str
) -> RegisterChange:
    """What a later decision made of an entry (by the public id of its decision); harmless when repeated with one `key`."""
    entry = RegisterEntry.objects.filter(decision=decision).first()
    if entry is None:
        raise NotFound("Dit besluit staat niet in het register.")
    kept, new = RegisterChange.objects.get_or_create(
        entry=entry,
        key=key,
        defaults={"kind": kind, "amount": amount.cents, "decided_on": decided_on, "public_from": public_from},
    )
    if new:
        trail.record(
            actor=actor,
            action="change-register",
            subject=Reference("register-entry", entry.public_id, "", ""),
            facts={"decision": decision, "kind": kind, "amount": amount.cents},
            province=entry.province,
        )
    return kept


def _name(code: str) -> str:
    """The name of a municipality in the newest year we know it of."""
    found = (area for year in areas.years() if code and (area := areas.area(code, year)))
    return next((area.name for area in found), "")
