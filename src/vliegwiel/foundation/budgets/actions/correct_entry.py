"""Correct a mistake in the ledger by a counter-entry."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.post_entries import Draft, post
from vliegwiel.foundation.budgets.lifecycle import CORRECTABLE, Kind
from vliegwiel.foundation.budgets.models import BudgetLine, Entry
from vliegwiel.foundation.budgets.queries import EntryFacts, entry_named, facts_of
from vliegwiel.foundation.budgets.rules import Moves
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money


@trail.recorded("correct-entry", kind="ledger-entry", about=lambda arguments: str(arguments["entry"])[:12])
def correct(*, actor: Actor, entry: str, reason: str) -> EntryFacts:
    """Book the opposite of an entry (public id) today, with the reason in words (*tegenboeking*); the entry itself stays.

    Asking again gives the counter-entry that is there. Raises NotFound, NotAllowed, NotValid without a reason or for an entry that is not
    corrected this way, or NotNow when what it moved has moved on, or when undoing it would pass a ceiling.
    """
    demand(actor, "correct-ledger", Subject(province=entry_named(entry).province))
    return book_back(actor=actor, entry=entry, reason=reason)


@trail.recorded("undo-act", kind="ledger-entry", about=lambda arguments: arguments["about"].id)
def undo_act(*, actor: Actor, about: Reference, key: str, reason: str) -> list[EntryFacts]:
    """Book the opposite of all that one act (`key`) booked about a file, in the transaction of the act that takes it back, which demands
    the permission (*tegenboeking*). Nothing when that act booked nothing. Raises as `correct`."""
    booked = Entry.objects.filter(about_kind=about.kind, about_id=about.id, key=key, corrected_by=None).order_by("pk")
    return [book_back(actor=actor, entry=entry.public_id, reason=reason) for entry in booked]


def book_back(*, actor: Actor, entry: str, reason: str) -> EntryFacts:
    """The counter-entry itself, for an act that demands its own permission."""
    wrong = entry_named(entry)
    if not reason.strip():
        raise NotValid(_("Schrijf op wat er fout was."), code="no-reason")
    if wrong.kind not in CORRECTABLE:
        raise NotValid(_("Deze boeking herstelt u met een nieuw besluit, niet met een tegenboeking."), code="not-corrected")

    def drafts() -> list[Draft]:
        line = BudgetLine.objects.get(pk=wrong.line_id)
        back = -_moved(wrong)
        if line.closed_on is not None:
            back = replace(back, free=0, lapsed=back.lapsed + back.free)
        return [
            Draft(
                line=line,
                kind=Kind.CORRECT,
                cents=wrong.cents,
                moves=back,
                ceiling=wrong.ceiling,
                beyond=wrong.beyond,
                limited=True,
                received_on=_received_on(wrong),
                corrects=wrong,
                reason=reason,
            )
        ]

    about = Reference(wrong.about_kind, wrong.about_id, "", "")
    return facts_of(post(actor=actor, about=about, key=f"correct-{wrong.public_id}", amount=Money(wrong.cents), build=drafts)[0])


def _moved(entry: Entry) -> Moves:
    return Moves(entry.credit, entry.free, entry.reserved, entry.committed, entry.paid, entry.returned, entry.lapsed)


def _received_on(entry: Entry) -> date | None:
    if entry.received_on is not None:
        return entry.received_on
    same = Entry.objects.filter(about_kind=entry.about_kind, about_id=entry.about_id, ceiling=entry.ceiling)
    return same.exclude(received_on=None).order_by("-pk").values_list("received_on", flat=True).first()
