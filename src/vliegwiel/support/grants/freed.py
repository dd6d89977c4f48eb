"""Money that came free under the ceiling of a call, and who of those refused for that ceiling would get it now."""

from collections.abc import Mapping
from dataclasses import dataclass

from vliegwiel.engines import allocation
from vliegwiel.engines.allocation import Award, Freed
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.divide_call import seed_for
from vliegwiel.support.grants.lifecycle import PENDING, State
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.models.decision import FREED, DecisionKind
from vliegwiel.support.grants.ranking import NO_SEED, as_ceiling, ceilings_of, in_line, only_for_ceiling, rules_of
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.public import CallFacts


@dataclass(frozen=True)
class Next:
    """Someone in the line: what they would get now (None: nothing, or not yet)."""

    application: Application
    award: Award | None


@dataclass(frozen=True)
class FreedMoney:
    """What would happen with what is free now: the line in its order, the proposals that wait for a signature, and what is kept for
    who still waits for a decision. `undrawn`: who comes first must be drawn, and there is no seed yet. `hash` is that of this outcome."""

    line: tuple[Next, ...]
    proposed: tuple[Decision, ...]
    kept: Money
    undrawn: bool
    hash: str

    @property
    def awards(self) -> Mapping[str, Award]:
        """What is given now, by public id of the application."""
        return {item.application.public_id: item.award for item in self.line if item.award is not None}


def freed_money(call: CallFacts) -> FreedMoney:
    """What the engine does with the money that is free now; nothing is kept. Without free money or a line nobody is asked for, and a
    proportional division has no line."""
    proposed = tuple(
        Decision.objects.filter(application__call=call.id, ledger_ground=FREED, taken_at=None, returned_at=None)
        .select_related("application")
        .order_by("proposed_at", "pk")
    )
    ceilings = ceilings_of(call)
    if call.method in ("proportional", "direct") or not ceilings or not ceilings[0].free.cents:
        return FreedMoney((), proposed, Money(0), undrawn=False, hash="")
    away = {item.application.pk for item in proposed}
    line = [item for item in in_line(call.id) if item.pk not in away and item.complete_on]
    if not line and not proposed:
        return FreedMoney((), (), Money(0), undrawn=False, hash="")
    before, seed = _before(call), seed_for(call)
    made = allocation.award_freed_money(
        rules_of(call),
        [_wants(item, item.advised or item.asked, call) for item in line],
        [as_ceiling(item, call) for item in ceilings],
        seed=seed or NO_SEED,
        before=before,
    )
    undrawn = bool(made.drawn) and not seed
    kept = Money(sum(item.amount.cents for item in before))
    return FreedMoney(_ordered(line, made, undrawn), proposed, kept, undrawn, made.receipt.hash)


def refusal_of(application: Application) -> Decision | None:
    """The refusal that stands and that rests only on the ceiling, if any."""
    found = application.decisions.filter(kind=DecisionKind.REFUSAL, replaced_by=None).exclude(taken_at=None).last()
    return found if found is not None and only_for_ceiling(found) else None


def _ordered(line: list[Application], made: Freed, undrawn: bool) -> tuple[Next, ...]:
    """Who gets something in the order of the engine, then the others in that of the line; while a draw is to come nobody is first."""
    if undrawn:
        return tuple(Next(item, None) for item in line)
    places = {key: award.place or 0 for key, award in made.awards.items()}
    ordered = sorted(line, key=lambda item: places.get(item.public_id, len(line) + 1))
    return tuple(Next(item, made.awards.get(item.public_id)) for item in ordered)


def _before(call: CallFacts) -> list[allocation.Application]:
    """Who has a right to a decision on their own application first: what they may get at most."""
    waiting = [state.value for state in PENDING if state is not State.PROPOSED]
    division = newest_division(call.id) if call.method != "first-come" else None
    found = []
    there = Application.objects.filter(call=call.id, state__in=waiting)
    for item in there.only("public_id", "asked", "advised", "ceiling", "complete_on").order_by("pk"):
        award = division.awards.get(item.public_id) if division else None
        cents = int(award["amount"]) if award else item.asked if item.advised is None else item.advised
        found += [_wants(item, cents, call)] if cents else []
    return found


def _wants(item: Application, cents: int, call: CallFacts) -> allocation.Application:
    return allocation.Application(item.public_id, Money(cents), item.ceiling or call.ceiling, item.complete_on)
