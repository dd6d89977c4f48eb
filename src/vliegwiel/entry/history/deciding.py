"""What the province did with what came in: complete, the municipality, scores, state aid, division, decision."""

from collections.abc import Callable, Sequence
from functools import partial

from vliegwiel.catalogue.history import PastApplication, PastScheme
from vliegwiel.entry.history.world import World
from vliegwiel.support.consents.actions.answer_consent import answer_consent
from vliegwiel.support.consents.models import Consent
from vliegwiel.support.grants.actions.assess_state_aid import assess_state_aid
from vliegwiel.support.grants.actions.assign_application import assign_application, declare_free
from vliegwiel.support.grants.actions.confirm_complete import confirm_complete
from vliegwiel.support.grants.actions.divide_call import divide_call, trial_hash
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.run_decisions import Words, carry_on, signable, start_run
from vliegwiel.support.grants.actions.score_application import Points, score_application, start_assessment
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.duties import usual
from vliegwiel.support.grants.models import Decision
from vliegwiel.support.grants.models.decision import DecisionKind
from vliegwiel.support.grants.ranking import entrants_of
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.standing import find
from vliegwiel.support.schemes.public import call_of, mark_decided
from vliegwiel.support.state_aid.public import Answered

Alone = Callable[[World, PastScheme, PastApplication, str], None]
Files = Sequence[tuple[PastApplication, str]]
Together = Callable[[World, PastScheme, str, Files], None]
_LOCAL = {
    "economic": Answered(True, "Het plan gaat ook over diensten."),
    "advantage": Answered(True, "De aanvrager krijgt geld."),
    "selective": Answered(True, "Niet iedereen krijgt dit geld."),
    "trade": Answered(False, "Alleen de omgeving zelf merkt er iets van."),
}


def _complete(world: World, _scheme: PastScheme, _past: PastApplication, name: str) -> None:
    confirm_complete(actor=world.officer, application=name)


def _agree(world: World, _scheme: PastScheme, _past: PastApplication, name: str) -> None:
    for asked in Consent.objects.filter(about_id=name):
        answer_consent(actor=world.municipalities[asked.municipality], consent=asked.public_id, kind="stemt-in")


def _no_aid(world: World, _scheme: PastScheme, _past: PastApplication, name: str) -> None:
    no_aid(world, name)


def no_aid(world: World, name: str) -> None:
    """A file (public id) is assessed as no state aid: its effect stays in the place itself."""
    assess_state_aid(
        actor=world.officer, application=name, answers=_LOCAL, route="no_aid", why="Het plan blijft in de eigen omgeving."
    )


def _score(world: World, _scheme: PastScheme, past: PastApplication, name: str) -> None:
    """Two assessors, each alone: the points of the history, and reasons."""
    rules = rules_for(find(name))
    for assessor in world.assessors:
        assign_application(actor=world.officer, application=name, task="assessor", person=assessor.id)
        declare_free(actor=assessor, application=name)
    start_assessment(actor=world.officer, application=name)
    scores = {
        item.key: Points(points, "Dat blijkt uit het plan.") for item, points in zip(rules.criteria, past.points, strict=True)
    }
    for assessor in world.assessors:
        score_application(
            actor=assessor,
            application=name,
            scores=scores,
            outcome="grant",
            motivation="Wij lazen het plan en gaven per criterium punten.",
            amount=past.asked,
        )


def _propose(world: World, scheme: PastScheme, past: PastApplication, name: str) -> None:
    found = find(name)
    proposal = Proposal(
        DecisionKind.GRANT,
        past.asked,
        scheme.words["granted"],
        scheme.words["motivation"],
        duties=tuple(usual(rules_for(found), None)),
        public_title=found.title,
    )
    propose_decision(actor=world.officer, application=name, proposal=proposal, quiet=True)


def _sign(world: World, _scheme: PastScheme, _past: PastApplication, name: str) -> None:
    found = Decision.objects.get(application__public_id=name, taken_at=None, returned_at=None)
    sign_decision(actor=world.signer, decision=found.public_id, seen=found.content_hash)


def _each(act: Alone, world: World, scheme: PastScheme, _call: str, files: Files) -> None:
    for past, name in files:
        act(world, scheme, past, name)


def _divide(world: World, scheme: PastScheme, call: str, _files: Files) -> None:
    """Rank and divide, and propose what the division says for everyone at once."""
    found = call_of(call)
    divide_call(actor=world.officer, call=call, seen=trial_hash(found, entrants_of(found)))
    run = start_run(actor=world.officer, call=call, words=Words(**scheme.words))
    carry_on(run.public_id)


def _sign_all(world: World, _scheme: PastScheme, call: str, _files: Files) -> None:
    for decision, why_not in signable(world.signer, call):
        if not why_not:
            sign_decision(actor=world.signer, decision=decision.public_id, seen=decision.content_hash)
    mark_decided(actor=world.officer, call=call)


#: Days after receipt, in words, and the act: for what is decided in the order in which it comes in.
ALONE: tuple[tuple[int, str, Alone], ...] = (
    (5, "compleet", _complete),
    (12, "gemeente antwoordt", _agree),
    (20, "staatssteun", _no_aid),
    (30, "voorstel", _propose),
    (37, "besluit", _sign),
)
#: Days after the closing of a tender.
TOGETHER: tuple[tuple[int, str, Together], ...] = (
    (5, "compleet", partial(_each, _complete)),
    (12, "gemeenten antwoorden", partial(_each, _agree)),
    (20, "beoordeeld", partial(_each, _score)),
    (26, "staatssteun", partial(_each, _no_aid)),
    (30, "verdeeld en voorgesteld", _divide),
    (37, "besloten", _sign_all),
)
