"""Roles and verbs from the catalogue: who may do what, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid

REACHES = ("anything", "installation", "scope", "organisation", "person")


@dataclass(frozen=True)
class Verb:
    """What may be done (*handeling*): key, Dutch name, and how it looks at its subject (`reach`, see roles.yml).

    `later`: no page or command asks for it yet.
    """

    key: str
    name: str
    reach: str
    later: bool = False


@dataclass(frozen=True)
class RoleKind:
    """A role (*rol*): its Dutch name, what people come for, its verbs, and whether signing in takes a second step.

    `everyone` is "visitor" or "person" for a role that nobody has to be given.
    """

    key: str
    name: str
    purpose: str
    verbs: frozenset[str]
    second_factor: bool
    everyone: str = ""


@cache
def verbs() -> Mapping[str, Verb]:
    """The verbs by key."""
    return {
        key: Verb(key, record["name"], record["reach"], record.get("later", False))
        for key, record in _document()["verbs"].items()
    }


@cache
def roles() -> Mapping[str, RoleKind]:
    """The roles by key, in the order of the file. Raises NotValid when a role names a verb that does not exist."""
    found = {}
    for record in _document()["roles"]:
        unknown = set(record["verbs"]) - set(verbs())
        if unknown:
            raise NotValid(f"De rol {record['key']} noemt handelingen die niet bestaan: {', '.join(sorted(unknown))}.")
        found[record["key"]] = RoleKind(
            record["key"],
            record["name"],
            record["for"],
            frozenset(record["verbs"]),
            record["second_factor"],
            record.get("everyone", ""),
        )
    return found


def given_roles() -> list[RoleKind]:
    """The roles that are given to a person for an organisation."""
    return [role for role in roles().values() if not role.everyone]


def mandate_matters() -> Mapping[str, str]:
    """What a mandate can be about, with its Dutch name."""
    found: Mapping[str, str] = _document()["mandates"]
    return found


@cache
def _document() -> dict[str, Any]:
    document = values_in((FOLDER / "roles.yml").read_text(encoding="utf-8"))
    wrong = [key for key, record in document["verbs"].items() if record["reach"] not in REACHES]
    if wrong:
        raise NotValid(f"Deze handelingen kijken op een onbekende manier: {', '.join(wrong)}.")
    found: dict[str, Any] = document
    return found
