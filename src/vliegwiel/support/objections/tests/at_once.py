"""Two who decide at the same moment, and processes killed in the middle of it: an objection and a determination are decided whole or not.

`python -m vliegwiel.support.objections.tests.at_once --rounds 2 --kills 6` uses the database of the environment, which must be empty, and
prints what was seen as one line of JSON; it stops with code 1 at the first thing that may not be. Who signs is a process of its own, as
in real life; it is forked from one that never set a letter, for what sets letters has threads.
"""

import argparse
import json
import multiprocessing as mp
import os
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

from vliegwiel.kernel.actor import Actor

_FORK = mp.get_context("forkserver")
_FORK.set_forkserver_preload(["vliegwiel.foundation.budgets.tests.forked_from"])
#: Seconds to wait for who signs: on a busy machine that takes long, and it is not what is proven.
_PATIENCE = 900
#: A decision asks the database this often at most; a kill comes before one of these questions, or after the last.
LONGEST = 330
TOGETHER = 3


@dataclass
class Seen:
    """What was seen in all rounds."""

    database: str = ""
    rounds: int = 0
    decided_at_once: int = 0
    refused_at_once: int = 0
    kills: int = 0
    killed_before_the_end: int = 0
    entries_verified: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Waiting:
    """A decision that waits for its signature: what is signed, by whom, and what holds once it is taken (all of it, or nothing)."""

    act: str
    name: str
    seen: str
    people: list[Actor]
    signs: Callable[[], dict[str, bool]]


