"""Many decisions in one go: a trial run that shows each row, then the same action as for one, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.allocation import Outcome
from vliegwiel.foundation.papers.public import BatchRow, prepare_batch
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import decisions
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.sign_decision import may_sign
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.duties import named_end, usual
from vliegwiel.support.grants.gates import CEILING, gates_of, grounds_for, shut
from vliegwiel.support.grants.lifecycle import DECIDABLE
from vliegwiel.support.grants.models import Application, Decision, DecisionRun, Division, RunRow
from vliegwiel.support.grants.models.decision import DecisionKind
from vliegwiel.support.grants.models.run import RunState, RunWhat
from vliegwiel.support.grants.placing import placed
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.standing import may_move
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.public import call_of

#: The purpose of a batch of letters in which each letter is a decision that is signed as it goes.
PURPOSE = "decisions"
#: In the plan of a row: when its activity ends.
_ENDS = "ends"


@dataclass(frozen=True)
class Words:
    """What every letter of a run says: a summary for who gets money, for who gets a part and for who gets none, and a motivation, after
    which each letter says where its own application ended; the ground (key) on which one below the minimum of a tender is refused."""

    granted: str
    partly: str
    refused: str
    motivation: str
    below: str = ""


#: By file number, when the activity ends: typed for one row, instead of what its applicant said.
Ends = Mapping[str, date | None]


@dataclass(frozen=True)
class Planned:
    """One row of a trial run: what would be proposed, and what stands in the way (empty: nothing)."""

    application: Application
    proposal: Proposal
    problems: tuple[str, ...]


def planned(actor: Actor, call: str, words: Words, ends: Ends = MappingProxyType({})) -> list[Planned]:
    """What a run would propose for everyone in the division of a call who waits for a decision; nothing is kept (*proefronde*).

    Raises NotFound, NotAllowed, and NotNow without a division.
    """
    found = call_of(call)
    demand(actor, "decide-applications", Subject(province=found.province))
    division = newest_division(call)
    if division is None:
        raise NotNow(_("Verdeel eerst het geld, in de rangschikking."), code="no-division")
    waiting = Application.objects.filter(call=call, state__in=sorted(state.value for state in DECIDABLE))
    by_id = {item.public_id: item for item in waiting if item.public_id in division.awards}
    ordered = sorted(by_id, key=lambda key: (division.awards[key].get("place") or 10**6, key))
    return [_planned(actor, by_id[key], division, words, _end_of(by_id[key], ends)) for key in ordered]


@trail.recorded("start-run", kind="call", about=lambda arguments: str(arguments["call"])[:12])
@transaction.atomic
def start_run(
    *, actor: Actor, call: str, words: Words, ends: Ends = MappingProxyType({}), chosen: Sequence[str] = ()
) -> DecisionRun:
    """Propose a decision for each row of the trial run that nothing stands in the way of (or only the `chosen` file numbers), in the
    background. Raises NotFound, NotAllowed, NotNow, and NotValid when there is nothing to do."""
    rows = [
        row for row in planned(actor, call, words, ends) if not row.problems and (not chosen or row.application.number in chosen)
    ]
    if not rows:
        raise NotValid(_("Er is geen aanvraag waarvoor nu een besluit kan worden voorgesteld."), code="nothing-to-do")
    found = call_of(call)
    run = DecisionRun.objects.create(
        province=found.province, call=call, what=RunWhat.PROPOSE, by=actor.id, organisation=actor.organisation
    )
    RunRow.objects.bulk_create(
        [RunRow(run=run, application=row.application, plan=_as_plan(words, row.proposal.activity_ends)) for row in rows]
    )
    trail.record(
        actor=actor,
        action="start-run",
        subject=Reference("call", call, "", ""),
        facts={"run": run.public_id, "rows": len(rows)},
        province=found.province,
    )
    return run


def carry_on(run: str) -> int:
    """Do every row of a run that waits; returns how many were done. A row that is refused says why and holds up nobody; a row that was
    done is never done again, because its application no longer stands where it did."""
    found = DecisionRun.objects.get(public_id=run)
    actor = Actor("person", found.by, found.organisation, origin="job", province=found.province)
    done = 0
    for row in found.rows.filter(state=RunState.WAITING).select_related("application"):
        try:
            with transaction.atomic():
                _propose(actor, row)
                RunRow.objects.filter(pk=row.pk, state=RunState.WAITING).update(state=RunState.DONE)
            done += 1
        except Refusal as refusal:
            said = "\n".join((refusal.message, *refusal.details))
            RunRow.objects.filter(pk=row.pk, state=RunState.WAITING).update(state=RunState.REFUSED, said=said)
    DecisionRun.objects.filter(pk=found.pk, finished_at=None).update(finished_at=clock.now())
    return done


def signable(actor: Actor, call: str) -> list[tuple[Decision, str]]:
    """The proposals of a call that wait, each with why this person cannot sign it (empty: they can): the trial run of signing."""
    found = call_of(call)
    demand(actor, "sign-decisions", Subject(province=found.province))
    waiting = Decision.objects.filter(application__call=call, taken_at=None, returned_at=None).select_related(
        "application", "hearing"
    )
    return [(decision, _why_not(actor, decision)) for decision in waiting.order_by("application__number")]


@trail.recorded("prepare-decisions", kind="call", about=lambda arguments: str(arguments["call"])[:12])
def prepare_decisions(*, actor: Actor, call: str) -> str:
    """A batch of letters with every proposal of a call that this person can sign, in their name: to be proof-read, held or released.

    A letter that is released is signed as it goes, by the same action as one decision alone. Returns the public id of the batch. Raises
    NotFound, NotAllowed, NotValid when there is nothing to sign.
    """
    found = call_of(call)
    ready = [decision for decision, why in signable(actor, call) if not why]
    if not ready:
        raise NotValid(_("Er is niets dat u nu kunt ondertekenen."), code="nothing-to-do")
    rows = [_row(actor, decision) for decision in ready]
    key = content_hash([decision.content_hash for decision in ready])[:40]
    title = _("Besluiten {scheme}").format(scheme=found.scheme_title)
    return prepare_batch(actor=actor, province=found.province, title=title, rows=rows, purpose=PURPOSE, key=key)


def _end_of(found: Application, ends: Ends) -> date | None:
    number = found.number or ""
    return ends[number] if number in ends else named_end(found.answers)


def _planned(actor: Actor, found: Application, division: Division, words: Words, ends: date | None) -> Planned:
    proposal = _proposal(found, division, words, ends)
    lines = decisions.problems(found, proposal)
    if ends is None and decisions.waits_for_end(proposal.duties, rules_for(found), proposal.awarded):
        lines.append(_("Vul in wanneer de activiteit klaar is. Anders staat er geen dag bij wat de ontvanger moet doen."))
    if not lines:
        closed = shut(gates_of(found, decisions.intent_of(found, proposal)))
        lines = [f"{gate.name}: {gate.verdict.reasons[0].text}" for gate in closed]
    allowed = may_move(actor, "propose-decision", found)
    if not allowed:
        lines = [allowed.reasons[0].text, *lines]
    return Planned(found, proposal, tuple(lines))


def _proposal(found: Application, division: Division, words: Words, ends: date | None) -> Proposal:
    """What the division means for one application. Its motivation is what all letters say, and where this one ended (Awb 3:46)."""
    award = division.awards[found.public_id]
    given, said = Money(int(award["amount"])), words.motivation.strip()
    motivation = f"{said}\n{placed(found, division)}".strip() if said else ""
    duties = tuple(usual(rules_for(found), ends))
    base = Proposal(
        DecisionKind.GRANT, given, words.granted, motivation, public_title=found.title, activity_ends=ends, duties=duties
    )
    if given == found.asked_money:
        return base
    if given.cents:
        return replace(base, kind=DecisionKind.PARTIAL, summary=words.partly, grounds=(CEILING,))
    ground = CEILING if award["outcome"] == Outcome.WAITING.value else words.below
    known = (ground,) if ground in grounds_for(found) else ()
    return Proposal(DecisionKind.REFUSAL, Money(0), words.refused, motivation, grounds=known)


def _propose(actor: Actor, row: RunRow) -> None:
    division = newest_division(row.run.call)
    if division is None or row.application.public_id not in division.awards:
        raise NotNow(_("Deze aanvraag deed niet mee in de verdeling."), code="not-divided")
    said = dict(row.plan)
    ends = said.pop(_ENDS, None)
    proposal = _proposal(row.application, division, Words(**said), date.fromisoformat(ends) if ends else None)
    propose_decision(actor=actor, application=row.application.public_id, proposal=proposal, quiet=True)


def _why_not(actor: Actor, decision: Decision) -> str:
    try:
        may_sign(actor, decision)
    except Refusal as refusal:
        return refusal.message
    closed = shut(gates_of(decision.application, decisions.intent_again(decision)))
    return "; ".join(f"{gate.name}: {gate.verdict.reasons[0].text}" for gate in closed)


def _row(actor: Actor, decision: Decision) -> BatchRow:
    name = may_sign(actor, decision).name
    draft = decisions.letter_of(decision, decisions.duties_of(decision), name=name)
    about = Reference("decision", decision.public_id, "", f"/werk/aanvragen/{decision.application.number}/besluit")
    return BatchRow(about, draft, decision.application.applicant)


def _as_plan(words: Words, ends: date | None) -> dict[str, str | None]:
    return {**vars(words), _ENDS: ends.isoformat() if ends else None}
