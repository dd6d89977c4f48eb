"""Decisions at the same moment, and processes killed at random moments: the proof of rule 1 on a real database.

`python -m vliegwiel.foundation.budgets.tests.at_once --rounds 3 --kills 5` uses the database of the environment, which must be empty, and
prints what was seen as one line of JSON; it stops with code 1 at the first thing that may not be. It forks, so it runs apart from the
tests that start it.
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
from dataclasses import asdict, dataclass, field
from typing import Any

_FORK = mp.get_context("fork")
PROCESSES, TOGETHER, LIMIT_SECONDS = 4, 200, 30
_SAME_FILE = 10
_DECIDERS = 3


@dataclass
class Seen:
    """What was seen in all rounds."""

    database: str = ""
    rounds: int = 0
    decisions: int = 0
    granted: int = 0
    refused_for_the_ceiling: int = 0
    asked_twice: int = 0
    longest_seconds: float = 0
    kills: int = 0
    decided_between_kills: int = 0
    entries_verified: int = 0
    problems: list[str] = field(default_factory=list)


def main() -> int:
    """Prepare, run the rounds and the kills, print, say whether all was well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
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
    seen, chance = Seen(database=connection.vendor), random.Random(chosen.seed)
    for number in range(chosen.rounds):
        _round(seen, number, chance)
        if seen.problems:
            break
    if chosen.kills and not seen.problems:
        _kills(seen, chosen.kills, chance)
    print(json.dumps(asdict(seen)))
    return 1 if seen.problems else 0


def _round(seen: Seen, number: int, chance: random.Random) -> None:
    """200 decisions at the same moment on one ceiling with two parts; some ask for the same file twice."""
    from vliegwiel.foundation.budgets.public import ceiling_of
    from vliegwiel.foundation.budgets.tests.given import a_ceiling
    from vliegwiel.kernel.money import Money

    wide = a_ceiling(Money(chance.randint(300_000, 900_000)), credit=Money(10_000_000))
    north, south = (
        a_ceiling(Money(chance.randint(200_000, 600_000)), line=wide.line, within=wide.id, name=name)
        for name in ("Noord", "Zuid")
    )
    wanted = [
        (chance.choice((wide.id, north.id, south.id)), chance.randint(1, 20_000), f"{number}-{place}")
        for place in range(TOGETHER - _SAME_FILE)
    ]
    wanted += wanted[:_SAME_FILE]
    chance.shuffle(wanted)
    answers = _together(wanted)
    seen.rounds += 1
    seen.decisions += len(answers)
    seen.granted += sum(answer["outcome"] == "granted" for answer in answers)
    seen.refused_for_the_ceiling += sum(answer["outcome"] == "ceiling" for answer in answers)
    seen.asked_twice += _SAME_FILE
    seen.longest_seconds = max([seen.longest_seconds, *(answer["seconds"] for answer in answers)])
    now = {ceiling.id: ceiling_of(ceiling.id) for ceiling in (wide, north, south)}
    _judge(seen, answers, now, wide.id)
    _verified(seen)


def _together(wanted: list[tuple[str, int, str]]) -> list[dict[str, Any]]:
    """Every decision has a thread of its own, spread over processes; they all wait for each other and then go."""
    from django.db import connections

    connections.close_all()
    threads = min(len(wanted), _most_connections() - 10)
    connections.close_all()
    gate, answers = _FORK.Barrier(threads), _FORK.Queue()
    shares = [list(range(start, threads, PROCESSES)) for start in range(PROCESSES)]
    work = [[wanted[place::threads] for place in share] for share in shares]
    children = [_FORK.Process(target=_decide_all, args=(mine, gate, answers)) for mine in work]
    for child in children:
        child.start()
    found = [answers.get(timeout=4 * LIMIT_SECONDS) for _one in wanted]
    for child in children:
        child.join(timeout=LIMIT_SECONDS)
    return found


def _most_connections() -> int:
    from django.db import connection

    if connection.vendor != "postgresql":
        return TOGETHER + 10
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        return int(cursor.fetchone()[0])


