"""Pages a second from `vliegwiel serve` with two workers: asked again (page cache) and asked by someone with a cookie (no cache)."""

import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from threading import Lock
from urllib.request import urlopen

from tests.bench import homes
from tests.bench.harness import Bar, Result, percentile
from tests.requirements import ROOT

_SECONDS, _CONNECTIONS, _MOST = 8.0, 4, 20_000
#: How many seconds a server may take to start on a busy machine.
_PATIENCE = 120


@dataclass(frozen=True)
class Run:
    """What came of a run: pages a second, answers that were not 200, p95 in milliseconds."""

    rate: float
    errors: int
    p95: float


def measure(size: str) -> list[Result]:
    """Both paths on a server of its own; load on this machine only, bounded in time and number."""
    from django.conf import settings

    from vliegwiel.see.areas.models import Area

    home = Path(settings.VLIEGWIEL_HOME)
    found = _visited(Area.objects.filter(year=2024, province_code=homes.PROVINCE).values_list("level", "code"))
    names = ("gebiedspagina's per seconde uit de cache", "gebiedspagina's per seconde zonder cache")
    if not found:
        return [Result(name, "", why_not="er zijn geen buurten geladen") for name in names]
    seconds = _SECONDS if size == "full" else 1.0
    paths = [f"/gebieden/{code}?jaar=2024" for code in found]
    with server(home) as port:
        ask(port, paths[-20:], seconds=1.0, cookie=True)
        without = ask(port, paths, seconds=seconds, cookie=True)
        asked_again = paths[:50]
        ask(port, asked_again, seconds=2.0, cookie=False)
        kept = ask(port, asked_again, seconds=seconds, cookie=False)
        plain = ask(port, ["/static/bestaat-niet"], seconds=1.0, cookie=True, good=404)
    has_cache = any("page_cache" in name.lower() or "pagecache" in name.lower() for name in settings.MIDDLEWARE)
    told = f"p95 {kept.p95:.0f} ms, {kept.errors} fouten"
    results = [
        Result(names[0], "/s", kept.rate, 1, Bar(200, at_most=False), "een 404 van dezelfde server", plain.rate, told)
        if has_cache
        else Result(names[0], "/s", why_not="er is nog geen paginacache"),
        Result(
            names[1],
            "/s",
            without.rate,
            1,
            Bar(40, at_most=False),
            "een 404 van dezelfde server",
            plain.rate,
            f"p95 {without.p95:.0f} ms, {without.errors} fouten",
        ),
    ]
    return [*results, Result("fouten onder belasting", "", float(kept.errors + without.errors), 1, Bar(0))]


def _visited(places: Iterable[tuple[str, str]]) -> list[str]:
    """What visitors of a province ask, in a random order: every larger area, and six neighbourhoods for each municipality."""
    chance = random.Random(1)
    by_level: dict[str, list[str]] = {}
    for level, code in sorted(places):
        by_level.setdefault(level, []).append(code)
    small = by_level.get("buurt", [])
    most = max(6 * len(by_level.get("gemeente", [])), 1)
    larger = [code for level in ("gemeente", "provincie", "regio", "kern") for code in by_level.get(level, [])]
    found = chance.sample(small, k=min(most, len(small))) + larger
    chance.shuffle(found)
    return found


@contextmanager
def server(home: Path) -> Iterator[int]:
    """`vliegwiel serve` with two workers on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    line = [sys.executable, "-m", "vliegwiel.entry.cli", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(line, env=homes.environment(home), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Until it answers; a server that does not is no measurement."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    message = "the server stopped" if process.poll() is not None else f"no answer within {_PATIENCE} s"
    raise RuntimeError(message)


def ask(port: int, paths: list[str], *, seconds: float, cookie: bool, good: int = 200) -> Run:
    """Ask pages over a few open connections until time or number is up."""
    order, lock = cycle(paths), Lock()
    until = time.perf_counter() + seconds
    taken: list[float] = []
    errors = [0]
    headers = {"Accept-Encoding": "gzip, br", **({"Cookie": "meting=1"} if cookie else {})}

    def visitor() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until and len(taken) < _MOST:
            with lock:
                path = next(order)
            started = time.perf_counter()
            try:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                answer.read()
                errors[0] += answer.status != good
            except (OSError, http.client.HTTPException):
                errors[0] += 1
                connection.close()
            taken.append((time.perf_counter() - started) * 1000)
        connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(min(_CONNECTIONS, 2 * (os.cpu_count() or 2))) as visitors:
        for _ in range(_CONNECTIONS):
            visitors.submit(visitor)
    return Run(len(taken) / (time.perf_counter() - started), errors[0], percentile(taken, 0.95))
