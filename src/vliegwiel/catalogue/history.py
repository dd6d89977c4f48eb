"""A stretch of history as data (*terugblik*): what a province did, to be lived again by the real actions in a demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.kernel.money import Money


@dataclass(frozen=True)
class PastInstrument:
    """An instrument with the credit of its one budget line; `given` says that the source gives the amount."""

    key: str
    kind: str
    title: str
    starts: date
    ends: date
    credit: Money
    given: bool


@dataclass(frozen=True)
class PastLine:
    """A programme line (*programmalijn*) with what was made available for it."""

    title: str
    amount: Money
    given: bool
    instruments: tuple[PastInstrument, ...]


@dataclass(frozen=True)
class PastApplication:
    """An application that came in: who, what, where, how much. `points` are in tenths per criterion; `received` is None where the days
    are spread over the time that the call was open."""

    by: str
    title: str
    municipality: str
    asked: Money
    given: bool = False
    received: date | None = None
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class PastCall:
    """A call with its ceiling and everything that came in."""

    name: str
    opens: date
    closes: date
    ceiling: Money
    applications: tuple[PastApplication, ...]
    given: bool = False


@dataclass(frozen=True)
class PastScheme:
    """A scheme of the catalogue with its calls. `answers` are the facts of every application, `own_share` the part that applicants pay
    themselves, `words` what the letters say."""

    regulation: str
    instrument: str
    method: str
    answers: Mapping[str, Any]
    own_share: Fraction
    words: Mapping[str, str]
    calls: tuple[PastCall, ...]


@dataclass(frozen=True)
class PastGrant:
    """A direct grant to one recipient, per year; `ground` is one of Awb 4:23(3)."""

    to: str
    title: str
    instrument: str
    ground: str
    amounts: Mapping[int, Money]
    given: bool = False
    municipality: str = ""

    @property
    def yearly(self) -> bool:
        """Whether it comes back each year."""
        return len(self.amounts) > 1


@dataclass(frozen=True)
class History:
    """Everything of one history, in the order of the file."""

    key: str
    title: str
    province: str
    source: str
    municipalities: Mapping[str, str]
    programme: str
    goal: str
    starts: date
    ends: date
    lines: tuple[PastLine, ...]
    schemes: tuple[PastScheme, ...]
    direct: tuple[PastGrant, ...]
    expected: tuple[Mapping[str, Any], ...]


@cache
def history(key: str) -> History:
    """The history that ships under this name. Raises NotFound, NotValid."""
    path = FOLDER / "history" / f"{key}.yml"
    known = sorted(found.stem for found in path.parent.glob("*.yml"))
    if key not in known:
        raise NotFound("Deze geschiedenis kennen we niet.", nearest=tuple((name, name) for name in known))
    return history_from(values_in(path.read_text(encoding="utf-8")))


def history_from(document: Mapping[str, Any]) -> History:
    """The history in a document. Raises NotValid, with one line per problem: against its schema, and where amounts or names do not fit."""
    from jsonschema import Draft202012Validator

    schema = values_in((FOLDER / "history-schema.yml").read_text(encoding="utf-8"))
    problems = [
        f"{'/'.join(map(str, error.path))}: {error.message}" for error in Draft202012Validator(schema).iter_errors(document)
    ]
    if problems:
        raise NotValid("Deze geschiedenis klopt niet.", code="bad-history", details=tuple(problems))
    programme = document["programme"]
    found = History(
        key=document["key"],
        title=document["title"],
        province=document["province"],
        source=document["source"],
        municipalities={item["code"]: item["name"] for item in document["municipalities"]},
        programme=programme["title"],
        goal=programme["goal"],
        starts=programme["starts"],
        ends=programme["ends"],
        lines=tuple(_line(item) for item in document["lines"]),
        schemes=tuple(_scheme(item) for item in document["schemes"]),
        direct=tuple(_grant(item) for item in document["direct"]),
        expected=tuple(document["expected"]),
    )
    if wrong := _broken(found):
        raise NotValid("Deze geschiedenis klopt niet.", code="bad-history", details=tuple(wrong))
    return found


def _line(item: Mapping[str, Any]) -> PastLine:
    instruments = (PastInstrument(**{**record, "credit": Money.euros(record["credit"])}) for record in item["instruments"])
    return PastLine(item["title"], Money.euros(item["amount"]), item["given"], tuple(instruments))


def _scheme(item: Mapping[str, Any]) -> PastScheme:
    share = Fraction(int(item["own_share"].rstrip("%")), 100)
    return PastScheme(**{**item, "own_share": share, "calls": tuple(_call(call) for call in item["calls"])})


def _call(item: Mapping[str, Any]) -> PastCall:
    applications = (
        PastApplication(**{**record, "asked": Money.euros(record["asked"]), "points": tuple(record.get("points", ()))})
        for record in item["applications"]
    )
    return PastCall(**{**item, "ceiling": Money.euros(item["ceiling"]), "applications": tuple(applications)})


def _grant(item: Mapping[str, Any]) -> PastGrant:
    years = item.get("yearly") or {item["year"]: item["once"]}
    amounts = {int(year): Money.euros(euros) for year, euros in years.items()}
    named = {key: item[key] for key in ("to", "title", "instrument", "ground", "given", "municipality") if key in item}
    return PastGrant(**named, amounts=amounts)


def _broken(found: History) -> list[str]:
    """What the schema cannot see: money that does not add up, and names that point nowhere."""
    credits = {item.key: item.credit for line in found.lines for item in line.instruments}
    wrong = [
        f"{line.title}: de instrumenten tellen niet op tot {line.amount.dutch()}."
        for line in found.lines
        if sum(item.credit.cents for item in line.instruments) != line.amount.cents
    ]
    spent = dict.fromkeys(credits, 0)
    for scheme in found.schemes:
        for call in scheme.calls:
            spent[scheme.instrument] = spent.get(scheme.instrument, 0) + call.ceiling.cents
    for grant in found.direct:
        spent[grant.instrument] = spent.get(grant.instrument, 0) + sum(amount.cents for amount in grant.amounts.values())
    wrong += [f"{key}: dit instrument staat bij geen lijn." for key in spent if key not in credits]
    wrong += [
        f"{key}: er is {Money(cents).dutch()} nodig en het krediet is {credits[key].dutch()}."
        for key, cents in spent.items()
        if key in credits and cents > credits[key].cents
    ]
    places = {item.municipality for scheme in found.schemes for call in scheme.calls for item in call.applications}
    places |= {grant.municipality for grant in found.direct if grant.municipality}
    return wrong + [f"{code}: deze gemeente staat niet in de lijst." for code in sorted(places - set(found.municipalities))]
