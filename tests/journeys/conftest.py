"""A real server with the real figures of Gelderland, and a real browser that reports every broken rule.

Each server keeps a database of its own in its home, also when the suite itself runs on PostgreSQL.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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
        for shared in {"site", "made_up_home"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `vliegwiel demo --data`, started as a user starts it."""
    yield from serve_a_demo(tmp_path_factory.mktemp("site"), ["--data", str(DATA), "--province", "PV25"])


@pytest.fixture(scope="session")
def made_up_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `vliegwiel demo` without data builds; nobody serves from it, everybody from a copy."""
    home = tmp_path_factory.mktemp("made-up") / "built"
    subprocess.run(_command("--no-serve"), env=_environment(home), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return home


@pytest.fixture(scope="session")
def made_up_site(made_up_home: Path) -> Iterator[str]:
    """The address of `vliegwiel demo` without data."""
    yield from serve_a_demo(Path(shutil.copytree(made_up_home, made_up_home.with_name("served"))), [])


def serve_a_demo(home: Path, options: list[str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(_command("--port", str(port), *options), env=_environment(home), cwd=ROOT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, home / "server.log")
        yield address
    finally:
        process.terminate()
        process.wait(60)
        log.close()


def _command(*options: str) -> list[str]:
    return [sys.executable, "-m", "vliegwiel.entry.cli", "demo", *options]


def _environment(home: Path) -> dict[str, str]:
    theirs = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")}
    return theirs | {"VLIEGWIEL_HOME": str(home)}


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(3000):
        if process.poll() is not None:
            pytest.fail(f"the server stopped:\n{log.read_text()[-2000:]}")
        try:
            with urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no page within ten minutes:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Chromium without a screen, closed before a database of the tests is: none is taken down while a browser is driven."""
    from playwright.sync_api import sync_playwright

    if any("live_server" in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue("django_db_setup")
    # the browser is driven from a loop in this thread, and other tests ask the database from the same thread
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        with pytest.MonkeyPatch.context() as patch:
            _arrive_after_each_click(patch)
            yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _arrive_after_each_click(patch: pytest.MonkeyPatch) -> None:
    """A click ends when the page it leads to has begun; here it ends when that page is read, so that a test may look at once."""
    from playwright.sync_api import Locator

    def arrived(act: Callable[..., None]) -> Callable[..., None]:
        def then(self: Locator, *given: Any, **named: Any) -> None:
            act(self, *given, **named)
            self.page.wait_for_load_state("domcontentloaded")

        return then

    for name in ("click", "press"):
        patch.setattr(Locator, name, arrived(getattr(Locator, name)))


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
