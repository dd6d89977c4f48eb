"""Pure decisions on state aid: is it aid, does the route fit, is there room, by when must it be reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.catalogue.state_aid import NO_AID, AidVersion, aid_article, aid_questions, aid_register, aid_routes, daeb_file
from vliegwiel.engines.terms import Equated, is_ordinary_day
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Reason, Verdict


@dataclass(frozen=True)
class Answered:
    """An answer to one of the four questions, with its reason."""

    yes: bool
    why: str


@dataclass(frozen=True)
class Granted:
    """Aid that an undertaking got: in which ledger, how much, and the day the right to it arose."""

    ledger: str
    amount: Money
    on: date


def is_aid(answers: Mapping[str, Answered]) -> Verdict:
    """Whether it is state aid (VWEU 107(1)): only when all four questions are answered with yes; one no is enough for no.

    A question without an answer gives unknown, unless another is answered with no.
    """
    no = next((key for key in aid_questions() if key in answers and not answers[key].yes), "")
    if no:
        return Verdict.no(Reason("no-aid", f"Geen staatssteun: {answers[no].why}", aid_article(), {"question": no}))
    missing = [key for key in aid_questions() if key not in answers]
    if missing:
        return Verdict.unknown(
            Reason("not-answered", "Beantwoord eerst alle vier de vragen.", aid_article(), {"missing": missing})
        )
    return Verdict.yes(Reason("aid", "Aan alle vier de kenmerken van staatssteun is voldaan.", aid_article()))


def route_problems(
    *, aid: bool, route: str, article: str, undertaking: str, declared_on: date | None, file: Mapping[str, str]
) -> tuple[str, ...]:
    """What is missing for a route, one Dutch line each."""
    known = aid_routes().get(route)
    if known is None:
        return ("Kies langs welke weg de steun mag.",)
    if aid == (route == NO_AID):
        return ("Het is staatssteun. Kies langs welke weg dat mag." if aid else "Het is geen staatssteun. Kies dan ook die weg.",)
    problems = []
    if known.ledger and not undertaking:
        problems.append("Kies de organisatie die de steun krijgt. De-minimissteun wordt per onderneming geteld.")
    if known.ledger and declared_on is None:
        problems.append("Vraag de aanvrager om een verklaring over eerdere steun, en noem de datum.")
    if known.needs == "article" and not article.strip():
        problems.append("Noem het artikel van de groepsvrijstelling.")
    if known.needs == "file":
        problems += [f"Vul in: {text}." for key, text in daeb_file().items() if not file.get(key, "").strip()]
    return tuple(problems)


def window_start(on: date, years: int) -> date:
    """The first day that still counts: aid on the same day so many years earlier no longer does.

    >>> window_start(date(2026, 3, 16), 3)
    datetime.date(2023, 3, 17)
    >>> window_start(date(2024, 2, 29), 3)
    datetime.date(2021, 3, 1)
    """
    try:
        same_day = on.replace(year=on.year - years)
    except ValueError:  # 29 February
        same_day = date(on.year - years, 2, 28)
    return same_day + timedelta(days=1)


def room(granted: Iterable[Granted], *, ledger: str, version: AidVersion, on: date) -> Money:
    """What may still be given in a ledger on a day; negative when more was given than may.

    Every amount within the rolling window counts. For a DAEB both ledgers count towards its higher ceiling.
    """
    first = window_start(on, version.years)
    counts = {"daeb", "regular"} if ledger == "daeb" else {"regular"}
    used = sum(item.amount.cents for item in granted if item.ledger in counts and first <= item.on <= on)
    return Money(version.ceiling.cents - used)


def report_by(granted_on: date, equated: Equated = ()) -> date | None:
    """The last day to report an entry to the European register: so many working days later; None before that register began.

    >>> report_by(date(2026, 3, 16))
    datetime.date(2026, 4, 15)
    >>> report_by(date(2025, 12, 31)) is None
    True
    """
    register = aid_register()
    if granted_on < register.starts:
        return None
    day, left = granted_on, register.working_days
    while left:
        day += timedelta(days=1)
        left -= is_ordinary_day(day, equated)
    return day
