"""Everything that guards the house, in the order in which it is quickest to know: exactly what .ci/run runs."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.html"))
#: On every core; what shares a server of its own (`tests/journeys`) stays together on one.
PYTEST = [PYTHON, "-m", "pytest", "-n", "auto", "--dist", "loadgroup"]
STEPS: list[tuple[str, list[str]]] = [
    ("stijl", [PYTHON, "-m", "ruff", "check", "."]),
    ("opmaak", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    ("typen", [PYTHON, "-m", "mypy"]),
    ("kamers", [str(BIN / "lint-imports")]),
    ("sjablonen", [str(BIN / "djade"), "--check", "--target-version", "5.2", *TEMPLATES]),
    ("migraties", [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings", "vliegwiel.entry.settings"]),
    ("tests", PYTEST),
    ("tests op PostgreSQL", [*PYTEST, "-p", "tests.postgres", "-m", "not browser", "--ignore", "tests/journeys"]),
]


def main() -> int:
    """Run every step; stop at the first that fails and say which. What is compiled is kept: the tests start many processes."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for name, command in STEPS:
        started = time.monotonic()
        print(f"── {name}", flush=True)
        code = subprocess.run(command, cwd=ROOT, env=kept).returncode
        if code:
            print(f"✗ {name} is niet goed (code {code})")
            return code
        print(f"✓ {name} in {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
