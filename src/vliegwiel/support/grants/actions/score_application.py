"""Assess: begin it, and give points with reasons, each assessor alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.assign_application import open_assignment
from vliegwiel.support.grants.models import Application, Assessment
from vliegwiel.support.grants.models.assessment import OUTCOMES, Task
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.scores import MOST, needed
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named

REFUSE = "refuse"


@dataclass(frozen=True)
class Points:
    """Points for one criterion, in tenths (85 is 8.5), with the reason."""

    points: int
    reason: str


@trail.recorded("start-assessment", kind="application", about=named("application"))
@transaction.atomic
def start_assessment(*, actor: Actor, application: str, revision: int | None = None) -> Application:
    """From now on it is assessed. Raises NotAllowed, NotNow also while there are fewer assessors than the scheme asks."""
    found = find(application)
    begin(actor, "start-assessment", found)
    demand_revision(found, revision)
    there, wanted = found.assignments.filter(task=Task.ASSESSOR, ended_at=None).count(), needed(rules_for(found))
    if there < wanted:
        text = _("Wijs eerst {wanted} beoordelaars toe. Nu zijn het er {there}.").format(wanted=wanted, there=there)
        raise NotNow(text, code="too-few-assessors")
    return finish(actor, "start-assessment", found, facts={"assessors": there})


@trail.recorded("score-application", kind="application", about=named("application"))
@transaction.atomic
def score_application(
    *,
    actor: Actor,
    application: str,
    scores: Mapping[str, Points],
    outcome: str,
    motivation: str,
    amount: Money | None = None,
    why: str = "",
) -> Assessment:
    """Keep what this assessor found. A second time it is a revision that says why; the earlier one stays and both are told.

    Raises NotAllowed for who is not assigned or did not say to be free of interest, NotNow, and NotValid with a line per criterion
    without points from 0 to 10 or without a reason.
    """
    found = find(application)
    begin(actor, "score-application", found)
    given = open_assignment(found, actor, Task.ASSESSOR)
    if given.free_at is None:
        raise NotAllowed(_("Zeg eerst of u een belang hebt bij deze aanvraag."), code="not-free")
    earlier = found.assessments.filter(assessor=actor.id).order_by("-revision").first()
    problems = _problems(rules_for(found), scores, found)
    problems += [] if outcome in dict(OUTCOMES) else [_("Kies of u wilt toekennen of afwijzen.")]
    problems += [] if motivation.strip() else [_("Schrijf op hoe u tot uw oordeel komt.")]
    problems += [_("Schrijf op waarom u uw beoordeling verandert.")] if earlier and not why.strip() else []
    if amount is not None and not 0 <= amount.cents <= found.asked:
        problems.append(_("Het bedrag is niet meer dan wat is gevraagd: {asked}.").format(asked=found.asked_money.dutch()))
    if problems:
        raise NotValid(_("Uw beoordeling is nog niet compleet."), code="not-complete", details=tuple(problems))
    person = known_person(actor.id)
    kept = Assessment.objects.create(
        application=found,
        assessor=actor.id,
        name=(person.name if person else given.name)[:80],
        revision=earlier.revision + 1 if earlier else 1,
        why=why.strip() if earlier else "",
        scores={key: {"points": item.points, "reason": item.reason.strip()} for key, item in scores.items()},
        outcome=outcome,
        amount=None if amount is None or outcome == REFUSE else amount.cents,
        motivation=motivation.strip(),
    )
    finish(actor, "score-application", found, facts={"revision": kept.revision, "assessment": kept.public_id})
    return kept


def _problems(rules: SchemeRules, scores: Mapping[str, Points], found: Application) -> list[str]:
    known = {item.key: item.name for item in rules.criteria}
    problems = [
        _("{name}: geef punten van 0 tot en met 10.").format(name=name) for key, name in known.items() if key not in scores
    ]
    for key, item in scores.items():
        if key not in known:
            problems.append(_("Dit criterium kent de regeling niet: {key}.").format(key=key))
        elif not 0 <= item.points <= MOST:
            problems.append(_("{name}: geef punten van 0 tot en met 10.").format(name=known[key]))
        elif not item.reason.strip():
            problems.append(_("{name}: schrijf op waarom.").format(name=known[key]))
    return problems
