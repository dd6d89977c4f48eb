"""Everyone in a call with what they scored, divided under the ceiling: on trial, with what-if, or as it was recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import groupby

from vliegwiel.engines import allocation
from vliegwiel.engines.allocation import Award, Outcome
from vliegwiel.foundation.budgets.public import CeilingFacts, ceiling_of
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason
from vliegwiel.support.grants.gates import CEILING
from vliegwiel.support.grants.lifecycle import UNSENT, State
from vliegwiel.support.grants.models import Application, Assessment, Assignment, Decision, Division
from vliegwiel.support.grants.models.assessment import EndReason, Task
from vliegwiel.support.grants.models.decision import DecisionKind
from vliegwiel.support.grants.scores import Scorecard, apart, as_card, strictness, together
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.public import CallFacts

#: Takes part in a division: complete, and nothing is proposed yet.
TAKES_PART = frozenset({State.COMPLETE, State.IN_ASSESSMENT, State.ADVISED})
#: Must be looked at first: nobody knows yet whether it is complete.
NOT_JUDGED = frozenset({State.SUBMITTED, State.INCOMPLETE})
#: Stands in for a seed that was not published yet: what it draws is not shown as drawn.
NO_SEED = "nog niet gepubliceerd"
#: How a line stands in a lottery before its seed is there.
UNDRAWN = "undrawn"


@dataclass(frozen=True)
class WhatIf:
    """What someone tries without saving it (*proef*): other weights, minimum, ceiling or amounts, by public id of the application."""

    ceiling: Money | None = None
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    minimum_total: Fraction | None = None
    amounts: Mapping[str, Money] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.ceiling is not None or self.minimum_total is not None or bool(self.weights) or bool(self.amounts)


@dataclass(frozen=True)
class Entrant:
    """An application as the ranking sees it. `scores` are means of all assessors on the scale 0 to 10; `scored` of `needed` are in;
    `apart` is how far the totals of two assessors lie apart."""

    application: Application
    amount: Money
    scores: Mapping[str, Fraction]
    scored: int
    needed: int
    apart: Fraction

    @property
    def takes_part(self) -> bool:
        """Whether it is divided with the others: nothing is proposed yet, and nobody advised to give nothing."""
        return self.application.stands in TAKES_PART and self.amount.cents > 0

    @property
    def ready(self) -> bool:
        """Whether every assessor has scored."""
        return self.scored >= self.needed


@dataclass(frozen=True)
class Line:
    """A row of the ranking: its place (None when it is not ranked), total, what it gets, why, and the sum so far in this order."""

    entrant: Entrant
    place: int | None
    total: Fraction | None
    outcome: str
    amount: Money
    reasons: tuple[Reason, ...]
    running: Money
    tied: bool


@dataclass(frozen=True)
class Ranking:
    """A call divided. `lines` in order of place; `others` do not take part (withdrawn, decided, not complete). `line_after` is the place
    after which the ceiling is reached, None when everyone fits. `draws` are groups that a draw puts in order. `settled` is what lines got
    that is set apart or granted since, and so is in what the ceiling has used. `hash` is that of a trial as it would be written down."""

    call: CallFacts
    ceilings: tuple[CeilingFacts, ...]
    lines: tuple[Line, ...]
    others: tuple[Application, ...]
    asked: Money
    awarded: Money
    free: Money
    settled: Money
    line_after: int | None
    draws: tuple[tuple[str, ...], ...]
    rules: allocation.Rules
    seed: str
    hash: str = ""

    def counted(self, *outcomes: Outcome) -> int:
        """How many have one of these outcomes."""
        return sum(line.outcome in {outcome.value for outcome in outcomes} for line in self.lines)


def entrants_of(call: CallFacts) -> list[Entrant]:
    """Everyone of the call that was sent, with their scores: three questions to the database, however many there are."""
    found = list(Application.objects.filter(call=call.id).exclude(state__in=UNSENT).order_by("number"))
    cards = _cards(call)
    people = _assessors(call)
    needed = call.rules.assessors if call.rules.criteria else 0
    return [_entrant(application, cards, people, needed) for application in found]


def rank(call: CallFacts, entrants: Sequence[Entrant], what_if: WhatIf | None = None, *, seed: str = "") -> Ranking:
    """Divide on trial: nothing is saved. Raises NotValid for weights that are not 100 percent together or an amount above what is asked."""
    tried = what_if or WhatIf()
    rules, ceilings = rules_of(call, tried), ceilings_of(call)
    taking, others = _split(entrants)
    taking = [_with_amount(item, tried) for item in taking]
    division = divided(call, taking, rules, ceilings, tried, seed=seed)
    made = _ranking(call, ceilings, taking, others, division.awards, division.drawn, rules, seed, tried.ceiling)
    return replace(made, hash=division.receipt.hash)


def divided(
    call: CallFacts,
    taking: Sequence[Entrant],
    rules: allocation.Rules,
    ceilings: Sequence[CeilingFacts],
    what_if: WhatIf | None = None,
    *,
    seed: str,
) -> allocation.Division:
    """What the engine makes of a call: the same for a trial and for what is written down."""
    return allocation.divide(
        rules,
        [as_application(item, call) for item in taking],
        [as_ceiling(item, call, what_if) for item in ceilings],
        seed=seed or NO_SEED,
    )


def undrawn(made: Ranking) -> bool:
    """Whether nobody can know yet who gets what: a lottery of which the seed is not published."""
    return made.call.method == "lottery" and not made.seed and bool(made.lines)


def before_the_draw(made: Ranking) -> Ranking:
    """A lottery before its seed is there: everyone by file number, without a place or an amount."""
    nothing = [replace(line, place=None, outcome=UNDRAWN, amount=Money(0), reasons=(), running=Money(0)) for line in made.lines]
    ordered = sorted(nothing, key=lambda line: line.entrant.application.number or "")
    left = Money(made.free.cents + made.awarded.cents)
    return replace(made, lines=tuple(ordered), awarded=Money(0), free=left, line_after=None)


def recorded(call: CallFacts, entrants: Sequence[Entrant], division: Division) -> Ranking:
    """The division that counts, with what became of each since."""
    by_id = {item.application.public_id: item for item in entrants if item.application.stands is not State.WITHDRAWN}
    awards = {key: _award_from(key, value) for key, value in division.awards.items() if key in by_id}
    inside = [by_id[key] for key in awards]
    others = [item.application for item in entrants if item.application.public_id not in awards]
    drawn = tuple(tuple(group) for group in division.drawn)
    return _ranking(call, ceilings_of(call), inside, others, awards, drawn, rules_of(call), division.seed)


def rules_of(call: CallFacts, what_if: WhatIf | None = None) -> allocation.Rules:
    """The rules of the call for the engine, with what is tried. Raises NotValid."""
    tried, dividing = what_if or WhatIf(), call.rules.dividing
    criteria = [
        allocation.Criterion(item.key, tried.weights.get(item.key, item.weight), item.minimum, item.name)
        for item in call.rules.criteria
    ]
    if criteria and sum((item.weight for item in criteria), Fraction(0)) != 1:
        raise NotValid("De gewichten zijn samen geen 100 procent.", code="weights")
    tender = call.method == "tender"
    lowest = call.rules.minimum_total if tried.minimum_total is None else tried.minimum_total
    return allocation.Rules(
        method=call.method,
        shortage=dividing.shortage,
        partial=dividing.partial,
        smallest=dividing.smallest,
        criteria=criteria if tender else (),
        minimum_total=lowest if tender else Fraction(0),
        tie_criteria=dividing.ties if tender else (),
    )


def ceilings_of(call: CallFacts) -> tuple[CeilingFacts, ...]:
    """The ceiling of the call and its parts, as they stand now."""
    return tuple(ceiling_of(key) for key in (call.ceiling, *call.ceilings) if key)


def not_ready(entrants: Iterable[Entrant]) -> list[str]:
    """Why a call cannot be divided yet, one Dutch line per application."""
    found = []
    for item in entrants:
        state, number = item.application.stands, item.application.number
        if state in NOT_JUDGED:
            found.append(f"{number}: kijk eerst of deze aanvraag compleet is.")
        elif item.takes_part and not item.ready:
            found.append(f"{number}: {item.scored} van {item.needed} beoordelingen zijn binnen.")
    return found


def in_line(call: str) -> list[Application]:
    """Everyone who got nothing only because the money was gone (*wachtlijst*), in the order of the division or else of completeness: for
    when money comes free again. Who was refused on another ground too, or no longer wants it, is not in it."""
    taken = Decision.objects.filter(application__call=call, kind=DecisionKind.REFUSAL, replaced_by=None).exclude(taken_at=None)
    found = [
        item.application
        for item in taken.select_related("application")
        if item.application.stands is State.REFUSED and item.application.left_line_on is None and only_for_ceiling(item)
    ]
    division = newest_division(call)
    places = {key: award.get("place") for key, award in division.awards.items()} if division else {}
    return sorted(found, key=lambda item: (places.get(item.public_id) or 10**6, item.complete_on or date.max, item.number or ""))


def only_for_ceiling(refusal: Decision) -> bool:
    """Whether a refusal rests on nothing but a ceiling that was full."""
    return {ground["key"] for ground in refusal.grounds} == {CEILING}


def strictness_of(call: CallFacts) -> list[tuple[str, Fraction, int]]:
    """Per assessor how much stricter (negative) or milder than others on the same files, and over how many. Only files of which every
    assessment is in: nobody sees another's before."""
    cards, people = _cards(call), _assessors(call)
    whole = [found for key, found in cards.items() if len(found) >= max(call.rules.assessors, len(people.get(key, ())))]
    return [(item.name, item.difference, item.applications) for item in strictness(whole)]


