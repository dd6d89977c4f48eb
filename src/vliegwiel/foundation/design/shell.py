"""What every page needs: the menu and the name of the province."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from vliegwiel.catalogue.reader import provinces

SHEETS = [
    f"design/{name}.css"
    for name in (
        "tokens",
        "base",
        "parts",
        "forms",
        "questions",
        "schemes",
        "money",
        "apply",
        "bench",
        "file",
        "see",
        "pressure",
        "scan",
    )
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for the page shell. `no_such_province`: what is shown is of a province that was made up."""
    code = settings.VLIEGWIEL_PROVINCE
    return {
        "province_name": provinces().get(code, ""),
        "no_such_province": bool(code) and code not in provinces(),
        "sheets": SHEETS,
        "menu": [(name, path, _mark(request.path, path)) for name, path in settings.VLIEGWIEL_MENU],
        "foot": settings.VLIEGWIEL_FOOT,
        "demo": settings.VLIEGWIEL_DEMO,
    }


def _mark(here: str, path: str) -> str:
    """The value of `aria-current`: *page* on the page itself, *true* on a page below it, nothing elsewhere."""
    if here == path:
        return "page"
    return "true" if path != "/" and here.startswith(f"{path}/") else ""
