"""Travel beside scipy in this process, and beside networkit, pandana and spopt in an environment of their own.

Times are seconds of processor, so that a busy machine does not decide who is quicker; the median of several runs. Of peers that use
several threads the least of processor and clock counts. Compiling is measured apart: a machine does it once.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from tests.bench.harness import Bar, Result
from tests.bench.peers import FOLDER, PYTHON
from tests.requirements import ROOT

#: Rows of crossings, origins: about 0.5 and 3 million nodes.
SIZES = {"full": {"provincie": (720, 1_000_000), "land": (1762, 9_000_000)}, "tiny": {"provincie": (60, 5_000)}}
FACILITIES = {"full": (1_000, 30_000), "tiny": (20,)}
_SCRIPT = ROOT / "tests" / "bench" / "peers" / "travel.py"


def processor(deed: Callable[[], object], runs: int) -> float:
    """The median of several runs, in seconds of processor."""
    found = []
    for _ in range(runs):
        started = time.process_time()
        deed()
        found.append(time.process_time() - started)
    return median(found)


def measure(size: str) -> list[Result]:
    """All promises of the engine, the nation in a process of its own."""
    results = [*(_start_up() + _region() if size == "full" else []), *_places("provincie", size)]
    if "land" in SIZES[size]:
        line = [sys.executable, "-c", "from tests.bench import travel; travel.nation()"]
        done = subprocess.run(line, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
        if done.returncode:
            results.append(Result("land", "", why_not=(done.stderr.strip().splitlines() or ["?"])[-1][:200]))
        else:
            results += [Result.from_plain(record) for record in json.loads(done.stdout.splitlines()[-1])]
    return [*results, *_which_to_keep(size)]


def nation() -> None:
    """The nation; prints its results as one line of JSON."""
    from dataclasses import asdict

    print(json.dumps([asdict(result) for result in _places("land", "full")]))


def _start_up() -> list[Result]:
    """Compiling on an empty cache, and the first answer of a process that finds it there."""
    code = "from vliegwiel.engines.travel.warm import warm; warm()"
    with tempfile.TemporaryDirectory() as folder:
        spent = []
        for _ in range(2):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "NUMBA_CACHE_DIR": folder}, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    names = ("reistijden, rekenkern vertalen (eens per machine)", "reistijden, eerste antwoord van een nieuw proces")
    return [Result(name, "s", seconds, 1) for name, seconds in zip(names, spent, strict=True)]


def _places(place: str, size: str) -> list[Result]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    from vliegwiel.engines.travel import Network, Origins
    from vliegwiel.engines.travel.synthetic import made_up

    rows, origins = SIZES[size][place]
    made = made_up(rows=rows, origins=origins)
    started = time.process_time()
    network = Network.from_edges(
        nodes=made.nodes, tail=made.tail, head=made.head, milliseconds=made.milliseconds, x=made.x, y=made.y, directed=False
    )  # fmt: skip
    built = time.process_time() - started
    who = Origins(node=made.origins, persons=made.persons, groups={"65+": np.floor(made.persons / 3)})
    chance = np.random.default_rng(1)
    results = [Result(f"{place}: netwerk maken, {made.nodes:,} knopen".replace(",", "."), "s", built, 1)]
    least = 4 if place == "provincie" else 3
    own: dict[int, float] = {}
    everything = {}
    for count in FACILITIES[size]:
        facilities = chance.integers(0, made.nodes, count)
        everything[count] = facilities
        network.nearest(facilities, who)
        own[count] = processor(lambda facilities=facilities: _afresh(network).nearest(facilities, who), 5)
        results += _closed(place, network, who, facilities)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    bar = Bar(2) if place == "land" else None
    results.append(Result(f"{place}: meeste geheugen (met het verzonnen netwerk)", "GB", memory, 1, bar))
    ends = (np.concatenate([made.tail, made.head]), np.concatenate([made.head, made.tail]))
    graph = coo_array((np.tile(made.milliseconds, 2).astype(float), ends), shape=(made.nodes, made.nodes)).tocsr()
    for count, facilities in everything.items():
        found = network.nearest(facilities, who).milliseconds
        there = np.unique(facilities)
        same = np.array_equal(dijkstra(graph, indices=there, min_only=True)[made.origins], found)
        runs = 3 if place == "provincie" else 1
        peer = processor(lambda there=there: dijkstra(graph, indices=there, min_only=True)[made.origins], runs)
        name = f"{place}: dichtstbijzijnde van {count:,}".replace(",", ".")
        note = f"{own[count] * 1000:.0f} ms, scipy {peer * 1000:.0f} ms zonder te zeggen welke; gelijk: {same}"
        results.append(Result(name, "× scipy", peer / own[count], 5, Bar(least, at_most=False), note=note))
        again = processor(lambda facilities=facilities: _afresh(network).closures(facilities, who), 3)
        name = f"{place}: elke sluiting van {count:,}".replace(",", ".")
        note = f"{again * 1000:.0f} ms; scipy opnieuw voor elke voorziening, {count} × {peer:.2f} s"
        results.append(Result(name, "× opnieuw", count * peer / again, 3, Bar(1000, at_most=False), note=note))
    if place == "provincie":
        results += _beside_peers(made, network, who, everything, own)
    return results


def _afresh(network: object) -> object:
    """The network without what it remembers of earlier questions."""
    network._remembered.clear()
    return network


def _closed(place: str, network: object, who: object, facilities: object) -> list[Result]:
    """A scenario of five closures, on a map that is being looked at (the search before it is remembered)."""
    count = len(facilities)
    if count > 1_000:
        return []
    network.scenario(facilities, who, close=[0])
    asked = iter(range(1_000))
    spent = processor(lambda: network.scenario(facilities, who, close=[(5 * next(asked) + one) % count for one in range(5)]), 7)
    bar = Bar(50) if place == "provincie" else None
    return [Result(f"{place}: vijf van {count:,} sluiten".replace(",", "."), "ms", spent * 1000, 7, bar)]


def _beside_peers(
    made: object, network: object, who: object, everything: dict[int, object], own: dict[int, float]
) -> list[Result]:
    count = max(everything)
    with tempfile.TemporaryDirectory() as folder:
        file = _handed(folder, made, everything[count])
        results = [_five("provincie", network, who, everything[count], file)]
        networkit = _peer("networkit", file)
    if not isinstance(networkit, str):
        note = f"networkit {networkit['seconds'] * 1000:.0f} ms"
        name = f"provincie: dichtstbijzijnde van {count:,}".replace(",", ".")
        results.append(Result(name, "× networkit", networkit["seconds"] / own[count], 3, note=note))
    return results


def _region() -> list[Result]:
    """The five nearest in a region of 57,000 nodes: a size at which each peer is soon done, also on a busy machine."""
    from vliegwiel.engines.travel import Network, Origins
    from vliegwiel.engines.travel.synthetic import made_up

    made = made_up(rows=240, origins=100_000)
    about = {name: getattr(made, name) for name in ("nodes", "tail", "head", "milliseconds", "x", "y")}
    network, who = Network.from_edges(**about, directed=False), Origins(node=made.origins, persons=made.persons)
    facilities = np.random.default_rng(1).integers(0, made.nodes, 3_000)
    with tempfile.TemporaryDirectory() as folder:
        return [_five("streek", network, who, facilities, _handed(folder, made, facilities))]


def _handed(folder: str, made: object, facilities: object) -> str:
    """The question as a file for a peer."""
    file = Path(folder) / "place.npz"
    given = {name: getattr(made, name) for name in ("tail", "head", "milliseconds", "x", "y", "origins")}
    np.savez(file, **given, facilities=facilities)
    return str(file)


def _five(place: str, network: object, who: object, facilities: object, file: str) -> Result:
    network.k_nearest(facilities, who, k=5)
    own = processor(lambda: _afresh(network).k_nearest(facilities, who, k=5), 3)
    pandana = _peer("pandana", file)
    name = f"{place}: vijf dichtstbijzijnde van {len(facilities):,}".replace(",", ".")
    bar = Bar(10, at_most=False)
    if isinstance(pandana, str):
        return Result(name, "× pandana", None, 0, bar, why_not=pandana, note=f"{own:.2f} s")
    note = f"{own:.2f} s, pandana {pandana['seconds']:.1f} s zonder het maken van zijn netwerk ({pandana['build']:.0f} s)"
    return Result(name, "× pandana", pandana["seconds"] / own, 3, bar, note=note)


def _which_to_keep(size: str) -> list[Result]:
    """p-median of 100 candidates for 5,000 places with weights that differ by orders of magnitude, proven; and one that is smaller."""
    whole = [_kept(1_000, 60, 12), _kept(5_000, 100, 20, Bar(100, at_most=False))]
    return whole if size == "full" else [_kept(200, 20, 4)]


def _kept(demand: int, candidates: int, number: int, bar: Bar | None = None) -> Result:
    from vliegwiel.engines.travel import keep

    chance = np.random.default_rng(5)
    places = chance.random((demand, 2)) * 50
    sites = places[chance.choice(demand, candidates, replace=False)]
    weights = np.exp(chance.normal(0, 2, demand))
    costs = np.rint(np.hypot(*(places[:, None] - sites[None]).transpose(2, 0, 1)) * 1950)
    keep(costs[:60], weights[:60], p=3)
    found = keep(costs, weights, p=number)
    own = processor(lambda: keep(costs, weights, p=number), 3)
    name = f"welke {number} van {candidates} houden voor {demand}, bewezen"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "keep.npz"
        np.savez(file, costs=costs, weights=weights, number=number)
        limit = 1_200
        peer = _peer("spopt", str(file), limit)
    note = f"{own:.2f} s, bewezen: {found.proven}"
    if isinstance(peer, str) and peer.startswith("niet klaar"):
        note = f"{note}; spopt met HiGHS was {peer}: de verhouding is een ondergrens"
        return Result(name, "× spopt", limit / own, 3, bar, note=note)
    if isinstance(peer, str):
        return Result(name, "× spopt", None, 0, bar, why_not=peer, note=note)
    same = abs(peer["objective"] - found.objective) <= 1e-6 * found.objective
    note = f"{note}; spopt met HiGHS {peer['seconds']:.0f} s, even goed: {same}"
    return Result(name, "× spopt", peer["seconds"] / own, 3, bar, note=note)


def _peer(name: str, file: str, limit: int = 1_800) -> dict[str, float] | str:
    """What a peer measured of itself, or why it did not. `limit`: seconds of processor it may take."""
    if not PYTHON.exists():
        return f"geen programma’s om mee te vergelijken in {FOLDER.name}; bench --peers zet ze klaar"
    done = subprocess.run(
        [str(PYTHON), str(_SCRIPT), name, file, str(limit)], capture_output=True, text=True, check=False, cwd=_SCRIPT.parent
    )
    if done.returncode in (-24, 152):
        return f"niet klaar na {limit} s rekentijd"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["?"])[-1][:200]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
