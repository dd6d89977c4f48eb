"""Homes to measure in: one with every file we can load today, and children that measure in it as processes of their own."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.harness import Result
from tests.requirements import DATA, ROOT

#: What the bench loads, in this order; a file that the product refuses today is told, never hidden.
BORDERS = ("geo/wijkenbuurten_2024_reconstructie_*.gpkg",)
FIGURES = (
    "kwb/kwb_2024_*.csv",
    "kwb/kwb_2020_84799NED_TypedDataSet.csv",
    "gezondheid/*.csv",
    "criminaliteit/*.csv",
    "brede_welvaart/rmbw_gemeente_*.csv",
    "nabijheid/*.csv",
    "statline_export/*.csv",
)
_NO_SUCH_COMMAND = 2
#: The province whose pages are measured.
PROVINCE = "PV25"


def environment(home: Path) -> dict[str, str]:
    """The environment of a process that works in a home."""
    chosen = {name: value for name, value in os.environ.items() if not name.startswith(("VLIEGWIEL_", "DATABASE_URL"))}
    kept = {name: os.environ[name] for name in ("VLIEGWIEL_TEST_DATA", "VLIEGWIEL_PEERS") if name in os.environ}
    return {
        **chosen,
        **kept,
        "VLIEGWIEL_HOME": str(home),
        "VLIEGWIEL_PROVINCE": PROVINCE,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def command(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `vliegwiel` as a user does."""
    line = [sys.executable, "-m", "vliegwiel.entry.cli", *words]
    return subprocess.run(line, env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False)


def load_everything(home: Path) -> list[str]:
    """Load all files into a home and make ready what pages want; returns a line per refused file, with the product's own reason."""
    refused = []
    work = [("areas", path, ["--year", "2024"]) for pattern in BORDERS for path in sorted(DATA.glob(pattern))]
    work += [("figures", path, []) for pattern in FIGURES for path in sorted(DATA.glob(pattern))]
    for room, path, options in work:
        done = command(home, room, "import", str(path), *options)
        if done.returncode:
            reason = next((line for line in done.stderr.splitlines() if line and not line.startswith(("{", "…"))), "onbekend")
            refused.append(f"{path.name}: {reason}")
    if command(home, "warm").returncode not in (0, _NO_SUCH_COMMAND):
        refused.append("warm: de kaarttegels zijn niet gemaakt")
    return refused


def measure_in_child(name: str, home: Path, size: str, limit_seconds: float = 900) -> list[Result]:
    """Measure one bench in a process of its own. A child that fails gives one result that says so."""
    line = [sys.executable, "-m", "tests.bench", "--child", name, "--size", size]
    try:
        done = subprocess.run(
            line, env=environment(home), cwd=ROOT, capture_output=True, text=True, timeout=limit_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return [Result(name, "", why_not=f"na {limit_seconds:.0f} s afgebroken")]
    if done.returncode:
        return [Result(name, "", why_not=(done.stderr.strip().splitlines() or ["?"])[-1][:200])]
    return [Result.from_plain(record) for record in json.loads(done.stdout.splitlines()[-1])]


def hand_over(results: list[Result]) -> None:
    """What a child says to its parent: one line of JSON, the last of its output."""
    print(json.dumps([asdict(result) for result in results]))
