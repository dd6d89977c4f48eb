#!/usr/bin/env python3
"""The commands of Vliegwiel: `demo`, `test`, `check` and `bench`.

Needs Python 3.11 or newer and nothing else. The first run makes `.venv` and installs the hashed lock; later runs start at once.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("VLIEGWIEL_VENV", ROOT / ".venv"))
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {"demo": "run", "test": "check", "check": "check", "bench": "check"}
USAGE = """Gebruik: python3 start.py OPDRACHT [opties]

  demo    bouw een verzonnen provincie en open de eerste pagina
          --data MAP --province PV25   met echte cijfers
          --full                       beleef ook 2020–2023 in Groningen opnieuw, met 1.500 initiatieven
          --port 8000                  op een andere poort
  test    draai de tests
  check   alles wat ook .ci/run draait: stijl, typen, kamers, sjablonen, tests
  bench   meet snelheid en geheugen; --bars vergelijkt met wat is afgesproken
"""


def install(lock_name: str) -> None:
    """Make the virtual environment and install the lock, unless exactly this lock is there already."""
    lock = ROOT / "requirements" / f"{lock_name}.lock"
    stamp = VENV / f".installed-{lock_name}"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        print("Vliegwiel maakt een eigen Python-omgeving in", VENV, flush=True)
        venv.create(VENV, with_pip=True)
    print("Vliegwiel installeert zijn onderdelen. Dat duurt de eerste keer ongeveer een minuut.", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(lock)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    stamp.write_text(wanted)


def main(arguments: list[str]) -> int:
    """Install what the command needs and hand over to it; the exit code is the command's own."""
    if sys.version_info < (3, 11):
        print("Vliegwiel heeft Python 3.11 of nieuwer nodig.")
        return 1
    if not arguments or arguments[0] not in LOCKS:
        print(USAGE)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    command, *options = arguments
    try:
        install(LOCKS[command])
    except subprocess.CalledProcessError as error:
        print("Het installeren is niet gelukt. Is er een verbinding met de pakketbron?", file=sys.stderr)
        return error.returncode or 1
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    module = {
        "demo": ["vliegwiel.entry.cli", "demo"],
        "test": ["pytest"],
        "check": ["tests.check"],
        "bench": ["tests.bench"],
    }[command]
    return subprocess.run([str(PYTHON), "-m", *module, *options], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
