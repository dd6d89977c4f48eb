"""What rooms hand in, and what a search gives back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from vliegwiel.engines.language import Piece

#: The audience of what is public.
EVERYONE = "everyone"
FACETS = ("kind", "place", "theme", "phase")


def who_may(verb: str) -> str:
    """The audience of everybody who may do this (a verb of catalogue/roles.yml) in the province of the document."""
    return f"verb:{verb}"


def only(person: str) -> str:
    """The audience of one person (public id)."""
    return f"person:{person}"


@dataclass(frozen=True)
class SearchDocument:
    """A record as it can be found. `id` is its public id, `text` everything to search in and to show a piece of.

    `audiences` says who may find it (`EVERYONE`, `who_may`, `only`): none, the default, is nobody. `province` "" holds for all.
    `place` is an area code with its name beside it; `themes` keys of catalogue/themes.yml; `phase` a word on screen.
    """

    kind: str
    id: str
    title: str
    text: str
    path: str
    audiences: tuple[str, ...] = ()
    province: str = ""
    place: str = ""
    place_name: str = ""
    themes: tuple[str, ...] = ()
    phase: str = ""
    made_up: bool = False


@dataclass(frozen=True)
class Searchable:
    """A kind of document that a room contributes: its key, its name on screen (plural), and all of them for a province, now."""

    kind: str
    name: Promise | str
    documents: Callable[[str], Iterable[SearchDocument]]


@dataclass(frozen=True)
class Hit:
    """A document that was found, with its score (higher is better), and title and a piece of its text with what was sought marked."""

    kind: str
    id: str
    title: str
    path: str
    score: float
    place_name: str
    themes: tuple[str, ...]
    phase: str
    made_up: bool
    title_pieces: tuple[Piece, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet with how many documents would be left; `chosen` when it is asked for."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Results:
    """What was found: `total` documents, the `hits` of this page, the facets. `meant` is the query with a word as it is known here, when a
    word was not known; it was searched with. `loose` says that not every word of the query is in each document."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    meant: str = ""
    loose: bool = False
