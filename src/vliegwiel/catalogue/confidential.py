"""Confidential casework as dated data: kinds of case, parties a signal may go to with purpose and legal basis, and the public threshold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid

BUILDING, GROUP, ANY = "building", "group", "any"


@dataclass(frozen=True)
class ConfidentialKind:
    """What a case can be about (*soort vertrouwelijke zaak*): `about` is a building or a group, never a person."""

    key: str
    about: str
    name: str


@dataclass(frozen=True)
class Party:
    """Whom a signal may go to (*partij*), for one purpose (*doel*) on one legal basis (*grondslag*, GDPR article 6).

    `may_share` are keys of what may go along; `consent` says that the person concerned has to agree first (GDPR article 6(1)(a));
    `answer_days` is within how many days we expect to hear what was done. `checked` says beside which text the article was laid; empty
    when that was not done yet. Whether it carries this use is for a jurist, also then.
    """

    key: str
    name: str
    purpose: str
    basis: str
    about: str
    may_share: tuple[str, ...]
    answer_days: int
    consent: bool
    checked: str = ""

    def fits(self, about: str) -> bool:
        """Whether a signal in a case about a building or a group may go here."""
        return self.about in (ANY, about)


@dataclass(frozen=True)
class ConfidentialRules:
    """The rules as they hold from a day on. The mappings give names by key; `withheld` are grounds to keep something back from access.

    `access_days` is the term for a request of access (GDPR article 12(3)), `extended_days` how much longer it may take with a reason.
    """

    starts: date
    kinds: tuple[ConfidentialKind, ...]
    seen_by: Mapping[str, str]
    parties: tuple[Party, ...]
    outcomes: Mapping[str, str]
    checked_by: Mapping[str, str]
    withheld: Mapping[str, str]
    access_days: int
    extended_days: int

    def kind(self, key: str) -> ConfidentialKind | None:
        """By key."""
        return next((kind for kind in self.kinds if kind.key == key), None)

    def party(self, key: str) -> Party | None:
        """By key."""
        return next((party for party in self.parties if party.key == key), None)


def rules_on(day: date) -> ConfidentialRules:
    """The rules that hold on a day; before the first ones, the first."""
    found = _versions()
    return next((version for version in reversed(found) if version.starts <= day), found[0])


@cache
def shareable() -> Mapping[str, str]:
    """What can go along with a signal at all, by key."""
    found: Mapping[str, str] = _document()["shareable"]
    return found


@cache
def purposes() -> Mapping[str, str]:
    """Why a member of the team opens a file, by key."""
    found: Mapping[str, str] = _document()["purposes"]
    return found


def threshold() -> int:
    """The least number of cases of one team that is told in public."""
    return int(_document()["counts"]["threshold"])


def published_from(year: int) -> date:
    """The first day on which the counts of a year may be published: in the year after it."""
    day = _document()["counts"]["publish_from"]
    return date(year + 1, day["month"], day["day"])


@cache
def _versions() -> tuple[ConfidentialRules, ...]:
    return tuple(_version(record) for record in _document()["versions"])


def _version(record: Mapping[str, Any]) -> ConfidentialRules:
    parties = tuple(
        Party(
            party["key"],
            party["name"],
            party["purpose"],
            party["basis"],
            party["about"],
            tuple(party["may_share"]),
            party["answer_days"],
            party.get("consent", False),
            party.get("checked", ""),
        )
        for party in record["parties"]
    )
    unknown = {key for party in parties for key in party.may_share} - set(shareable())
    if unknown:
        raise NotValid(f"Wat gedeeld mag worden, bestaat niet: {', '.join(sorted(unknown))}.")
    return ConfidentialRules(
        record["from"],
        tuple(ConfidentialKind(kind["key"], kind["about"], kind["name"]) for kind in record["kinds"]),
        record["seen_by"],
        parties,
        record["outcomes"],
        record["checked_by"],
        record["withheld"],
        record["access_days"],
        record["extended_days"],
    )


@cache
def _document() -> dict[str, Any]:
    found: dict[str, Any] = values_in((FOLDER / "confidential.yml").read_text(encoding="utf-8"))
    return found
