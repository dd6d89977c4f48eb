"""A pytest plug-in: what a machine lacks is skipped with its reason, and fails where VLIEGWIEL_REQUIRE asks for it.

The folder with real open data is VLIEGWIEL_TEST_DATA, by default ../shared; only this file reads it. `postgres` marks what only means
something there; `-p tests.postgres` puts a whole run on PostgreSQL.
"""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("VLIEGWIEL_TEST_DATA", ROOT.parent / "shared"))
DATA = SHARED / "data"
REFERENCE = SHARED / "reference"
STANDARDS = SHARED / "standards"
NPM = shutil.which("npm")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def required() -> set[str]:
    """What may not be absent on this machine."""
    return set(filter(None, os.environ.get("VLIEGWIEL_REQUIRE", "").split(",")))


def on_postgres() -> bool:
    """Whether this run is on PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def _absent() -> dict[str, str]:
    """What is not here, and why that matters."""
    reasons = {}
    if not DATA.is_dir():
        reasons["data"] = f"no open data in {SHARED}; set VLIEGWIEL_TEST_DATA"
    elif not REFERENCE.is_dir():
        reasons["data"] = f"no reference answers in {SHARED}; set VLIEGWIEL_TEST_DATA"
    if not STANDARDS.is_dir():
        reasons["standards"] = f"no conformance suites in {STANDARDS}; set VLIEGWIEL_TEST_DATA"
    if not NPM:
        reasons["node"] = "no Node with npm on this machine"
    if not CHROMIUM:
        reasons["browser"] = "no Chromium on this machine"
    return reasons


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip or fail a test whose requirement is absent."""
    for name, reason in _absent().items():
        if item.get_closest_marker(name):
            if name in required():
                pytest.fail(f"required here but absent: {reason}")
            pytest.skip(reason)
    if item.get_closest_marker("postgres") and not on_postgres():
        pytest.skip("this run is on SQLite; -p tests.postgres puts it on PostgreSQL")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder with real open data."""
    return DATA


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with answers of other software to test engines against."""
    return REFERENCE
