"""Locatieserver v3.1: places, addresses and postcodes by name, from the base registers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from vliegwiel.connect.web import Web, understood
from vliegwiel.kernel.errors import NotFound

BASE = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
_POINT = re.compile(r"POINT\(([-\d.]+) ([-\d.]+)\)")


@dataclass(frozen=True)
class Place:
    """A place as Locatieserver knows it.

    `kind` is its own word ("adres", "postcode", "woonplaats", "gemeente" …). Codes are as CBS writes them, "" when not given; `rd` is
    in metres, `degrees` is longitude and latitude; both None in a suggestion. `score` says how well it matches, higher is better.
    """

    id: str
    kind: str
    name: str
    score: float
    postcode: str = ""
    neighbourhood: str = ""
    district: str = ""
    municipality: str = ""
    province: str = ""
    rd: tuple[float, float] | None = None
    degrees: tuple[float, float] | None = None


class Locatieserver:
    """Asks the service of `base`."""

    def __init__(self, web: Web, base: str = BASE) -> None:
        self._web = web
        self._base = base.rstrip("/")

    def suggest(self, text: str, *, kinds: Sequence[str] = (), rows: int = 10) -> tuple[Place, ...]:
        """Places that someone who types this may mean; ask `lookup` where the chosen one lies."""
        return self._ask("suggest", self._query(text, kinds, rows))

    def free(self, text: str, *, kinds: Sequence[str] = (), rows: int = 10) -> tuple[Place, ...]:
        """Places that match, with codes and points."""
        return self._ask("free", self._query(text, kinds, rows))

    def lookup(self, place: str) -> Place:
        """The place with this id. Raises NotFound when there is none."""
        found = self._ask("lookup", [("id", place)])
        if not found:
            raise NotFound("Deze plaats kent de Locatieserver niet meer.")
        return found[0]

    @staticmethod
    def _query(text: str, kinds: Sequence[str], rows: int) -> list[tuple[str, str]]:
        query = [("q", text.strip()), ("rows", str(rows))]
        return [*query, ("fq", f"type:({' OR '.join(kinds)})")] if kinds else query

    def _ask(self, verb: str, query: list[tuple[str, str]]) -> tuple[Place, ...]:
        found = self._web.json(f"{self._base}/{verb}?{urlencode(query)}")
        with understood("De Locatieserver", verb):
            return tuple(_place(document) for document in found["response"]["docs"])


def _place(document: dict[str, Any]) -> Place:
    number = str(document.get("gemeentecode") or "")
    return Place(
        id=str(document["id"]),
        kind=str(document["type"]),
        name=str(document["weergavenaam"]),
        score=float(document.get("score") or 0.0),
        postcode=str(document.get("postcode") or ""),
        neighbourhood=str(document.get("buurtcode") or ""),
        district=str(document.get("wijkcode") or ""),
        municipality=f"GM{number}" if number else "",
        province=str(document.get("provinciecode") or ""),
        rd=_point(document.get("centroide_rd")),
        degrees=_point(document.get("centroide_ll")),
    )


def _point(text: Any) -> tuple[float, float] | None:
    match = _POINT.fullmatch(str(text or ""))
    return (float(match[1]), float(match[2])) if match else None
