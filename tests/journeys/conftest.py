"""A real server with the real figures of Gelderland, and a real browser that reports every broken rule.

Each server keeps a database of its own in its home, also when the suite itself runs on PostgreSQL.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.requirements import CHROMIUM, DATA, ROOT

COLLECT = """
window.broken = [];
addEventListener("securitypolicyviolation", event => window.broken.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that walk the same server run on the same core, so that it is started once."""
    for item in items:
        shared = next((name for name in ("site", "made_up_site") if name in getattr(item, "fixturenames", ())), None)
        if shared:
            item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `vliegwiel demo --data`, started as a user starts it."""
    yield from serve_a_demo(tmp_path_factory.mktemp("site"), ["--data", str(DATA), "--province", "PV25"])


@pytest.fixture(scope="session")
def made_up_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `vliegwiel demo` without data."""
    yield from serve_a_demo(tmp_path_factory.mktemp("made-up"), [])


def serve_a_demo(home: Path, options: list[str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"VLIEGWIEL_HOME": str(home)}
    command = [sys.executable, "-m", "vliegwiel.entry.cli", "demo", "--port", str(port), *options]
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, home / "server.log")
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(900):
        if process.poll() is not None:
            pytest.fail(f"the server stopped:\n{log.read_text()[-2000:]}")
        try:
            with urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no page within three minutes:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page; at the end no policy was broken and the console held no error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    fresh = context.new_page()
    fresh.add_init_script(COLLECT)
    errors: list[str] = []
    fresh.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    assert errors == []
    context.close()