def _cards(call: CallFacts) -> dict[int, list[Scorecard]]:
    """The newest assessment of each assessor who counts, per application."""
    return once(("cards", call.id), lambda: _scored(call))


def _scored(call: CallFacts) -> dict[int, list[Scorecard]]:
    people, newest = _assessors(call), {}
    for item in Assessment.objects.filter(application__call=call.id).order_by("application_id", "revision"):
        newest[item.application_id, item.assessor] = item
    found: dict[int, list[Scorecard]] = {}
    for (application, assessor), item in newest.items():
        if assessor in people.get(application, ()):
            found.setdefault(application, []).append(as_card(item, call.rules.criteria))
    return found


def _assessors(call: CallFacts) -> dict[int, list[str]]:
    """Who assesses each application, without who left because of an interest."""
    return once(("assessors", call.id), lambda: _assigned(call))


def _assigned(call: CallFacts) -> dict[int, list[str]]:
    rows = Assignment.objects.filter(application__call=call.id, task=Task.ASSESSOR)
    rows = rows.exclude(ended_why__in=[EndReason.INTEREST, EndReason.HANDED_OVER]).order_by("application_id", "place", "pk")
    pairs = rows.values_list("application_id", "person")
    return {key: [person for _key, person in group] for key, group in groupby(pairs, key=lambda pair: pair[0])}


