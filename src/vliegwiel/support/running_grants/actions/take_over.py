"""Take over running grants from a spreadsheet: first a trial run that changes nothing, then all of it or nothing."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import lines_without_ceiling
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import Former, Recipient, take_over_grant
from vliegwiel.support.running_grants import sheet
from vliegwiel.support.running_grants.models import TakenOver
from vliegwiel.support.running_grants.sheet import Sheet, SheetRow

VERB = "give-direct-grants"
NEW, KNOWN, WRONG = "new", "known", "wrong"


@dataclass(frozen=True)
class Outcome:
    """What would happen, or happened, with one row: new, known or wrong, and why."""

    row: SheetRow
    what: str
    why: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Balance:
    """A budget line: what the rows leave to be paid, what the opening balance of the ledger says, and what is free on the line."""

    name: str
    left: Money
    opening: Money | None
    needed: Money
    free: Money | None

    @property
    def agrees(self) -> bool:
        """Whether the rows add up to the opening balance, to the cent, and the line can carry what is new."""
        return self.opening == self.left and self.free is not None and self.needed <= self.free


@dataclass(frozen=True)
class Trial:
    """Every row and every budget line of a file."""

    outcomes: list[Outcome]
    balances: list[Balance]

    @property
    def good(self) -> bool:
        """Whether the file can be taken over."""
        return all(item.what != WRONG for item in self.outcomes) and all(item.agrees for item in self.balances)

    @property
    def new(self) -> int:
        """How many grants are new."""
        return sum(item.what == NEW for item in self.outcomes)


def tried(*, actor: Actor, province: str, data: bytes) -> Trial:
    """The trial run (*proefronde*): what each row would do; nothing is kept. Raises NotAllowed, NotValid for what is no such file."""
    demand(actor, VERB, Subject(province=province))
    return _trial(province, sheet.read(data))


@trail.recorded("take-over-grants", kind="running-grants")
@transaction.atomic
def take_over(*, actor: Actor, province: str, data: bytes) -> Trial:
    """Take over every grant of a file that is not there yet; the same file again changes nothing.

    Raises NotAllowed; NotValid with one line per row that is wrong; NotNow while the rows do not add up to the opening balance of a budget
    line, or the line has too little credit. Then nothing was taken over.
    """
    demand(actor, VERB, Subject(province=province))
    trial = _trial(province, sheet.read(data))
    wrong = [f"regel {item.row.place}: {' '.join(item.why)}" for item in trial.outcomes if item.what == WRONG]
    if wrong:
        raise NotValid(_("Er klopt iets niet in het bestand. Er is niets overgenomen."), code="rows", details=tuple(wrong))
    uneven = [in_words(item) for item in trial.balances if not item.agrees]
    if uneven:
        raise NotNow(_("De subsidies sluiten niet aan op de beginstand."), code="not-even", details=tuple(uneven))
    lines = _lines(province)
    done = [_take(actor, province, item, lines) if item.what == NEW else item for item in trial.outcomes]
    if trial.new:
        facts: dict[str, str | int | bool | None] = {"rows": len(done), "grants": trial.new}
        subject = Reference("running-grants", province, "", "/werk/lopende-subsidies")
        trail.record(actor=actor, action="take-over-grants", subject=subject, facts=facts, province=province)
    return Trial(done, trial.balances)


def in_words(balance: Balance) -> str:
    """Why a budget line does not agree."""
    if balance.free is None:
        return _("{name}: deze budgetpost is er niet, of hij heeft een plafond nodig.").format(name=balance.name)
    if balance.opening is None:
        return _("{name}: zet een regel BEGINSTAND in het bestand.").format(name=balance.name)
    if balance.opening != balance.left:
        text = _("{name}: nog te betalen is {left}, de beginstand is {opening}.")
        return text.format(name=balance.name, left=balance.left.dutch(), opening=balance.opening.dutch())
    text = _("{name}: er is {needed} nodig en vrij is {free}.")
    return text.format(name=balance.name, needed=balance.needed.dutch(), free=balance.free.dutch())


def _lines(province: str) -> dict[str, tuple[str, Money]]:
    """Public id and free money of each usable budget line, by its title without capitals."""
    return {title.casefold(): (key, free) for key, title, free in lines_without_ceiling(province, clock.today())}


def _trial(province: str, found: Sheet) -> Trial:
    lines = _lines(province)
    known = {item.former: item for item in TakenOver.objects.filter(province=province)}
    outcomes = [_judged(row, known.get(row.former)) for row in found.rows]
    names = {row.line.casefold(): row.line for row in found.rows}
    balances = []
    for key, name in sorted(names.items()):
        rows = [item for item in outcomes if item.row.line.casefold() == key]
        balances.append(
            Balance(
                name=name,
                left=Money(sum(item.row.left.cents for item in rows)),
                opening=found.opening.get(key),
                needed=Money(sum(item.row.awarded.cents for item in rows if item.what == NEW)),
                free=lines[key][1] if key in lines else None,
            )
        )
    return Trial(outcomes, balances)


def _judged(row: SheetRow, known: TakenOver | None) -> Outcome:
    if row.problems:
        return Outcome(row, WRONG, row.problems)
    if known is None:
        return Outcome(row, NEW)
    if known.row_hash != row.hash:
        why = _("dit nummer is al overgenomen met andere gegevens. Wijzig de subsidie in haar dossier.")
        return Outcome(row, WRONG, (why,), known.number)
    return Outcome(row, KNOWN, (), known.number)


def _take(actor: Actor, province: str, item: Outcome, lines: dict[str, tuple[str, Any]]) -> Outcome:
    row = item.row
    if row.decided_on is None:
        raise NotValid(_("regel {place}: besluit is leeg.").format(place=row.place), code="rows")
    made = take_over_grant(
        actor=actor,
        province=province,
        recipient=Recipient(row.recipient, row.street, row.city, kvk=row.kvk, account=row.account),
        former=Former(row.former, row.title, lines[row.line.casefold()][0], row.awarded, row.paid, row.decided_on, row.ends),
    )
    TakenOver.objects.create(
        province=province,
        former=row.former,
        application=made.public_id,
        number=made.number or "",
        row_hash=row.hash,
        by=actor.id or actor.kind,
    )
    return Outcome(row, NEW, (), made.number or "")
