"""Whole decisions at the same moment on one ceiling, and processes killed while they sign: nothing is half, nothing is double.

`python -m vliegwiel.support.grants.tests.at_once --files 16 --kills 5` uses the database of the environment, which must be empty, and
prints what was seen as one line of JSON; it stops with code 1 at the first thing that may not be. It builds on the proof of the ledger
(`foundation/budgets/tests/at_once.py`): there entries, here proposals, signatures, letters, messages and the register.
"""

import argparse
import json
import multiprocessing as mp
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

#: A typesetter that ran does not run in a copy of its process, so every process is forked from one that never set a letter.
_FORK = mp.get_context("forkserver")
_FORK.set_forkserver_preload(["vliegwiel.foundation.budgets.tests.forked_from"])
PROCESSES, LIMIT_SECONDS = 4, 30


@dataclass
class Seen:
    """What was seen."""

    database: str = ""
    files: int = 0
    proposed: int = 0
    refused_for_the_ceiling: int = 0
    signed: int = 0
    second_signatures_refused: int = 0
    longest_seconds: float = 0
    kills: int = 0
    signed_between_kills: int = 0
    problems: list[str] = field(default_factory=list)


def main() -> int:
    """Prepare, decide at once, kill, print, say whether all was well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=16)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=20261128)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.entry.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    seen, chance = Seen(database=connection.vendor, files=chosen.files), random.Random(chosen.seed)
    _decide_at_once(seen, chance)
    if chosen.kills and not seen.problems:
        _kill(seen, chosen.kills, chance)
    print(json.dumps(asdict(seen)))
    return 1 if seen.problems else 0


def _prepare(count: int, cents: int, name: str) -> tuple[str, list[str]]:
    """A call whose ceiling holds this many cents, with applications that are ready to be decided; a direct grant waits for nobody."""
    from vliegwiel.kernel.money import Money
    from vliegwiel.support.grants.tests.given import a_resident
    from vliegwiel.support.grants.tests.officers import PLAIN, a_decidable_application, by_mail
    from vliegwiel.support.schemes.tests.given import an_open_call

    dividing = {"methods": ["direct"], "article": "6"}
    call = an_open_call(method="direct", scheme=PLAIN, ceiling=Money(cents), dividing=dividing)
    found = [
        by_mail(a_decidable_application(call, person=a_resident(f"{name}{number}@voorbeeld.invalid"), asked=Money.euros(6_000)))
        for number in range(count)
    ]
    return call.ceiling, [item.public_id for item in found]


def _decide_at_once(seen: Seen, chance: random.Random) -> None:
    """Everyone proposes at once under a ceiling that holds two thirds; then every proposal is signed by two at once."""
    from vliegwiel.foundation.budgets.public import ceiling_of
    from vliegwiel.support.grants.models import Decision

    fits = max(seen.files * 2 // 3, 1)
    ceiling, files = _prepare(seen.files, fits * 6_000_00 + 100, "samen")
    chance.shuffle(files)
    answers = _together("propose", files)
    seen.proposed, seen.refused_for_the_ceiling = answers["done"], answers["ceiling"]
    _expect(seen, answers, {"done": fits, "ceiling": seen.files - fits}, "proposed at once")
    waiting = list(Decision.objects.filter(taken_at=None, returned_at=None).values_list("public_id", flat=True))
    answers = _together("sign", [*waiting, *waiting])
    seen.signed, seen.second_signatures_refused = answers["done"], answers["state"] + answers["stale"]
    if answers["done"] != fits or set(answers) - {"done", "state", "stale", "seconds"}:
        seen.problems.append(f"signed at once: {dict(answers)}")
    if ceiling_of(ceiling).used.cents != fits * 6_000_00:
        seen.problems.append(f"{ceiling_of(ceiling).used} stands under the ceiling")
    _judge(seen)


def _together(what: str, names: list[str]) -> Counter[str]:
    """Each name has a thread of its own, spread over processes; they wait for each other and then go. Counts per answer."""
    from django.db import connections

    connections.close_all()
    gate, answers = _FORK.Barrier(len(names)), _FORK.Queue()
    shares = [names[place::PROCESSES] for place in range(PROCESSES)]
    children = [_FORK.Process(target=_do_all, args=(what, mine, gate, answers)) for mine in shares if mine]
    for child in children:
        child.start()
    found = [answers.get(timeout=8 * LIMIT_SECONDS) for _one in names]
    for child in children:
        child.join(timeout=LIMIT_SECONDS)
    slow = [seconds for _answer, seconds in found if seconds > LIMIT_SECONDS]
    counted = Counter(answer for answer, _seconds in found)
    return counted + Counter({"seconds": len(slow)})


def _do_all(what: str, names: list[str], gate: Any, answers: Any) -> None:
    threads = [threading.Thread(target=_do_one, args=(what, name, gate, answers)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _do_one(what: str, name: str, gate: Any, answers: Any) -> None:
    from django.db import connection

    gate.wait()
    started = time.monotonic()
    answers.put((_do(what, name), time.monotonic() - started))
    connection.close()


def _do(what: str, name: str) -> str:
    from vliegwiel.foundation.people.models import Role
    from vliegwiel.foundation.people.tests.given import acting
    from vliegwiel.kernel.errors import Refusal
    from vliegwiel.support.grants.actions.propose_decision import propose_decision
    from vliegwiel.support.grants.actions.sign_decision import sign_decision
    from vliegwiel.support.grants.models import Decision
    from vliegwiel.support.grants.standing import find
    from vliegwiel.support.grants.tests.officers import a_proposal

    try:
        role = Role.objects.select_related("person", "organisation").get(person__email="programma1@voorbeeld.invalid")
        actor = acting(role)
        if what == "propose":
            found = find(name)
            propose_decision(actor=actor, application=name, proposal=a_proposal(found))
        else:
            sign_decision(actor=actor, decision=name, seen=Decision.objects.get(public_id=name).content_hash)
    except Refusal as refusal:
        return refusal.code
    except Exception as fault:  # a lock, a deadlock: exactly what may not happen, so it is told
        return f"{type(fault).__name__}: {fault}"
    return "done"


def _kill(seen: Seen, kills: int, chance: random.Random) -> None:
    """A process that proposes and signs one file after another is killed at random moments; another goes on."""
    from django.db import connections

    from vliegwiel.support.grants.models import Application

    _ceiling, files = _prepare(max(2 * kills, 4), 100_000_000, "dood")
    connections.close_all()
    for _one in range(kills):
        began = _FORK.Event()
        child = _FORK.Process(target=_decide_each, args=(files, began))
        child.start()
        began.wait(LIMIT_SECONDS)
        time.sleep(chance.uniform(0.01, 0.5))
        if child.pid and child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        seen.kills += 1
        _judge(seen)
    seen.signed_between_kills = Application.objects.filter(public_id__in=files, state="granted").count()
    began = _FORK.Event()
    last = _FORK.Process(target=_decide_each, args=(files, began))
    last.start()
    last.join(4 * LIMIT_SECONDS)
    if Application.objects.filter(public_id__in=files, state="granted").count() != len(files):
        seen.problems.append("after the kills not everything could be decided")
    _judge(seen)


def _decide_each(files: list[str], began: Any) -> None:
    from vliegwiel.support.grants.models import Decision

    began.set()
    for name in files:
        _do("propose", name)
        for decision in Decision.objects.filter(application__public_id=name, taken_at=None, returned_at=None):
            _do("sign", decision.public_id)


def _expect(seen: Seen, answers: Counter[str], expected: dict[str, int], what: str) -> None:
    if {key: count for key, count in answers.items() if count} != expected:
        seen.problems.append(f"{what}: {dict(answers)}, expected {expected}")


def _judge(seen: Seen) -> None:
    """Granted means everything, anything else means nothing of it: ledger, letter, message, register, signature, term, trail."""
    from vliegwiel.foundation.budgets.public import entries_of
    from vliegwiel.foundation.notices.models import Notice
    from vliegwiel.foundation.papers.models import Letter
    from vliegwiel.foundation.trail.models import Entry
    from vliegwiel.support.grants.models import Application, Decision
    from vliegwiel.support.grants.standing import reference
    from vliegwiel.support.register.models import RegisterEntry

    for found in Application.objects.exclude(number=None):
        taken = list(Decision.objects.filter(application=found).exclude(taken_at=None))
        letters = Letter.objects.filter(about_id=found.public_id, kind="grant")
        kinds = Counter(entry.kind for entry in entries_of(reference(found)))
        here = [
            len(taken),
            kinds["commit"],
            letters.count(),
            Notice.objects.filter(about_id__in=letters.values("public_id")).count(),
            RegisterEntry.objects.filter(number=found.number).count(),
            found.clock.filter(kind="ended").count(),
            Entry.objects.filter(object_id=found.public_id, action="take-grant", result="gedaan").count(),
        ]
        expected = 1 if found.state == "granted" else 0
        if set(here) != {expected}:
            seen.problems.append(f"{found.number} is {found.state}: {here}")


if __name__ == "__main__":
    sys.exit(main())
