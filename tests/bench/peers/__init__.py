"""Other programmes to compare with, in an environment of their own: requirements/peers.lock. The product never imports them."""

import os
import subprocess
import venv
from pathlib import Path

from tests.requirements import ROOT

FOLDER = Path(os.environ.get("VLIEGWIEL_PEERS", ROOT / ".venv-peers"))
PYTHON = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
LOCK = ROOT / "requirements" / "peers.lock"


def install() -> None:
    """Make the environment and install exactly the lock."""
    if not PYTHON.exists():
        venv.create(FOLDER, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(LOCK)], check=True)