def _entrant(
    application: Application, cards: Mapping[int, Sequence[Scorecard]], people: Mapping[int, Sequence[str]], needed: int
) -> Entrant:
    mine = cards.get(application.pk, ())
    wanted = max(needed, len(people.get(application.pk, ()))) if needed else 0
    whole = len(mine) >= wanted
    return Entrant(
        application,
        application.advised_money or application.asked_money,
        together(mine) if whole else {},
        len(mine),
        wanted,
        apart(mine) if whole else Fraction(0),
    )


def _split(entrants: Sequence[Entrant]) -> tuple[list[Entrant], list[Application]]:
    taking = [item for item in entrants if item.takes_part]
    return taking, [item.application for item in entrants if not item.takes_part]


def _with_amount(item: Entrant, tried: WhatIf) -> Entrant:
    wanted = tried.amounts.get(item.application.public_id)
    if wanted is None:
        return item
    if not 0 < wanted.cents <= item.application.asked:
        text = f"{item.application.number}: kies een bedrag tot en met {item.application.asked_money.dutch()}."
        raise NotValid(text, code="amount")
    return Entrant(item.application, wanted, item.scores, item.scored, item.needed, item.apart)


def as_application(item: Entrant, call: CallFacts) -> allocation.Application:
    """An application as the engine divides it."""
    found = item.application
    return allocation.Application(found.public_id, item.amount, found.ceiling or call.ceiling, found.complete_on, item.scores)


