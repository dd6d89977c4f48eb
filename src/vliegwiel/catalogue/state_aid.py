"""State aid from the catalogue: questions, routes, ceilings and the file of a service of general economic interest, as dated data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.money import Money

NO_AID = "no_aid"


@dataclass(frozen=True)
class AidQuestion:
    """One of the four questions that decide whether it is aid; it is only when all are answered with yes."""

    key: str
    text: str
    hint: str


@dataclass(frozen=True)
class AidVersion:
    """A regulation in force from a day until a day, with its ceiling per undertaking over so many years."""

    starts: date
    ends: date
    regulation: str
    ceiling: Money
    years: int


@dataclass(frozen=True)
class AidRoute:
    """A way in which aid may be given (*route*). `ledger` names the ledger that it fills, `needs` what it asks beside it: "article" or
    "file"; `versions` are its ceilings through time."""

    key: str
    name: str
    ledger: str
    needs: str
    regulation: str
    versions: tuple[AidVersion, ...]

    def on(self, day: date) -> AidVersion | None:
        """The regulation in force on a day, or None when there is none."""
        return next((version for version in self.versions if version.starts <= day <= version.ends), None)


@dataclass(frozen=True)
class AidRegister:
    """The European register of de-minimis aid: from which day, and how many working days there are to report."""

    name: str
    starts: date
    working_days: int


@cache
def aid_questions() -> Mapping[str, AidQuestion]:
    """The four questions by key."""
    return {key: AidQuestion(key, record["text"], record["hint"]) for key, record in _document()["questions"].items()}


@cache
def aid_routes() -> Mapping[str, AidRoute]:
    """The routes by key; the first is that it is no aid."""
    return {key: _route(key, record) for key, record in _document()["routes"].items()}


@cache
def aid_register() -> AidRegister:
    """The European register."""
    record = _document()["register"]
    return AidRegister(record["name"], record["from"], record["working_days"])


def daeb_file() -> Mapping[str, str]:
    """What the file of a service of general economic interest must hold."""
    found: Mapping[str, str] = _document()["daeb_file"]
    return found


def aid_article() -> str:
    """The article that says what state aid is."""
    return str(_document()["article"])


def _route(key: str, record: Mapping[str, Any]) -> AidRoute:
    versions = tuple(
        AidVersion(item["from"], item["until"], item["regulation"], Money.euros(item["ceiling"]), item["years"])
        for item in record.get("versions", ())
    )
    return AidRoute(key, record["name"], record["ledger"], record.get("needs", ""), record.get("regulation", ""), versions)


@cache
def _document() -> dict[str, Any]:
    found: dict[str, Any] = values_in((FOLDER / "state_aid.yml").read_text(encoding="utf-8"))
    return found
