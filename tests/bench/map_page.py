"""The map page in Chromium: when the drawn map stands, when the live one does, and how much came over the wire."""

import statistics
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.bench.harness import Bar, Result
from tests.bench.load import server
from tests.requirements import CHROMIUM

PATH = "/kaart"
#: The heaviest page there is: two maps of all neighbourhoods of a province beside each other.
TWO = "/kaart?niveau=buurten&indicator=afstand-huisarts&naast=woz-waarde"
_NAMES = (
    "kaartpagina: getekende kaart staat",
    "kaartpagina: levende kaart staat",
    "kaartpagina: over de lijn",
    "twee kaarten van alle buurten: over de lijn",
)
#: Notes when the drawn map has been painted and when the live one took its place.
_WATCH = """
window.marks = {};
const look = () => {
  const painted = () => { window.marks.drawn ??= performance.now(); };
  if (!window.marks.drawn && document.querySelector("main svg path")) requestAnimationFrame(painted);
  if (!window.marks.live && document.querySelector(".is-live")) window.marks.live = performance.now();
  if (!window.marks.live) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def measure(size: str) -> list[Result]:
    """Medians over fresh visits; skipped with the reason when there is no such page or no browser."""
    from django.conf import settings

    if not CHROMIUM:
        return [Result(name, "", why_not="er is geen Chromium") for name in _NAMES]
    with server(Path(settings.VLIEGWIEL_HOME)) as port:
        address = f"http://127.0.0.1:{port}{PATH}"
        code, size_here = _status(address)
        if code != 200:
            return [Result(name, "", why_not=f"de kaartpagina is er nog niet ({PATH} geeft {code})") for name in _NAMES]
        visits = [_visit(address) for _ in range(3 if size == "full" else 1)]
        two = _visit(f"http://127.0.0.1:{port}{TWO}")["bytes"] / 1000
    drawn = statistics.median(visit["drawn"] for visit in visits) / 1000
    live = [visit["live"] for visit in visits if visit["live"]]
    wire = statistics.median(visit["bytes"] for visit in visits) / 1000
    return [
        Result(_NAMES[0], "s", drawn, len(visits), Bar(1)),
        Result(_NAMES[1], "s", statistics.median(live) / 1000, len(live), Bar(2))
        if live
        else Result(_NAMES[1], "s", why_not="de levende kaart verscheen niet binnen 15 s"),
        Result(_NAMES[2], "kB", wire, len(visits), Bar(700), "alleen de pagina zelf, niet ingepakt", size_here / 1000),
        Result(_NAMES[3], "kB", two, 1, Bar(700)),
    ]


def _status(address: str) -> tuple[int, int]:
    try:
        with urlopen(Request(address, headers={"Accept-Encoding": "identity"}), timeout=30) as answer:
            return answer.status, len(answer.read())
    except OSError as error:
        return int(getattr(error, "code", 0)), 0


def _visit(address: str) -> dict[str, Any]:
    """One visit with an empty cache."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="nl-NL")
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.add_init_script(_WATCH)
        page.goto(address, wait_until="load")
        try:
            page.wait_for_function("() => window.marks.live", timeout=15_000)
        except Error:
            page.wait_for_function("() => window.marks.drawn", timeout=15_000)
        page.wait_for_timeout(500)
        marks = page.evaluate("() => window.marks")
        chromium.close()
    return {"drawn": marks.get("drawn"), "live": marks.get("live"), "bytes": sum(received)}
