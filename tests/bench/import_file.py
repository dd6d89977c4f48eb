"""Importing the whole table of 2020: time, repeated, and memory of a process that does nothing else."""

import csv
import resource
import sys
import time
from pathlib import Path

from tests.bench.harness import Bar, Result, seconds
from tests.requirements import DATA

TABLE = DATA / "kwb" / "kwb_2020_84799NED_TypedDataSet.csv"
_MEGA = 2**20 if sys.platform == "darwin" else 2**10


def measure(size: str) -> list[Result]:
    """Time and peak memory, beside reading the cells with the CSV reader of Python."""
    from vliegwiel.entry import serve
    from vliegwiel.kernel.actor import Actor
    from vliegwiel.kernel.errors import Refusal
    from vliegwiel.see.figures.actions.import_release import import_release

    names = ("invoer kwb_2020, 17.341 gebieden × 118 kolommen", "invoer kwb_2020 herhaald", "invoer kwb_2020, meeste geheugen")
    if not TABLE.is_file():
        return [Result(name, "", why_not="het bestand is er niet") for name in names]
    path = TABLE if size == "full" else _short(TABLE)
    serve.ensure_database()
    actor = Actor.system("cli")
    before = time.process_time()
    try:
        first = seconds(lambda: import_release(actor=actor, path=path))
    except Refusal as refusal:
        why = f"{refusal.message} {' '.join(refusal.details[:2])}"
        return [Result(name, "", why_not=why) for name in names]
    computed = time.process_time() - before
    again = seconds(lambda: import_release(actor=actor, path=path))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGA
    peer = seconds(lambda: _cells(path))
    return [
        Result(names[0], "s", first, 1, Bar(10), "cellen lezen met csv van Python", peer, f"{computed:.1f} s rekentijd"),
        Result(names[1], "s", again, 1, Bar(1)),
        Result(names[2], "MB", memory, 1, Bar(1024)),
    ]


def _cells(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(len(row) for row in csv.reader(file))


def _short(path: Path) -> Path:
    from django.conf import settings

    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:60]
    short = Path(settings.VLIEGWIEL_HOME) / path.name
    short.parent.mkdir(parents=True, exist_ok=True)
    short.write_text("".join(lines), encoding="utf-8")
    return short
