"""Survey estimates beside svy, samplics and ipfn in an environment of their own, and beside plain SQL in this process.

Made-up survey: 50 strata, 20,000 clusters, 2,500 domains, 20 items from 0 to 10, stored as bytes in the order of domain and cluster. Times
are the least of processor and clock, the median of several runs, for ours as for peers, so that a busy machine does not decide.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.bench.harness import Bar, Result
from tests.bench.peers import FOLDER as PEERS
from tests.bench.peers.surveys import least
from tests.requirements import ROOT

SIZES = {"full": (100_000, 1_000_000, 10_000_000), "tiny": (25_000, 30_000, 40_000)}
LEVELS = (7, 2, 3, 4, 5, 51)
ITEMS = [f"q{place}" for place in range(20)]
_SCRIPT = ROOT / "tests" / "bench" / "peers" / "surveys.py"
_PATIENCE = 400


def measure(size: str) -> list[Result]:
    """All promises of the engine."""
    small, middle, large = SIZES[size]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {
            (rows, nested): a_survey(folder, rows, nested=nested)
            for rows, nested in ((small, True), (middle, True), (middle, False))
        }
        results = _domains(files[small, True], files[middle, True], files[middle, False], small, middle)
        results += _memory(files[small, True], small)
        results += _raking(folder, (small, middle))
        results += _replicates(files[middle, True], middle)
        results += _growth(folder, middle, large)
    return results


def a_survey(folder: Path, rows: int, *, nested: bool, seed: int = 1) -> Path:
    """A file in the layout of the store; `nested`: clusters lie within domains, else they cut through all of them."""
    stream = np.random.default_rng(seed)
    psu = np.sort(stream.integers(0, 20_000, rows)).astype(np.int32)
    columns: dict[str, np.ndarray] = {"stratum": (psu // 400).astype(np.int16), "psu": psu}
    columns["domain"] = (psu // 8).astype(np.int16) if nested else stream.integers(0, 2500, rows).astype(np.int16)
    columns["weight"] = stream.uniform(5, 40, rows)
    columns |= {name: stream.integers(0, 11, rows).astype(np.uint8) for name in ITEMS}
    table = pa.table(columns)
    if not nested:
        table = table.sort_by([("domain", "ascending"), ("psu", "ascending")])
    path = folder / f"{rows}-{nested}.parquet"
    pq.write_table(table, path, compression="snappy", row_group_size=262_144)
    return path


def means(path: Path) -> object:
    """Twenty items in all domains with their errors, from the file on."""
    from vliegwiel.engines.estimation import Design

    return Design(path, weights="weight", strata="stratum", clusters="psu", lonely_psu="adjust").mean(ITEMS, by="domain")


def _plain_sql(path: Path) -> Callable[[], object]:
    import duckdb

    sums = ", ".join(f"sum(weight * {name}), sum(weight * {name} * {name})" for name in ITEMS)
    text = f"SELECT domain, stratum, psu, count(*), sum(weight), {sums} FROM read_parquet('{path}') GROUP BY ALL"
    return lambda: duckdb.connect().execute(text).to_arrow_table()


def _domains(small: Path, middle: Path, cutting: Path, few: int, many: int) -> list[Result]:
    means(small)  # compiling is done once per machine
    ours = {path: least(lambda path=path: means(path), 5) for path in (small, middle, cutting)}
    sql = least(_plain_sql(middle), 5)
    bar = Bar(0.15) if many >= 1_000_000 else None
    results = [
        Result(
            f"20 vragen × 2.500 gebieden, {_round(many)}, uit Parquet", "s", ours[middle], 5, bar, "alleen sommen in DuckDB", sql
        ),
        Result(f"idem, clusters door gebieden heen, {_round(many)}", "s", ours[cutting], 5, bar),
        Result(f"20 vragen × 2.500 gebieden, {_round(few)}, uit Parquet", "s", ours[small], 5),
    ]
    best: float | None = None
    for peer in ("svy", "samplics"):
        found = _peer(f"{peer}_domains", small)
        if isinstance(found, str):
            results.append(Result(f"één vraag × 2.500 gebieden: {peer}", "s", why_not=found))
            continue
        results.append(Result(f"één vraag × 2.500 gebieden: {peer}", "s", found["seconds"], 1))
        best = min(best or np.inf, found["seconds"])
    name = f"per vraag tegen de beste andere, {_round(few)}"
    if best is None:
        return [*results, Result(name, "×", why_not="geen ander pakket gaf een antwoord")]
    note = f"{1000 * ours[small] / 20:.2f} ms per vraag tegen {best:.1f} s"
    return [*results, Result(name, "×", best / (ours[small] / 20), 5, Bar(1000, at_most=False), note=note)]


def _memory(small: Path, few: int) -> list[Result]:
    code = "import sys, resource; from tests.bench.surveys import means; means(sys.argv[1]); "
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(small)], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return [Result("meeste geheugen", "GB", why_not=(done.stderr.strip().splitlines() or ["?"])[-1][:200])]
    ours = float(done.stdout.splitlines()[-1])
    results = [Result(f"meeste geheugen, 20 vragen, {_round(few)}", "GB", ours, 1)]
    for peer, limit in (("svy", 0.2), ("samplics", 1.0)):
        found = _peer(f"{peer}_domains", small)
        name = f"geheugen tegen {peer} met één vraag, {_round(few)}"
        if isinstance(found, str):
            results.append(Result(name, "×", why_not=found))
        else:
            results.append(Result(name, "×", ours / found["memory"], 1, Bar(limit), note=f"{found['memory']:.2f} GB"))
    return results


def _raking(folder: Path, sizes: tuple[int, int]) -> list[Result]:
    from vliegwiel.engines.estimation import Design

    results = []
    for rows in sizes:
        stream = np.random.default_rng(rows)
        columns: dict[str, np.ndarray] = {"weight": stream.uniform(5, 40, rows)}
        margins: dict[str, dict[int, float]] = {}
        for place, levels in enumerate(LEVELS):
            codes = stream.integers(0, levels, rows).astype(np.int16)
            wanted = stream.uniform(0.7, 1.3, levels) * np.bincount(codes, minlength=levels)
            columns[f"m{place}"] = codes
            margins[f"m{place}"] = dict(enumerate((wanted / wanted.sum() * rows * 22.5).tolist()))
        path = folder / f"rake-{rows}.parquet"
        pq.write_table(pa.table(columns), path)
        Path(f"{path}.margins.json").write_text(json.dumps(margins), encoding="utf-8")
        table = pa.table(columns)
        designs = [Design(table, weights="weight") for _ in range(5)]
        raked = designs[0].rake(margins)
        ours = least(lambda designs=designs, margins=margins: designs.pop().rake(margins), 5)
        error = raked.diagnostics["largest_margin_error"]
        note = f"grootste fout {error:.0e}"
        results.append(Result(f"wegen op 6 marges, {_round(rows)}", "s", ours, 5, note=note))
        for peer, times in (("svy", 20), ("ipfn", 20)):
            found = _peer(f"{peer}_rake", path)
            name = f"wegen tegen {peer}, {_round(rows)}"
            if isinstance(found, str):
                results.append(Result(name, "×", why_not=found))
            else:
                bar = Bar(times, at_most=False) if peer == "svy" else None
                results.append(Result(name, "×", found["seconds"] / ours, 5, bar, note=f"{found['seconds']:.2f} s"))
    return results


def _replicates(middle: Path, many: int) -> list[Result]:
    from vliegwiel.engines.estimation import Design

    design = Design(middle, weights="weight", strata="stratum", clusters="psu", lonely_psu="adjust")
    design.mean(ITEMS, by="domain")
    spent = least(lambda: design.replicates("bootstrap", n=200, seed=1).mean(ITEMS, by="domain"), 3)
    overall = least(lambda: design.mean(ITEMS), 5)
    results = [Result(f"200 replicaten × 20 vragen × 2.500 gebieden, {_round(many)}", "s", spent, 3, Bar(1))]
    found = _peer("svy_overall", middle)
    if isinstance(found, str):
        return [*results, Result("20 vragen zonder gebieden", "s", overall, 5, note=found)]
    return [*results, Result("20 vragen zonder gebieden", "s", overall, 5, peer="svy", peer_value=found["seconds"])]


def _growth(folder: Path, middle: int, large: int) -> list[Result]:
    times = {}
    for rows in (middle, large):
        path = a_survey(folder, rows, nested=True)
        times[rows] = least(lambda path=path: means(path), 3)
    name = f"{_round(large)} tegen {_round(middle)}"
    return [Result(name, "×", times[large] / times[middle], 3, Bar(12 * large / middle / 10), note=f"{times[large]:.2f} s")]


def _peer(kind: str, path: Path) -> dict[str, float] | str:
    """What a peer needed, or why that is not known."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        return f"geen omgeving met andere pakketten in {PEERS.name}; zie requirements/peers.in"
    key = (kind, str(path))
    if key not in _KNOWN:
        done = subprocess.run(
            [str(python), str(_SCRIPT), kind, str(path), str(_PATIENCE)], capture_output=True, text=True, check=False
        )
        lines = done.stdout.strip().splitlines()
        _KNOWN[key] = (
            json.loads(lines[-1])
            if not done.returncode and lines
            else f"na {_PATIENCE} s rekentijd nog niet klaar"
            if done.returncode < 0
            else (done.stderr.strip().splitlines() or ["?"])[-1][:160]
        )
    return _KNOWN[key]


_KNOWN: dict[tuple[str, str], dict[str, float] | str] = {}


def _round(rows: int) -> str:
    return f"{rows:,} deelnemers".replace(",", ".")
