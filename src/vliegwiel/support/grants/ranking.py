"""The ranking of a call (*rangschikking*): who takes part with what, divided by the rules of the scheme; and what if something were
otherwise. It reads and computes; nothing is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from vliegwiel.engines import allocation
from vliegwiel.engines.allocation import Award, Ceiling, Criterion, Division, Outcome, Rules, divide
from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.foundation.budgets.public import CeilingFacts, ceiling_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import DECIDABLE, DECIDED, State
from vliegwiel.support.grants.models import Application, Assessment, Assignment, Seed
from vliegwiel.support.grants.models.assessment import EndReason, Task
from vliegwiel.support.grants.scores import Scorecard, apart, as_card, needed, together
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.public import CallFacts

#: Takes part in the comparison: complete, and not withdrawn or left untreated.
_PARTAKE = [state.value for state in (DECIDABLE | {State.PROPOSED} | DECIDED | {State.DETERMINED}) - {State.NOT_TREATED}]
_WORKED_AT = [state.value for state in DECIDABLE | {State.PROPOSED}]


@dataclass(frozen=True)
class Candidate:
    """An application as the ranking sees it. `amount` is what may be given at most: what was advised, else what was asked. `cards` are
    empty until every assessor is in (`waiting` says how many are); `out` says why it does not take part."""

    id: str
    number: str
    title: str
    municipality: str
    state: str
    asked: Money
    amount: Money
    ceiling: str
    complete_on: date | None
    cards: tuple[Scorecard, ...] = ()
    waiting: int = 0
    out: str = ""

    @property
    def scores(self) -> Mapping[str, Fraction]:
        """The mean of the assessors per criterion."""
        return together(self.cards)

    @property
    def apart(self) -> Fraction:
        """How far the assessors lie apart."""
        return apart(self.cards)


@dataclass(frozen=True)
class WhatIf:
    """What someone tries: other amounts (by file number), weights (by criterion), ceilings (by public id). Empty: as it is."""

    amounts: Mapping[str, Money] = field(default_factory=dict)
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    ceilings: Mapping[str, Money] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.amounts or self.weights or self.ceilings)


@dataclass(frozen=True)
class Round:
    """Everything a division needs: the rules, who takes part, who does not, and the ceilings with what is used already."""

    call: CallFacts
    rules: SchemeRules
    candidates: tuple[Candidate, ...]
    outside: tuple[Candidate, ...]
    ceilings: tuple[Ceiling, ...]
    names: Mapping[str, str]
    seed: str


@dataclass(frozen=True)
class Row:
    """One line of the ranking: place, candidate, award, what was given in all up to here on its ceiling, and the award without the trial
    when that is another."""

    place: int | None
    candidate: Candidate
    award: Award
    added: Money
    before: Award | None = None

    @property
    def partly(self) -> bool:
        """Whether this is the one that gets a part."""
        return self.award.outcome is Outcome.PARTLY

    @property
    def given(self) -> bool:
        """Whether it gets money."""
        return self.award.outcome in (Outcome.GRANTED, Outcome.PARTLY)


def round_of(call: CallFacts, rules: SchemeRules) -> Round:
    """Read a call as it stands now; six questions to the database, whatever its size."""
    found = list(
        Application.objects.filter(call=call.id)
        .exclude(state__in=[State.DRAFT.value, State.SIGNING.value])
        .order_by("number")
        .values(
            "pk", "public_id", "number", "title", "municipality", "state", "asked", "advised", "awarded", "ceiling", "complete_on"
        )
    )
    cards, standing = _cards(call.id, rules), newest_division(call.id)
    ranked = set(standing.awards) if standing else set()
    both = [_candidate(row, cards.get(row["pk"], ((), 0)), call, rules, ranked) for row in found]
    within = _ceilings(call)
    own = {item.id: _taken_by_its_own(call, item.id) for item in within}
    parts = tuple(_as_ceiling(item, own, within) for item in within)
    seed = Seed.objects.filter(call=call.id, day=None).values_list("value", flat=True).first() or ""
    return Round(
        call,
        rules,
        tuple(item for item in both if not item.out),
        tuple(item for item in both if item.out),
        parts,
        {item.id: item.name for item in within},
        seed,
    )


def allocation_rules(call: CallFacts, rules: SchemeRules, weights: Mapping[str, Fraction] | None = None) -> Rules:
    """The rules of the scheme as the engine reads them. Weights that were tried are brought to one together."""
    changed = {item.key: (weights or {}).get(item.key, item.weight) for item in rules.criteria}
    whole = sum(changed.values(), Fraction(0)) or Fraction(1)
    criteria = tuple(Criterion(item.key, changed[item.key] / whole, item.minimum) for item in rules.criteria)
    tender = call.method == "tender"
    return Rules(
        method=call.method,
        shortage=rules.dividing.shortage,
        partial=rules.dividing.partial,
        smallest_share=rules.dividing.smallest.value,
        criteria=criteria if tender else (),
        minimum_total=rules.minimum_total if tender else Fraction(0),
        tie_criteria=rules.dividing.ties if tender else (),
    )


def divided(found: Round, trial: WhatIf | None = None, *, seed: str | None = None) -> Division:
    """The division, as it is or as it would be. Raises NotValid for an amount that cannot be."""
    tried = trial or WhatIf()
    ceilings = [replace(item, amount=tried.ceilings.get(item.name, item.amount)) for item in found.ceilings]
    applications = [
        allocation.Application(item.id, tried.amounts.get(item.number, item.amount), item.ceiling, item.complete_on, item.scores)
        for item in found.candidates
    ]
    rules = allocation_rules(found.call, found.rules, tried.weights)
    return divide(rules, applications, ceilings, seed=found.seed if seed is None else seed)


def rows_of(found: Round, division: Division, before: Division | None = None) -> list[Row]:
    """The lines in the order in which money was given, then who was not ranked; each with what changed against `before`."""
    by_id = {item.id: item for item in found.candidates}
    used = {item.name: item.used.cents for item in found.ceilings}
    rows = []
    ordered = [*division.order, *(key for key in by_id if key not in set(division.order))]
    for key in ordered:
        award, candidate = division.awards[key], by_id[key]
        used[candidate.ceiling] = used.get(candidate.ceiling, 0) + award.amount.cents
        earlier = before.awards.get(key) if before else None
        other = earlier if earlier and (earlier.amount, earlier.outcome) != (award.amount, award.outcome) else None
        rows.append(Row(award.place, candidate, award, Money(used[candidate.ceiling]), other))
    return rows


def needs_draw(found: Round, division: Division) -> bool:
    """Whether chance decided something while the seed was not published yet."""
    return bool(division.drawn) and not found.seed


def _candidate(
    row: Mapping[str, object],
    scored: tuple[Sequence[Scorecard], int],
    call: CallFacts,
    rules: SchemeRules,
    ranked: Collection[str],
) -> Candidate:
    cards, there = scored
    asked = Money(int(str(row["asked"])))
    advised = asked if row["advised"] is None else Money(int(str(row["advised"])))
    state = str(row["state"])
    candidate = Candidate(
        str(row["public_id"]),
        str(row["number"]),
        str(row["title"]),
        str(row["municipality"]),
        state,
        asked,
        advised,
        str(row["ceiling"]) or call.ceiling,
        row["complete_on"],  # type: ignore[arg-type]  # a date or None, by the column
        tuple(cards),
        there,
    )
    return replace(candidate, out=_why_out(candidate, call, rules, ranked))


def _why_out(item: Candidate, call: CallFacts, rules: SchemeRules, ranked: Collection[str]) -> str:
    if item.state not in _PARTAKE:
        return {"withdrawn": "ingetrokken", "not_treated": "niet behandeld"}.get(item.state, "nog niet compleet")
    if item.state not in _WORKED_AT and call.method == "first-come":
        return "al beslist"
    if item.state == State.REFUSED and item.id not in ranked:
        return "afgewezen"
    if not item.amount.cents:
        return "advies: afwijzen"
    if call.method == "tender" and needed(rules) and not item.cards:
        return f"wacht op beoordeling, {item.waiting} van {needed(rules)} binnen"
    return ""


def _cards(call: str, rules: SchemeRules) -> dict[int, tuple[tuple[Scorecard, ...], int]]:
    """Per application the cards of who counts, and how many there are; no card is handed out before all are in."""
    gone = [EndReason.INTEREST, EndReason.HANDED_OVER]
    counting: dict[int, list[str]] = {}
    assigned = Assignment.objects.filter(application__call=call, task=Task.ASSESSOR).exclude(ended_why__in=gone)
    for key, person in assigned.order_by("place", "pk").values_list("application_id", "person"):
        counting.setdefault(key, []).append(person)
    newest: dict[tuple[int, str], Assessment] = {}
    for item in Assessment.objects.filter(application__call=call).order_by("revision"):
        newest[item.application_id, item.assessor] = item
    found = {}
    for key, people in counting.items():
        cards = tuple(as_card(newest[key, one], rules.criteria) for one in people if (key, one) in newest)
        whole = len(cards) >= max(needed(rules), len(people))
        found[key] = (cards if whole else (), len(cards))
    return found


def _ceilings(call: CallFacts) -> list[CeilingFacts]:
    """The ceiling of a call and its parts, as they count for who applied before it closed; the widest first."""
    return [ceiling_of(name) for name in (call.ceiling, *call.ceilings)]


def _as_ceiling(item: CeilingFacts, own: Mapping[str, int], all_of: Sequence[CeilingFacts]) -> Ceiling:
    """A ceiling with what others use of it: what this call itself granted is divided again."""
    parts = [other.id for other in all_of if other.within == item.id]
    mine = own[item.id] + sum(own[part] for part in parts)
    within = item.within if item.within in own else ""
    return Ceiling(item.id, item.amount, Money(max(item.used.cents - mine, 0)), within)


def _taken_by_its_own(call: CallFacts, ceiling: str) -> int:
    """What the ceiling holds for applications of this call that take part: they are divided again. First come, first served divides
    only what was not decided yet."""
    here = Application.objects.filter(call=call.id, ceiling=ceiling)
    waiting = here.filter(state=State.PROPOSED.value, decisions__taken_at=None, decisions__returned_at=None)
    cents = int(waiting.aggregate(cents=Sum("decisions__awarded"))["cents"] or 0)
    if call.method != "first-come":
        granted = here.filter(state__in=[State.GRANTED.value, State.DETERMINED.value])
        cents += int(granted.aggregate(cents=Sum("awarded"))["cents"] or 0)
    return cents