def as_ceiling(found: CeilingFacts, call: CallFacts, what_if: WhatIf | None = None) -> allocation.Ceiling:
    """A ceiling as the engine divides it, with what is granted and reserved on it."""
    tried = what_if.ceiling if what_if and found.id == call.ceiling else None
    amount = found.amount if tried is None else tried
    within = found.within if found.within in (call.ceiling, *call.ceilings) else ""
    return allocation.Ceiling(found.id, amount, Money(min(found.used.cents, amount.cents)), within)


def _award_from(key: str, value: Mapping[str, object]) -> Award:
    total, place = value.get("total"), value.get("place")
    reasons = value.get("reasons")
    return Award(
        key,
        Outcome(str(value["outcome"])),
        Money(int(str(value["amount"]))),
        int(str(place)) if place is not None else None,
        Fraction(str(total)) if total is not None else None,
        tuple(Reason(item["code"], item["text"], item.get("article", "")) for item in reasons)
        if isinstance(reasons, list)
        else (),
    )


def _ranking(
    call: CallFacts,
    ceilings: tuple[CeilingFacts, ...],
    inside: Sequence[Entrant],
    others: Sequence[Application],
    awards: Mapping[str, Award],
    drawn: tuple[tuple[str, ...], ...],
    rules: allocation.Rules,
    seed: str,
    tried: Money | None = None,
) -> Ranking:
    tied = {key for group in drawn for key in group}
    ordered = sorted(inside, key=lambda item: _place(awards[item.application.public_id], item))
    lines, running = [], 0
    for item in ordered:
        award = awards[item.application.public_id]
        running += award.amount.cents
        lines.append(
            Line(
                item,
                award.place,
                award.total,
                award.outcome.value,
                award.amount,
                award.reasons,
                Money(running),
                item.application.public_id in tied,
            )
        )
    short = [line for line in lines if line.outcome in (Outcome.WAITING.value, Outcome.PARTLY.value)]
    given = [line.place for line in lines if line.amount.cents and line.place is not None]
    widest = ceilings[0] if ceilings else None
    settled = sum(line.amount.cents for line in lines if line.entrant.application.stands not in TAKES_PART)
    return Ranking(
        call=call,
        ceilings=ceilings,
        lines=tuple(lines),
        others=tuple(others),
        asked=Money(sum(item.application.asked for item in inside)),
        awarded=Money(running),
        free=Money(max((tried or widest.amount).cents - widest.used.cents - running + settled, 0)) if widest else Money(0),
        settled=Money(settled),
        line_after=max(given, default=0) if short else None,
        draws=drawn,
        rules=rules,
        seed=seed,
    )


def _place(award: Award, item: Entrant) -> tuple[int, int, Fraction, str]:
    last = 10**9
    return (
        0 if award.place is not None else 1,
        award.place if award.place is not None else last,
        -(award.total or Fraction(0)),
        item.application.number or "",
    )
