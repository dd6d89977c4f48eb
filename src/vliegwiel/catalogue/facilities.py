"""Kinds of facilities (*soorten voorzieningen*), how people travel, and the words for cost and access."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER, indicators
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid


@dataclass(frozen=True)
class FacilityKind:
    """A kind of facility (*soort voorziening*): its name, the group it stands in, the tags of OpenStreetMap (`key=value`) and other words
    for it. `compare` is the indicator with the distance that CBS publishes, `figure` the one we compute, `counts` the stem of CBS's
    number within 1, 3 and 5 km; empty when there is none. `care`: on the care map (*zorgkaart*)."""

    key: str
    name: str
    plural: str
    group: str
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    compare: str = ""
    figure: str = ""
    counts: str = ""
    care: bool = False
    article: str = "de"

    @property
    def the(self) -> str:
        """The name in a sentence: *de huisarts*."""
        return f"{self.article} {self.name}"


@dataclass(frozen=True)
class TravelProfile:
    """A way to travel (*manier van reizen*): a key of the engine, its names, and milliseconds per metre on made-up roads (None: by the
    road)."""

    key: str
    name: str
    word: str
    pace: float | None = None


@dataclass(frozen=True)
class FacilityWords:
    """All of it by key, in the order of the catalogue; `groups`, `costs`, `access`, `access_details` and `next_uses` map keys to names."""

    groups: Mapping[str, str]
    kinds: Mapping[str, FacilityKind]
    costs: Mapping[str, str]
    access: Mapping[str, str]
    access_details: Mapping[str, str]
    profiles: Mapping[str, TravelProfile]
    next_uses: Mapping[str, str]

    def kind_called(self, text: str) -> FacilityKind | None:
        """The kind with this key, name or other word; None when we know none.

        >>> facility_words().kind_called("Dorpshuis").key
        'ontmoetingsplek'
        """
        return _by_word().get(" ".join(text.split()).casefold())

    def kind_tagged(self, tags: Mapping[str, str]) -> FacilityKind | None:
        """The first kind that one of these tags of OpenStreetMap stands for."""
        return next((kind for kind in self.kinds.values() if any(tags.get(k) == v for k, v in _pairs(kind))), None)


def _pairs(kind: FacilityKind) -> list[tuple[str, str]]:
    return [(key, value) for key, _, value in (tag.partition("=") for tag in kind.tags)]


@cache
def _by_word() -> dict[str, FacilityKind]:
    found: dict[str, FacilityKind] = {}
    for kind in facility_words().kinds.values():
        for word in (kind.key, kind.name, kind.plural, *kind.words):
            if found.setdefault(word.casefold(), kind) is not kind:
                raise NotValid(f"Het woord {word} staat bij twee soorten voorzieningen.")
    return found


@cache
def facility_words() -> FacilityWords:
    """What ships with the product. Raises NotValid when a key stands twice or points at nothing."""
    document: dict[str, list[dict[str, Any]]] = values_in((FOLDER / "facilities.yml").read_text(encoding="utf-8"))
    named = {
        part: _once(part, {row["key"]: row["name"] for row in document[part]}, document)
        for part in ("groups", "costs", "access", "access_details", "next_uses")
    }
    lists = ("tags", "words")
    kinds = [FacilityKind(**{**row, **{name: tuple(row.get(name, ())) for name in lists}}) for row in document["kinds"]]
    profiles = [TravelProfile(**row) for row in document["profiles"]]
    for kind in kinds:
        counted = [f"{kind.counts}-1-km"] if kind.counts else []
        if kind.group not in named["groups"] or any(
            key not in indicators() for key in (kind.compare, kind.figure, *counted) if key
        ):
            raise NotValid(f"De soort {kind.key} wijst naar een groep of indicator die er niet is.")
    return FacilityWords(
        kinds=_once("kinds", {kind.key: kind for kind in kinds}, document),
        profiles=_once("profiles", {profile.key: profile for profile in profiles}, document),
        **named,
    )


def _once(part: str, found: dict[str, Any], document: Mapping[str, list[Any]]) -> dict[str, Any]:
    if len(found) < len(document[part]):
        raise NotValid(f"Een sleutel staat twee keer bij {part}.")
    return found
