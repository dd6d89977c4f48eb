"""What the scan of a plan asks (*brede-welvaartscan*): themes against here and now, later and elsewhere, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid


@dataclass(frozen=True)
class Choice:
    """A theme, time, effect or group of the scan, with the question that goes with it."""

    key: str
    name: str
    question: str = ""


@dataclass(frozen=True)
class ScanForm:
    """Everything the scan asks, by key and in page order."""

    times: Mapping[str, Choice]
    effects: Mapping[str, Choice]
    themes: Mapping[str, Choice]
    groups: Mapping[str, Choice]

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Every (theme, time) that can be answered."""
        return tuple((theme, time) for theme in self.themes for time in self.times)


@cache
def scan_form() -> ScanForm:
    """The form that ships with the product. Raises NotValid when the file lacks a part or names a key twice."""
    document: dict[str, list[dict[str, Any]]] = values_in((FOLDER / "scan.yml").read_text(encoding="utf-8"))
    parts: dict[str, dict[str, Choice]] = {}
    for name in ("times", "effects", "themes", "groups"):
        choices = [Choice(**record) for record in document.get(name, [])]
        parts[name] = {choice.key: choice for choice in choices}
        if not choices or len(parts[name]) < len(choices):
            raise NotValid(f"Het scanformulier heeft geen of dubbele onderdelen bij {name}.")
    return ScanForm(**parts)
