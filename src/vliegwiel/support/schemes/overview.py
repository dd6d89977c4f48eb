"""What the public pages show of schemes: each with the call that matters now, what is left, and whether it fits who looks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.regulations import shared_facts
from vliegwiel.engines.rulebook import Evaluation, Regulation, SchemeRules
from vliegwiel.engines.rulebook.evaluate import fits_kind
from vliegwiel.foundation.budgets.public import CeilingFacts, ceiling_of
from vliegwiel.foundation.design.money_lines import MoneyLine, money_line
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.verdict import Answer
from vliegwiel.support.schemes.lifecycle import CallState, SchemeState
from vliegwiel.support.schemes.models import Call, Method, Scheme, SchemeVersion
from vliegwiel.support.schemes.queries import phase_of, regulation_now, schemes_in, version_on
from vliegwiel.support.schemes.records import CallFacts, facts_of
from vliegwiel.support.schemes.words import divided, how_much

#: The order in which calls matter to who looks for money.
_RANK = {CallState.OPEN: 0, CallState.ANNOUNCED: 1, CallState.CLOSED: 2, CallState.DIVIDED: 3, CallState.DECIDED: 4}


@dataclass(frozen=True)
class Left:
    """What is left under a ceiling, and the line that shows it."""

    ceiling: CeilingFacts
    line: MoneyLine


@dataclass(frozen=True)
class Shown:
    """A scheme on a page. `call` is the one that matters now: open, else coming, else the last; `state` is open, coming or closed."""

    scheme: Scheme
    version: SchemeVersion
    regulation: Regulation
    call: CallFacts | None
    state: str
    phase: str

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/regelingen/{self.scheme.key}"

    @property
    def rules(self) -> SchemeRules:
        """The parts of the regulation as it reads now."""
        return self.regulation.rules

    @property
    def how_much(self) -> str:
        """How much one can get."""
        return how_much(self.regulation.rules)

    @property
    def divided(self) -> str:
        """How the money of the call is divided."""
        return divided(self.call.method) if self.call else ""

    @property
    def left(self) -> Left | None:
        """What is left of the ceiling of the call."""
        return left_of(self.call) if self.call else None

    def fits(self, facts: Mapping[str, Any]) -> Evaluation:
        """Evaluated on the facts that this scheme asks too."""
        return self.regulation.evaluate(shared(self.regulation, facts), on=self.day)

    @property
    def day(self) -> date:
        """The day to evaluate on: today, or for a version that is not (or no longer) in force its first day."""
        today = clock.today()
        return today if self.regulation.in_force(today) else self.version.in_force


def shown(scheme: Scheme) -> Shown | None:
    """A scheme as its page shows it: by its call that matters now, or the version in force; None when it never was in force."""
    calls = [call for call in scheme.calls.all() if call.stands is not CallState.PLANNED]
    call = min(calls, key=_order, default=None)
    version = call.version if call else version_on(scheme) or scheme.versions.first()
    if version is None:
        return None
    regulation = regulation_now(version)
    crisis = regulation.rules.crisis
    return Shown(
        scheme,
        version,
        regulation,
        facts_of(call) if call else None,
        _state(call),
        phase_of(scheme.province, crisis) if crisis else "",
    )


def listed(province: str) -> list[Shown]:
    """The schemes of a province (of all, without one) on the list: open first, then coming, then closed, each by its day.

    A scheme of a crisis is on it in the phases it is meant for, and as long as its call is open.
    """
    found = [item for scheme in schemes_in(province) if (item := shown(scheme)) and _visible(item)]
    order = ("open", "coming", "closed")
    return sorted(found, key=lambda item: (order.index(item.state), _day(item), item.scheme.title))


def others_that_fit(chosen: Shown, facts: Mapping[str, Any]) -> list[tuple[Shown, Evaluation]]:
    """Other schemes that take applications now or soon and are not a no on the same facts; the surest first."""
    found = []
    for item in listed(chosen.scheme.province):
        if item.scheme.pk == chosen.scheme.pk or item.state == "closed":
            continue
        outcome = item.fits(facts)
        if outcome.verdict.answer is not Answer.NO:
            found.append((item, outcome))
    order = (Answer.YES, Answer.FOR_A_PERSON, Answer.UNKNOWN)
    return sorted(found, key=lambda pair: (order.index(pair[1].verdict.answer), len(pair[1].open_questions)))


def shared(regulation: Regulation, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that this regulation asks too, in the same way: same key, same kind, an answer that it knows."""
    asked = {fact.key: fact for fact in regulation.rules.facts}
    kept = {}
    for key, value in facts.items():
        fact = asked.get(key)
        if fact is None or (fact.options and not _known(value, {option.key for option in fact.options})):
            continue
        if (fact.type in ("choice", "choices")) == bool(fact.options) and fits_kind(fact.type, value):
            kept[key] = value
    return kept


def left_of(call: CallFacts) -> Left | None:
    """What is left under the ceiling of a call, or None when nobody knows that ceiling (any more)."""
    try:
        ceiling = ceiling_of(call.ceiling)
    except NotFound:
        return None
    parts = ("used", _("Vergeven of apart gezet"), ceiling.used), ("free", _("Nog vrij"), ceiling.free)
    return Left(ceiling, money_line(_("Plafond"), ceiling.amount, *parts))


def applicants() -> list[tuple[str, str]]:
    """Who may look for money: the answers to the question that every scheme asks, for the filter."""
    found = next(fact for fact in shared_facts() if fact["key"] == "aanvrager")
    return [(option["key"], option["name"]) for option in found["options"]]


def matching(items: Iterable[Shown], *, words: str = "", applicant: str = "", theme: str = "", state: str = "") -> list[Shown]:
    """The schemes that hold every word, take this applicant, are about this theme and stand so; an empty wish leaves all."""
    wanted = words.casefold().split()
    found = []
    for item in items:
        rules = item.regulation.rules
        text = f"{rules.title} {rules.summary} {rules.for_whom} {' '.join(rules.themes)}".casefold()
        fits = (
            all(word in text for word in wanted) and (not theme or theme in rules.themes) and (not state or item.state == state)
        )
        if fits and applicant:
            fits = item.fits({"aanvrager": applicant}).verdict.answer is not Answer.NO
        if fits:
            found.append(item)
    return found


def state_words() -> dict[str, str]:
    """The names of the three states on the list."""
    return {"open": _("Nu open"), "coming": _("Komt eraan"), "closed": _("Nu dicht")}


def _order(call: Call) -> tuple[int, float]:
    later = call.stands in (CallState.OPEN, CallState.ANNOUNCED)
    return _RANK[call.stands], call.closes_at.timestamp() * (1 if later else -1)


def _state(call: Call | None) -> str:
    if call is None:
        return "closed"
    return {CallState.OPEN: "open", CallState.ANNOUNCED: "coming"}.get(call.stands, "closed")


def _day(item: Shown) -> float:
    if item.call is None:
        return 0.0
    return (item.call.opens_at if item.state == "coming" else item.call.closes_at).timestamp() * (
        -1 if item.state == "closed" else 1
    )


def _visible(item: Shown) -> bool:
    if item.scheme.state == SchemeState.CLOSED and item.call is None:
        return False
    if item.regulation.document.get("dividing", {}).get("methods") == [Method.DIRECT.value]:
        return False  # nobody applies for what rests on no scheme
    shown_in = item.regulation.rules.shown_in
    return not shown_in or item.state in ("open", "coming") or item.phase in shown_in


def _known(value: Any, options: set[str]) -> bool:
    return set(value) <= options if isinstance(value, list | tuple | set | frozenset) else value in options
