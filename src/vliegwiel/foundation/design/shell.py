"""What every page needs: the menu and the name of the province."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from vliegwiel.catalogue.reader import provinces

SHEETS = [f"design/{name}.css" for name in ("tokens", "base", "parts", "forms", "see", "pressure", "scan")]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for the page shell."""
    return {
        "province_name": provinces().get(settings.VLIEGWIEL_PROVINCE, ""),
        "sheets": SHEETS,
        "menu": settings.VLIEGWIEL_MENU,
        "demo": settings.VLIEGWIEL_DEMO,
    }
