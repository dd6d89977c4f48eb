"""What other rooms may ask about state aid.

`assess_aid` keeps whether it is aid and by which route; `aid_of` says how that stands; `gate` is a verdict that a grant asks before it
is proposed and again when it is signed; `book` enters de-minimis aid in the transaction of the decision. `ledger_of` shows what an
undertaking got, with what is left.
"""

from dataclasses import dataclass
from datetime import date

from vliegwiel.catalogue.state_aid import aid_routes
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.state_aid.actions.assess_aid import assess_aid
from vliegwiel.support.state_aid.actions.book_aid import PublicPart, book, book_less, book_shared, correct_aid, declare_aid
from vliegwiel.support.state_aid.models import AidAssessment, AidEntry, AidSource
from vliegwiel.support.state_aid.queries import entries_of, granted_to, newest
from vliegwiel.support.state_aid.rules import Answered, room, window_start

__all__ = [
    "AidEntry",
    "AidFacts",
    "AidSource",
    "Answered",
    "LedgerFacts",
    "PublicPart",
    "aid_of",
    "assess_aid",
    "book",
    "book_less",
    "book_shared",
    "booked_about",
    "booked_about_organisation",
    "correct_aid",
    "declare_aid",
    "gate",
    "ledger_of",
    "room_for",
]


@dataclass(frozen=True)
class AidFacts:
    """How the assessment of a file stands: is it aid, by which route, why, for whom, on which regulation."""

    id: str
    is_aid: bool
    route: str
    route_name: str
    regulation: str
    why: str
    article: str
    undertaking: str
    declared_on: date | None
    by: str
    on: date


@dataclass(frozen=True)
class LedgerFacts:
    """What an undertaking got in a ledger, the first day that counts, and what may still be given today."""

    ledger: str
    regulation: str
    ceiling: Money
    used: Money
    left: Money
    since: date
    entries: tuple[AidEntry, ...]


def aid_of(about: Reference) -> AidFacts | None:
    """The assessment that counts, or None."""
    found = newest(about)
    return _facts(found) if found else None


def gate(about: Reference, amount: Money, *, on: date | None = None) -> Verdict:
    """Whether a grant of this amount may be signed as far as state aid goes (Awb 4:35(3)): unknown without an assessment, no when the
    undertaking would pass its ceiling."""
    found = newest(about)
    if found is None:
        return Verdict.unknown(Reason("no-aid-assessment", "Beoordeel eerst of dit staatssteun is.", "Awb 4:35, derde lid"))
    route, day = aid_routes()[found.route], on or clock.today()
    if not route.ledger:
        return Verdict.yes(Reason(found.route, f"{route.name.capitalize()}: {found.why}", route.regulation))
    version = route.on(day)
    if version is None:
        return Verdict.no(Reason("no-regulation", "Op deze dag geldt geen de-minimisverordening. Kies een andere weg."))
    left = room(granted_to(found.undertaking, on=day), ledger=route.ledger, version=version, on=day)
    facts = {"left": left.cents, "amount": amount.cents, "ceiling": version.ceiling.cents}
    if amount > left:
        text = f"Deze onderneming mag nog {left.dutch()} krijgen. {amount.dutch()} past daar niet in."
        return Verdict.no(Reason("aid-ceiling", text, version.regulation, facts))
    used = Money(version.ceiling.cents - left.cents)
    text = f"Steun in drie jaar: {used.dutch()} van {version.ceiling.dutch()}. Dit past erbij."
    return Verdict.yes(Reason(found.route, text, version.regulation, facts))


def room_for(organisation: str, route: str, *, on: date) -> Money | None:
    """What the undertaking of an organisation (public id, or number in the trade register) may still get by a route; None for a route that
    fills no ledger, nothing on a day without a regulation."""
    known = aid_routes()[route]
    version = known.on(on)
    if not known.ledger:
        return None
    return room(granted_to(organisation, on=on), ledger=known.ledger, version=version, on=on) if version else Money(0)


def booked_about(about: Reference) -> list[AidEntry]:
    """The entries of the ledger about a file, with their counter-entries, oldest first."""
    return list(AidEntry.objects.filter(about_kind=about.kind, about_id=about.id).order_by("pk"))


def booked_about_organisation(organisation: str) -> set[str]:
    """The keys under which aid was declared for an organisation (public id, or number in the trade register)."""
    return set(AidEntry.objects.filter(about_kind="organisation", about_id=organisation).values_list("key", flat=True))


def ledger_of(organisation: str, *, on: date | None = None) -> list[LedgerFacts]:
    """Both ledgers of the undertaking that an organisation (public id) is part of, as of a day."""
    day = on or clock.today()
    entries, granted = tuple(entries_of(organisation, on=day)), granted_to(organisation, on=day)
    found = []
    for route in aid_routes().values():
        version = route.on(day)
        if route.ledger and version:
            left = room(granted, ledger=route.ledger, version=version, on=day)
            used = Money(version.ceiling.cents - left.cents)
            own = tuple(item for item in entries if route.ledger == "daeb" or item.ledger == "regular")
            since = window_start(day, version.years)
            found.append(LedgerFacts(route.ledger, version.regulation, version.ceiling, used, left, since, own))
    return found


def _facts(found: AidAssessment) -> AidFacts:
    route = aid_routes()[found.route]
    day = clock.legal_date(found.at)
    version = route.on(day)
    return AidFacts(
        found.public_id,
        found.is_aid,
        found.route,
        route.name,
        version.regulation if version else route.regulation,
        found.why,
        found.article,
        found.undertaking,
        found.declared_on,
        found.by,
        day,
    )
