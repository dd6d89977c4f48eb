"""What every page must keep: no accessibility violation, no broken policy, nothing beside the screen."""

from typing import Any

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


_ASK = "options => axe.run(options).then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"


def violations(page: Any) -> list[str]:
    """What axe-core finds, one line each: rule and the first place."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(_ASK, {"runOnly": RULES, "resultTypes": ["violations"]}))


def sideways(page: Any, width: int) -> int:
    """How many pixels the page is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def assert_usable(page: Any) -> None:
    """No axe violation at desk and phone size, no sideways scroll at 320 pixels, no content security policy broken."""
    _assert_accessible(page)
    for width in (1440, 768, 320, 390):
        assert sideways(page, width) <= 0, f"{page.url} scrolls sideways at {width} pixels"
    _assert_accessible(page)
    assert page.evaluate("window.broken") == []
    page.set_viewport_size({"width": 1280, "height": 900})


def _assert_accessible(page: Any) -> None:
    found = violations(page)
    assert not found, f"{page.url}: " + "; ".join(found)