def main() -> int:
    """Prepare, run the rounds and the kills, print, say whether all was well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=20261128)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.entry.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    seen, chance = Seen(database=connection.vendor), random.Random(chosen.seed)
    makers = (an_objection_that_waits, a_determination_that_waits)
    for number in range(chosen.rounds):
        for make in makers:
            _at_once(seen, make())
        seen.rounds = number + 1
    for make in makers:
        _kills(seen, make, chosen.kills // 2, chance)
    from vliegwiel.foundation.budgets.verification import verify

    found = verify()
    seen.entries_verified = found.entries
    seen.problems += found.broken
    print(json.dumps(asdict(seen)))
    return 1 if seen.problems else 0


def an_objection_that_waits() -> Waiting:
    """An objection against a determination that was too low, upheld by a proposal that waits."""
    from vliegwiel.foundation.budgets.public import entries_of
    from vliegwiel.foundation.papers.public import letters_of
    from vliegwiel.foundation.trail.models import Entry
    from vliegwiel.kernel.money import Money
    from vliegwiel.support.grants.public import grant_of
    from vliegwiel.support.objections.actions.lodge_objection import lodge_objection
    from vliegwiel.support.objections.contested import objectable
    from vliegwiel.support.objections.models import ObjectionDecision
    from vliegwiel.support.objections.standing import find
    from vliegwiel.support.objections.tests.given import a_decider, not_heard, proposed, upheld
    from vliegwiel.support.settlements.models import LaterDecision
    from vliegwiel.support.settlements.tests.given import a_grant, heard, later, paid, recipient, reported

    file = heard(reported(paid(a_grant())), views="Wij deden wat wij konden.")
    first = later(file, "lower-a", amount=Money.euros(6_500), views_answer="Dat verandert niets.")
    found = not_heard(lodge_objection(actor=recipient(file), decision=objectable(file.name)[0].id, grounds="Nee."))
    waits = proposed(found, upheld(Money.euros(7_500)))
    deciders = [a_decider(20 + number) for number in range(TOGETHER)]

    def signs() -> dict[str, bool]:
        now, taken = find(found.public_id), ObjectionDecision.objects.get(pk=waits.pk)
        return {
            "objection": now.stands.value == "decided",
            "taken": taken.taken_at is not None,
            "replacement": LaterDecision.objects.filter(replaces=first).count() == 1,
            "amount": grant_of(file.name).awarded == Money.euros(7_500),
            "ledger": any(entry.kind == "correct" for entry in entries_of(file.about)),
            "letter": any(letter.id == taken.letter for letter in letters_of(file.about)),
            "letters": sum(letter.kind == "objection-decision" for letter in letters_of(file.about)) == 1,
            "trail": Entry.objects.filter(action="decide-objection", result="gedaan", object_id=found.public_id).count() == 1,
        }

    return Waiting("objection", found.public_id, waits.content_hash, deciders, signs)


def a_determination_that_waits() -> Waiting:
    """A determination as it was granted, proposed and not signed."""
    from vliegwiel.foundation.budgets.public import payments_of
    from vliegwiel.foundation.papers.public import letters_of
    from vliegwiel.foundation.trail.models import Entry
    from vliegwiel.support.grants.public import grant_of
    from vliegwiel.support.grants.tests.officers import a_signer, an_officer
    from vliegwiel.support.settlements.actions.decide_later import propose_later_decision
    from vliegwiel.support.settlements.models import LaterDecision
    from vliegwiel.support.settlements.tests.given import a_grant, a_proposal, paid, reported

    file = reported(paid(a_grant()))
    waits = propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    signers = [a_signer(20 + number) for number in range(TOGETHER)]

    def signs() -> dict[str, bool]:
        now = LaterDecision.objects.get(pk=waits.pk)
        return {
            "taken": now.taken_at is not None,
            "state": grant_of(file.name).state == "determined",
            "payment": sum(payment.key.startswith("later-") for payment in payments_of(file.about)) == 1,
            "letters": sum(letter.kind == "settlement" for letter in letters_of(file.about)) == 1,
            "trail": Entry.objects.filter(action="settle-grant", result="gedaan", object_id=file.name).count() == 1,
        }

    return Waiting("determination", waits.public_id, waits.content_hash, signers, signs)


def sign(act: str, name: str, seen: str, actor: Actor) -> object:
    """Take the decision."""
    from vliegwiel.support.objections.actions.decide_objection import decide_objection
    from vliegwiel.support.settlements.actions.decide_later import sign_later_decision

    if act == "objection":
        return decide_objection(actor=actor, objection=name, seen=seen)
    return sign_later_decision(actor=actor, decision=name, seen=seen)


def _at_once(seen: Seen, waiting: Waiting) -> None:
    """Several people sign at the same moment: one decides, the others hear that it was done."""
    from django.db import connections

    connections.close_all()
    gate, answers = _FORK.Barrier(TOGETHER), _FORK.Queue()
    children = [
        _FORK.Process(target=_sign, args=(waiting.act, waiting.name, waiting.seen, person, gate, answers))
        for person in waiting.people
    ]
    for child in children:
        child.start()
    said = sorted(answers.get(timeout=_PATIENCE) for _child in children)
    for child in children:
        child.join(timeout=_PATIENCE)
    seen.decided_at_once += said.count("decided")
    seen.refused_at_once += len(said) - said.count("decided")
    if said.count("decided") != 1 or set(said) - {"decided", "state", "stale", "busy", "not-found", "replaced"}:
        seen.problems.append(f"{waiting.act} {waiting.name}: {said}")
    _judge(seen, waiting)


def _sign(act: str, name: str, seen: str, actor: Actor, gate: Any, answers: Any) -> None:
    from vliegwiel.kernel.errors import Refusal

    gate.wait()
    try:
        sign(act, name, seen, actor)
    except Refusal as refusal:
        answers.put(refusal.code)
    except Exception as fault:  # a lock, a deadlock: exactly what may not happen, so it is told
        answers.put(f"{type(fault).__name__}: {fault}")
    else:
        answers.put("decided")


def _judge(seen: Seen, waiting: Waiting) -> bool:
    """Whether it was decided; a problem when only a part of it was."""
    signs = waiting.signs()
    if len(set(signs.values())) != 1:
        seen.problems.append(f"{waiting.act} {waiting.name} is half: {signs}")
    return signs["taken"]


def _kills(seen: Seen, make: Callable[[], Waiting], kills: int, chance: random.Random) -> None:
    """Who signs is killed right before a question to the database; what is left is whole, and can be signed once."""
    from django.db import connections

    waiting = make()
    for _kill in range(kills):
        connections.close_all()
        child = _FORK.Process(
            target=_sign_and_die, args=(waiting.act, waiting.name, waiting.seen, waiting.people[0], chance.randint(1, LONGEST))
        )
        child.start()
        child.join(timeout=_PATIENCE)
        seen.kills += 1
        seen.killed_before_the_end += child.exitcode == -signal.SIGKILL
        if _judge(seen, waiting):
            waiting = make()
    if not _judge(seen, waiting):
        sign(waiting.act, waiting.name, waiting.seen, waiting.people[0])
        _judge(seen, waiting)


def _sign_and_die(act: str, name: str, seen: str, actor: Actor, moment: int) -> None:
    from django.db import connection

    asked = count(1)

    def ask(execute: Callable[..., object], *words: object) -> object:
        if next(asked) == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*words)

    with connection.execute_wrapper(ask):
        sign(act, name, seen, actor)


if __name__ == "__main__":
    sys.exit(main())