def _decide_all(mine: list[list[tuple[str, int, str]]], gate: Any, answers: Any) -> None:
    threads = [threading.Thread(target=_decide_some, args=(some, gate, answers)) for some in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _decide_some(some: list[tuple[str, int, str]], gate: Any, answers: Any) -> None:
    from django.db import connection

    gate.wait()
    started = time.monotonic()
    for ceiling, cents, file in some:
        outcome, entry = _decide(ceiling, cents, file)
        seconds = time.monotonic() - started
        answers.put({"ceiling": ceiling, "cents": cents, "file": file, "outcome": outcome, "entry": entry, "seconds": seconds})
    connection.close()


def _decide(ceiling: str, cents: int, file: str) -> tuple[str, str]:
    from django.db import transaction

    from vliegwiel.foundation.budgets.public import commit
    from vliegwiel.foundation.people.tests.given import SYSTEM
    from vliegwiel.kernel import clock
    from vliegwiel.kernel.actor import Reference
    from vliegwiel.kernel.errors import Refusal
    from vliegwiel.kernel.money import Money

    about = Reference("application", file, "", "")
    try:
        with transaction.atomic():
            entry = commit(
                actor=SYSTEM, ceiling=ceiling, amount=Money(cents), about=about, received_on=clock.today(), key="granted"
            )
    except Refusal as refusal:
        return refusal.code, ""
    except Exception as fault:  # a lock, a deadlock: exactly what may not happen, so it is told
        return f"{type(fault).__name__}: {fault}", ""
    return "granted", entry.id


def _judge(seen: Seen, answers: list[dict[str, Any]], now: dict[str, Any], wide: str) -> None:
    """Never a cent over, nobody refused who fitted, one entry for a file, everybody answered in time."""
    strange = {answer["outcome"] for answer in answers} - {"granted", "ceiling"}
    if strange:
        seen.problems.append(f"answers that may not be: {sorted(strange)[:3]}")
    entries = {answer["file"]: set() for answer in answers}
    for answer in answers:
        entries[answer["file"]].add(answer["entry"])
    if any(len(of_file) != 1 for of_file in entries.values()):
        seen.problems.append("the same decision got two answers")
    granted = {answer["file"]: answer for answer in answers if answer["outcome"] == "granted"}
    for pk, ceiling in now.items():
        total = sum(answer["cents"] for answer in granted.values() if pk in (wide, answer["ceiling"]))
        if total != ceiling.used.cents or total > ceiling.amount.cents:
            seen.problems.append(f"{ceiling.name}: {total} was granted, {ceiling.used.cents} stands, {ceiling.amount.cents} may")
    fitting = [
        answer for answer in answers if answer["outcome"] == "ceiling" and answer["cents"] <= now[answer["ceiling"]].free.cents
    ]
    if fitting:
        seen.problems.append(f"{len(fitting)} were refused that still fit")
    if seen.longest_seconds > LIMIT_SECONDS:
        seen.problems.append(f"an answer took {seen.longest_seconds:.0f} s")


def _kills(seen: Seen, kills: int, chance: random.Random) -> None:
    """Processes that decide without end, each decision in two parts, are killed at random moments."""
    from django.db import connections

    from vliegwiel.foundation.budgets.tests.given import a_ceiling
    from vliegwiel.kernel.money import Money

    places = [a_ceiling(Money(50_000_000)).id for _one in range(2)]
    connections.close_all()
    for kill in range(kills):
        began = _FORK.RawArray("i", _DECIDERS)  # without a lock: a killed process would keep it
        children = [
            _FORK.Process(target=_decide_for_ever, args=(places, f"{kill}-{one}", began, one)) for one in range(_DECIDERS)
        ]
        for child in children:
            child.start()
        finished = chance.randrange(2 * _DECIDERS)  # so many are decided first, however slow the machine is
        while not all(began) or sum(began) < _DECIDERS + finished:
            time.sleep(0.001)
        time.sleep(chance.uniform(0.01, 0.6))
        for child in children:
            os.kill(child.pid, signal.SIGKILL)
        for child in children:
            child.join()
        seen.kills += 1
    _judge_halves(seen, places)
    _verified(seen)
    outcome, _entry = _decide(places[0], 1, "after-the-kills")
    if outcome != "granted":
        seen.problems.append(f"after the kills: {outcome}")


def _decide_for_ever(places: list[str], name: str, began: Any, place: int) -> None:
    from django.db import transaction

    number = 0
    while True:
        number += 1
        began[place] = number
        with transaction.atomic():
            for ceiling in places:
                _decide_part(ceiling, f"kill-{name}-{number}")


def _decide_part(ceiling: str, file: str) -> None:
    from vliegwiel.foundation.budgets.public import commit, reserve
    from vliegwiel.foundation.people.tests.given import SYSTEM
    from vliegwiel.kernel import clock
    from vliegwiel.kernel.actor import Reference
    from vliegwiel.kernel.money import Money

    act = {"actor": SYSTEM, "ceiling": ceiling, "about": Reference("application", file, "", ""), "received_on": clock.today()}
    reserve(**act, amount=Money(20), key=f"asked-{ceiling}")
    commit(**act, amount=Money(15), key=f"granted-{ceiling}", from_reserved=Money(20))


def _judge_halves(seen: Seen, places: list[str]) -> None:
    """Every file that was begun has all its entries, each with its line in the trail."""
    from django.db.models import Count

    from vliegwiel.foundation.budgets.models import Entry
    from vliegwiel.foundation.trail.models import Entry as TrailEntry

    files = Entry.objects.filter(about_id__startswith="kill-").order_by().values("about_id").annotate(n=Count("pk"))
    seen.decided_between_kills = len(files)
    halves = [row["about_id"] for row in files if row["n"] != 2 * len(places)]
    if halves:
        seen.problems.append(f"half decisions: {halves[:3]}")
    known = TrailEntry.objects.filter(object_kind="ledger-entry", result="gedaan").count()
    if known != Entry.objects.count():
        seen.problems.append(f"{Entry.objects.count()} entries, {known} in the trail")


def _verified(seen: Seen) -> None:
    from vliegwiel.foundation.budgets.verification import verify

    found = verify()
    seen.entries_verified = found.entries
    seen.problems += found.broken


if __name__ == "__main__":
    sys.exit(main())
