"""What other rooms may ask about schemes and calls.

`call_of` and `open_calls` give the facts of a call, with the parts of its regulation as typed values in `rules`. `demand_open` is the
closing bell: it refuses what is received before the first or after the last moment. `check` evaluates facts; `regulation_of` gives the
document a version holds. `mark_divided` and `mark_decided` are for the acts that divide and decide, in their transaction.
`count_steps` and `count_outcome` count how far people come, without a person.
`silence_of` gives the effect of silence as `consents` knows it.
`count_steps` and `count_outcome` count, without a person, how far people come in an application (part "application").
`offers` is the public list of money that is open or comes, each with the address of its check, filled in with what is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from vliegwiel.engines.rulebook import Evaluation, Regulation, SchemeRules
from vliegwiel.engines.rulebook.parts import ConsentRule
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.reading import once
from vliegwiel.support.consents.public import Silence
from vliegwiel.support.schemes import crisis, queries, rules
from vliegwiel.support.schemes.actions.count_steps import count_outcome, count_steps
from vliegwiel.support.schemes.actions.move_call import mark_decided, mark_divided
from vliegwiel.support.schemes.actions.steer_crisis import end_crisis, start_crisis
from vliegwiel.support.schemes.lifecycle import CallState, SchemeState
from vliegwiel.support.schemes.models import Method, Scheme
from vliegwiel.support.schemes.overview import listed
from vliegwiel.support.schemes.records import CallFacts, facts_of, without_call

__all__ = [
    "CallFacts",
    "MoneyOffer",
    "SchemeRules",
    "call_of",
    "calls_in",
    "check",
    "count_outcome",
    "count_steps",
    "crisis_of",
    "demand_open",
    "direct_rules",
    "effect_reports",
    "end_crisis",
    "mark_decided",
    "mark_divided",
    "offers",
    "open_calls",
    "regulation_of",
    "silence_of",
    "start_crisis",
    "without_call_of",
]


def call_of(call: str) -> CallFacts:
    """By public id; raises NotFound."""
    return once(("call", call), lambda: facts_of(queries.call_named(call)))


def open_calls(province: str) -> list[CallFacts]:
    """The calls of a province that are open now, the first to close first."""
    return [facts_of(call) for call in queries.calls_of(province, (CallState.OPEN,))]


def calls_in(province: str) -> list[CallFacts]:
    """Every call of a province, also planned ones: not for the public."""
    return [facts_of(call) for call in queries.calls_of(province)]


def crisis_of(province: str) -> str | None:
    """The public id of the crisis that a province is in now, or None."""
    found = crisis.crisis_now(province)
    return found.public_id if found else None


@lru_cache(maxsize=256)
def regulation_of(version: str) -> Regulation:
    """The whole document of a version (public id), whatever the phase of a crisis; a version never changes. Raises NotFound."""
    return queries.version_named(version).regulation


def check(call_or_version: str, facts: Mapping[str, Any]) -> Evaluation:
    """Evaluate facts by the regulation of a call, or of a version, as it reads today; one that lapsed still holds for its own calls.

    Raises NotFound, and NotValid for a fact of the wrong kind.
    """
    try:
        version = queries.call_named(call_or_version).version
    except NotFound:
        version = queries.version_named(call_or_version)
    regulation = queries.regulation_now(version)
    day = clock.today()
    return regulation.evaluate(facts, on=day if regulation.in_force(day) else version.in_force)


@dataclass(frozen=True)
class MoneyOffer:
    """Money for plans as the public reads it (*geld voor plannen*): `call` is the public id of the call that is open or comes, `path` the
    page of the scheme, `check` the address of its check; `score` says how well it fits what was asked: 2 by
    theme, 1 when nothing speaks against it, 0 when another theme or too small an amount does."""

    title: str
    summary: str
    how_much: str
    path: str
    check: str
    call: str
    is_open: bool
    opens_at: datetime
    closes_at: datetime
    score: int


def offers(province: str, *, theme: str = "", known: Mapping[str, str] | None = None) -> list[MoneyOffer]:
    """The schemes of a province that are open or coming, those for this theme first. `known` holds answers as the check writes them in its
    address, by key of the fact; "amount" is the amount that is thought of. What a scheme does not ask is left out of its address."""
    found = []
    for item in listed(province):
        if item.call is None or item.state == "closed":
            continue
        asked = {fact.key for fact in item.rules.facts}
        given = dict(known or {})
        if amount := given.pop("amount", ""):
            given[item.rules.asked] = amount
        answers = urlencode({key: value for key, value in given.items() if key in asked})
        enough = not amount.isdecimal() or item.rules.least.cents <= 100 * int(amount)
        fits = enough and (not theme or not item.rules.themes or theme in item.rules.themes)
        found.append(
            MoneyOffer(
                item.rules.title,
                item.rules.summary,
                item.how_much,
                item.path,
                f"{item.path}/check{'?' if answers else ''}{answers}",
                item.call.id,
                item.state == "open",
                item.call.opens_at,
                item.call.closes_at,
                2 if fits and theme in item.rules.themes else int(fits),
            )
        )
    return sorted(found, key=lambda offer: (-offer.score, not offer.is_open, offer.closes_at))


def demand_open(call: str, at: datetime | None = None) -> CallFacts:
    """Go on only when the call takes what is received at this moment (now without one). Raises NotFound, and NotNow with the reason."""
    found = queries.call_named(call)
    rules.demand_in_time(found, at or clock.now())
    return facts_of(found)


def scheme_titles(province: str) -> list[tuple[str, str]]:
    """Key and title of every scheme of a province that was ever in force."""
    return list(queries.schemes_in(province).values_list("key", "title"))


def silence_of(consent: ConsentRule) -> Silence:
    """The effect of silence in the words of `consents`."""
    return {"agrees": Silence.AGREES, "does_not_agree": Silence.NOT_AGREES, "for_a_person": Silence.OPEN}[consent.silence]


def direct_rules(province: str) -> CallFacts | None:
    """What holds today for grants of a province that rest on no scheme: the version in force of the one document that divides nothing.

    None when the province has no such document in force.
    """
    for scheme in queries.schemes_in(province):
        version = queries.version_on(scheme)
        if version is not None and version.document.get("dividing", {}).get("methods") == [Method.DIRECT.value]:
            return without_call(version)
    return None


def without_call_of(version: str) -> CallFacts:
    """What stands in the place of a call for a grant on this version (public id) that has none. Raises NotFound."""
    return without_call(queries.version_named(version))


def effect_reports(province: str) -> list[tuple[str, str, date]]:
    """Key, title and day on which the report on the effects of each scheme must be there: the day of the scheme itself, and without one
    five years after it came in force (Awb 4:24); soonest first."""
    found = []
    for scheme in queries.schemes_in(province):
        first = scheme.versions.order_by("in_force").first()
        if first is not None and scheme.state != SchemeState.DRAFT:
            found.append((scheme.key, scheme.title, _effect_day(scheme, first.in_force)))
    return sorted(found, key=lambda row: row[2])


def _effect_day(scheme: Scheme, first: date) -> date:
    latest = scheme.versions.first()
    named = latest.document.get("effect_report") if latest else None
    if named:
        return date.fromisoformat(named)
    return first.replace(year=first.year + 5, day=min(first.day, 28))
