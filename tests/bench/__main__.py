"""`python3 start.py bench`: measure, print a table, keep bench.json; --bars fails when a promise is not kept."""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench import homes, peers
from tests.bench import proofs as proving
from tests.bench.harness import Result, medians, table, write
from tests.requirements import DATA, ROOT

#: These fill a home of their own, and go first.
_ALONE = (
    "import_file",
    "ledger",
    "dossiers",
    "desk",
    "letters",
    "travel",
    "what_if",
    "surveys",
    "search_quality",
    "search_speed",
)
#: In this order; `reading` writes ten times as much and goes last.
BENCHES = (*_ALONE, "command", "load", "map_page", "reading")


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked; exit code 1 when --bars and a promise is missed or could not be measured."""
    chosen = _parser().parse_args(arguments)
    if chosen.child:
        return _child(chosen.child, chosen.size)
    if chosen.peers:
        peers.install()
    folder, busy = Path(tempfile.mkdtemp(prefix="bench-")), os.getloadavg()[0]
    try:
        only_proofs = chosen.proofs is not None and not chosen.only
        names = [] if only_proofs else chosen.only or list(BENCHES)
        results = _measure(folder, names, chosen.size, proofs=_proofs(chosen.proofs))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(table(results))
    cores = os.cpu_count() or 1
    about = {"python": platform.python_version(), "machine": platform.machine(), "cores": cores, "size": chosen.size}
    about["load_before"], about["load_after"] = busy, os.getloadavg()[0]
    if busy > cores / 2:
        print(f"\nLet op: de machine was al bezig ({busy:.1f} op {cores} kernen). Tijden op de klok vallen dan hoger uit.")
    write(ROOT / "bench.json", results, about)
    missed = [result for result in results if result.verdict not in ("", "gehaald")]
    print(f"\n{len(results) - len(missed)} van {len(results)} metingen in orde. Alles staat in bench.json.")
    return 1 if chosen.bars and missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="start.py bench", description="Meet snelheid en geheugen.")
    parser.add_argument("--bars", action="store_true", help="fout als een afspraak niet is gehaald of niet te meten was")
    parser.add_argument(
        "--proofs", nargs="*", metavar="BEWIJS", help="draai de zware bewijzen, of deze, en schrijf docs/proofs.md"
    )
    parser.add_argument("--peers", action="store_true", help="zet eerst de programma’s klaar om mee te vergelijken")
    parser.add_argument("--only", nargs="+", choices=BENCHES, help="alleen deze metingen")
    parser.add_argument("--size", choices=("full", "tiny"), default="full", help=argparse.SUPPRESS)
    parser.add_argument("--child", choices=(*BENCHES, *proving.NAMES), help=argparse.SUPPRESS)
    return parser


def _proofs(asked: list[str] | None) -> list[str]:
    """The proofs that were asked: all of them when none is named."""
    unknown = set(asked or ()) - set(proving.NAMES)
    if unknown:
        sys.exit(f"Dit bewijs is er niet: {', '.join(sorted(unknown))}. Kies uit: {', '.join(proving.NAMES)}.")
    return [] if asked is None else asked or list(proving.NAMES)


def _measure(folder: Path, names: list[str], size: str, *, proofs: list[str]) -> list[Result]:
    results: list[Result] = []
    if "import_file" in names:
        print("… import_file", flush=True)
        rounds = range(3 if size == "full" else 1)
        results += medians([homes.measure_in_child("import_file", folder / f"empty-{place}", size) for place in rounds])
    if "ledger" in names:
        print("… ledger", flush=True)
        results += homes.measure_in_child("ledger", folder / "ledger", size, limit_seconds=3600)
    if "dossiers" in names:
        print("… dossiers", flush=True)
        results += homes.measure_in_child("dossiers", folder / "dossiers", size, limit_seconds=2 * 3600)
    if "desk" in names:
        print("… desk", flush=True)
        results += homes.measure_in_child("desk", folder / "desk", size, limit_seconds=3600)
    if "letters" in names:
        print("… letters", flush=True)
        results += homes.measure_in_child("letters", folder / "letters", size)
    if "travel" in names:
        print("… travel", flush=True)
        results += homes.measure_in_child("travel", folder / "travel", size, limit_seconds=7_200)
    if "what_if" in names:
        print("… what_if", flush=True)
        results += homes.measure_in_child("what_if", folder / "what_if", size, limit_seconds=3600)
    if "surveys" in names:
        print("… surveys", flush=True)
        results += homes.measure_in_child("surveys", folder / "surveys", size, limit_seconds=3600)
    for name in ("search_quality", "search_speed"):
        if name in names:
            print(f"… {name}", flush=True)
            results += homes.measure_in_child(name, folder / name, size, limit_seconds=4 * 3600)
    rest = [name for name in names if name not in _ALONE]
    on_data = [name for name in proofs if name in proving.ON_DATA]
    if (rest or on_data) and not DATA.is_dir():
        return [*results, *(Result(name, "", why_not=f"er zijn geen gegevens in {DATA}") for name in [*rest, *proofs])]
    if rest or on_data:
        print("… bestanden laden", flush=True)
        for line in homes.load_everything(folder / "full"):
            print(f"  geweigerd: {line}")
    for name in proofs:
        print(f"… {name}", flush=True)
        home = Path(shutil.copytree(folder / "full", folder / name)) if name in on_data else folder / name
        found = homes.measure_in_child(name, home, size, limit_seconds=4 * 3600)
        proving.keep(found)
        results += found
    for name in rest:
        print(f"… {name}", flush=True)
        home = folder / "full"
        if name == "reading":  # it writes; the others must not see that
            home = Path(shutil.copytree(folder / "full", folder / name))
        results += homes.measure_in_child(name, home, size)
    return results


def _child(name: str, size: str) -> int:
    """Measure in this process, in the home that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vliegwiel.entry.settings")
    import django

    django.setup()
    found = proving.measure(name) if name in proving.NAMES else import_module(f"tests.bench.{name}").measure(size)
    homes.hand_over(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
