"""Questionnaires to begin with, as data."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from vliegwiel.catalogue.text import values_in

_FOLDER = Path(__file__).parent


@cache
def questionnaires() -> Mapping[str, Mapping[str, Any]]:
    """All of them by key, as plain records: title, intro, thanks, and pages with questions or `fixed`, the key of a locked scale."""
    return {path.stem: values_in(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.yml"))}
