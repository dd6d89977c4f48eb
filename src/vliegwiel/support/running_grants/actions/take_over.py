"""Take over running grants from a spreadsheet: first a trial run that changes nothing, then all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import ceiling_of, every_ceiling, lines_without_ceiling, position
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
from vliegwiel.support.schemes.public import scheme_titles

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
    places, schemes = _places(province), _schemes(province)
    done = [
        _take(actor, province, item, places[_key(item.row)], schemes.get(item.row.scheme.casefold()))
        if item.what == NEW
        else item
        for item in trial.outcomes
    ]
    if trial.new:
        facts: dict[str, str | int | bool | None] = {"rows": len(done), "grants": trial.new}
        subject = Reference("running-grants", province, "", "/werk/lopende-subsidies")
        trail.record(actor=actor, action="take-over-grants", subject=subject, facts=facts, province=province)
    return Trial(done, trial.balances)


def in_words(balance: Balance) -> str:
    """Why a budget line does not agree."""
    if balance.free is None:
        return _("{name}: deze budgetpost is er niet, of noem welk plafond erbij hoort.").format(name=balance.name)
    if balance.opening is None:
        return _("{name}: zet een regel BEGINSTAND in het bestand.").format(name=balance.name)
    if balance.opening != balance.left:
        text = _("{name}: nog te betalen is {left}, de beginstand is {opening}.")
        return text.format(name=balance.name, left=balance.left.dutch(), opening=balance.opening.dutch())
    text = _("{name}: er is {needed} nodig en vrij is {free}.")
    return text.format(name=balance.name, needed=balance.needed.dutch(), free=balance.free.dutch())


@dataclass(frozen=True)
class _Place:
    """Where money counts: a budget line, and the ceiling on it when its instrument spends under one only, with what is free there."""

    line: str
    ceiling: str
    free: Money


Key = tuple[str, str]


def posts_of(province: str) -> list[tuple[str, str]]:
    """What a row can name: budget lines, each with the ceiling on it when it has one, by name."""
    today = clock.today()
    free = [(title, "") for _key, title, _free in lines_without_ceiling(province, today)]
    under = [(item.line_title, item.name) for item in every_ceiling(province).values() if item.starts <= today <= item.ends]
    return sorted(free + under)


def _places(province: str) -> dict[Key, _Place]:
    """Every place that can be used today, by the names of line and ceiling without capitals.

    A line with one ceiling goes without the name of that ceiling too.
    """
    today = clock.today()
    found = {(title.casefold(), ""): _Place(key, "", free) for key, title, free in lines_without_ceiling(province, today)}
    by_line: dict[str, list[Key]] = {}
    for item in every_ceiling(province).values():
        if item.starts <= today <= item.ends:
            key = (item.line_title.casefold(), item.name.casefold())
            free = Money(min(item.free.cents, position(item.line, today).free.cents))
            found[key] = _Place(item.line, item.id, free)
            by_line.setdefault(key[0], []).append(key)
    for line, keys in by_line.items():
        if len(keys) == 1 and (line, "") not in found:
            found[line, ""] = found[keys[0]]
    return found


def _key(row: SheetRow) -> Key:
    return row.line.casefold(), row.ceiling.casefold()


def _trial(province: str, found: Sheet) -> Trial:
    places = _places(province)
    known = {item.former: item for item in TakenOver.objects.filter(province=province)}
    schemes = _schemes(province)
    outcomes = [_judged(row, known.get(row.former), places.get(_key(row)), schemes) for row in found.rows]
    names = {_key(row): f"{row.line}, {row.ceiling}" if row.ceiling else row.line for row in found.rows}
    balances = []
    for key, name in sorted(names.items()):
        rows = [item for item in outcomes if _key(item.row) == key]
        balances.append(
            Balance(
                name=name,
                left=Money(sum(item.row.left.cents for item in rows)),
                opening=found.opening.get(key),
                needed=Money(sum(item.row.awarded.cents for item in rows if item.what == NEW)),
                free=places[key].free if key in places else None,
            )
        )
    return Trial(outcomes, balances)


def _schemes(province: str) -> dict[str, tuple[str, str]]:
    """Key and title of each scheme of a province, by its title without capitals."""
    return {title.casefold(): (key, title) for key, title in scheme_titles(province)}


def _judged(row: SheetRow, known: TakenOver | None, place: _Place | None, schemes: Mapping[str, tuple[str, str]]) -> Outcome:
    if row.problems:
        return Outcome(row, WRONG, row.problems)
    if row.scheme and row.scheme.casefold() not in schemes:
        why = _("er is geen regeling die ‘{name}’ heet. Laat de kolom leeg als zij onder geen regeling doorloopt.")
        return Outcome(row, WRONG, (why.format(name=row.scheme),))
    if known is None and place is not None and place.ceiling:
        try:
            ceiling_of(place.ceiling, row.decided_on)
        except NotNow as refusal:
            return Outcome(row, WRONG, (refusal.message,))
    if known is None:
        return Outcome(row, NEW)
    if known.row_hash != row.hash:
        why = _("dit nummer is al overgenomen met andere gegevens. Wijzig de subsidie in haar dossier.")
        return Outcome(row, WRONG, (why,), known.number)
    return Outcome(row, KNOWN, (), known.number)


def _take(actor: Actor, province: str, item: Outcome, place: _Place, scheme: tuple[str, str] | None) -> Outcome:
    row = item.row
    if row.decided_on is None:
        raise NotValid(_("regel {place}: besluit is leeg.").format(place=row.place), code="rows")
    made = take_over_grant(
        actor=actor,
        province=province,
        recipient=Recipient(row.recipient, row.street, row.city, kvk=row.kvk, account=row.account),
        former=Former(row.former, row.title, place.line, row.awarded, row.paid, row.decided_on, row.ends, place.ceiling, scheme),
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
