"""Reads of the index: what was found, for whom it may be found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string
from numpy.typing import NDArray

from vliegwiel.catalogue.reader import themes
from vliegwiel.engines.language import EXACT, Wanted, excerpt, keys, marked, nearest
from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.search import postings
from vliegwiel.foundation.search.analyser import analyser
from vliegwiel.foundation.search.facets import Shelf, Values, shelf_of
from vliegwiel.foundation.search.models import Document, Space, Spelling, Term
from vliegwiel.foundation.search.records import EVERYONE, FACETS, FacetValue, Hit, Results, Searchable, only
from vliegwiel.foundation.search.scoring import best_numbers, rank
from vliegwiel.kernel.actor import Actor

_LONGEST_QUERY = 200
_MOST_WORDS = 12
_VERB = "verb:"


def searchables() -> list[Searchable]:
    """What the rooms contribute: settings.VLIEGWIEL_SEARCHABLES names their lists."""
    contributed: list[Sequence[Searchable]] = [import_string(path) for path in settings.VLIEGWIEL_SEARCHABLES]
    return [item for part in contributed for item in part]


def search(
    query: str,
    *,
    actor: Actor,
    province: str,
    chosen: Mapping[str, str] | None = None,
    first: int = 0,
    size: int = 20,
) -> Results:
    """What this actor may find with a query in a province, best first. `chosen` narrows by kind, place, theme and phase.

    A word that nobody wrote is replaced by the word that was probably meant, and `meant` says so.
    """
    return Sought(query, actor=actor, province=province).results(chosen or {}, first, size)


class Sought:
    """A query that was asked and ranked once, to be read in several ways: page by page, narrowed, or only the best of one kind."""

    def __init__(self, query: str, *, actor: Actor, province: str) -> None:
        self.query = " ".join(query.split())[:_LONGEST_QUERY]
        self.meant = ""
        self._spaces = spaces_for(actor, province)
        wanted = analyser().wanted(self.query)[:_MOST_WORDS]
        self._shelf: Shelf | None = None
        self._texts: dict[tuple[str, str], str] = {}
        if not wanted or not self._spaces:
            return
        index = _Index(self._spaces, wanted)
        self.meant = _meant(self.query, wanted, index)
        if self.meant:
            wanted = analyser().wanted(self.meant)[:_MOST_WORDS]
            index = _Index(self._spaces, wanted)
        self._shelf = shelf_of(self._spaces)
        ranked = rank(wanted, index.words, self._shelf.count, postings.gone())
        known = ranked.numbers <= self._shelf.top  # a document that came since the facets were read waits for the next question
        self._numbers, self._scores, self._loose = ranked.numbers[known], ranked.scores[known], ranked.loose

    def results(self, chosen: Mapping[str, str], first: int, size: int) -> Results:
        """A page, with how many there are and the facets beside it."""
        if self._shelf is None:
            return Results(self.query, 0, (), {})
        counted = self._counted(chosen)
        left = counted.mask()
        facets = {facet: counted.values(facet) for facet in FACETS}
        return Results(
            self.query,
            int(np.count_nonzero(left)),
            self._hits(left, first, first + size),
            {facet: values for facet, values in facets.items() if values},
            self.meant,
            self._loose,
        )

    def best(self, size: int, **chosen: str) -> tuple[Hit, ...]:
        """The best with these values, without counts beside them and without pieces of their text: `told` gives those."""
        return () if self._shelf is None else self._hits(self._counted(chosen).mask(), 0, size, told=False)

    def told(self, hits: Iterable[Hit]) -> list[Hit]:
        """These hits with a piece of their text, and what was sought marked in it."""
        sought = analyser().sought_in(self.meant or self.query)
        return [_with_pieces(hit, self._texts.get((hit.kind, hit.id), ""), sought) for hit in hits]

    def _counted(self, chosen: Mapping[str, str]) -> "_Counted":
        narrowed = {facet: value for facet, value in chosen.items() if value and facet in FACETS}
        return _Counted(self._shelf or Shelf(0, 0, {}), self._numbers, narrowed)

    def _hits(self, left: NDArray[np.bool_], first: int, last: int, *, told: bool = True) -> tuple[Hit, ...]:
        scores = dict(best_numbers(self._numbers[left], self._scores[left], first, last))
        if not scores:
            return ()
        readable: Any = Document.objects.filter(pk__in=scores, spaces__in=self._spaces).distinct().in_bulk()
        found = [_hit(readable[number], score) for number, score in scores.items() if number in readable]
        self._texts |= {(document.kind, document.key): document.text for document in readable.values()}
        return tuple(self.told(found) if told else found)


def spaces_for(actor: Actor, province: str) -> list[int]:
    """The spaces an actor may read in a province: what is for everyone, for them alone, and for who may do what they may do."""
    here = Space.objects.filter(province__in=["", province])
    own = [EVERYONE, *([only(actor.id)] if actor.kind == "person" else [])]
    found = list(here.filter(audience__in=own).values_list("pk", flat=True))
    if actor.kind != "person":
        return found
    subject = Subject(province=province)
    for space in here.filter(audience__startswith=_VERB):
        if may(actor, space.audience.removeprefix(_VERB), subject):
            found.append(space.pk)
    return found


class _Index:
    """The postings of the words of a query, from the spaces that may be read."""

    def __init__(self, spaces: Sequence[int], wanted: Sequence[Wanted]) -> None:
        self.spaces = spaces
        tokens = {token for word in wanted for token in word.tokens}
        terms = dict(Term.objects.filter(space__in=spaces, facet="", text__in=tokens).values_list("pk", "text"))
        self.words: dict[str, list[postings.Posting]] = defaultdict(list)
        for pk, posting in postings.read(terms).items():
            self.words[terms[pk]].append(posting)


class _Counted:
    """What was found, counted per facet: each facet as the others are chosen, so that another choice can be made."""

    def __init__(self, shelf: Shelf, numbers: postings.Numbers, chosen: Mapping[str, str]) -> None:
        self._shelf, self._numbers, self._chosen = shelf, numbers, chosen
        known = {facet: shelf.facets.get(facet, Values()) for facet in chosen}
        self._masks = {facet: known[facet].having(value, numbers) for facet, value in chosen.items()}

    def mask(self, without: str = "") -> NDArray[np.bool_]:
        """Which documents have every chosen value, those of one facet left aside."""
        kept = np.ones(len(self._numbers), np.bool_)
        for facet, mask in self._masks.items():
            if facet != without:
                kept &= mask
        return kept

    def values(self, facet: str) -> tuple[FacetValue, ...]:
        """The values with a count, most first; a chosen one also when nothing is left of it."""
        values = self._shelf.facets.get(facet)
        if values is None:
            return ()
        names, chosen = {**values.names, **_names(facet)}, self._chosen.get(facet)
        counted = values.counted(self._numbers[self.mask(without=facet)])
        found = [FacetValue(key, names[key], count, key == chosen) for key, count in counted.items() if count or key == chosen]
        return tuple(sorted(found, key=lambda item: (-item.count, item.name)))


def _names(facet: str) -> dict[str, str]:
    if facet == "kind":
        return {item.kind: str(item.name) for item in searchables()}
    return {key: theme.name for key, theme in themes().items()} if facet == "theme" else {}


def _meant(query: str, wanted: Sequence[Wanted], index: _Index) -> str:
    """The query with each word that nobody wrote replaced by the nearest that somebody did; empty when nothing changes."""
    changed = query
    for word in wanted:
        if word.together or any(token in index.words for token in word.tokens):
            continue
        better = _nearest(word.text, index.spaces)
        if better:
            place = next(found for found in analyser().words(changed, all_words=True) if found.exact == word.text)
            changed = changed[: place.start] + better + changed[place.end :]
    return changed if changed != query else ""


def _nearest(word: str, spaces: Sequence[int]) -> str:
    near = Spelling.objects.filter(space__in=spaces, key__in=keys(word))
    candidates = sorted(set(near.values_list("word", flat=True)[:500]))
    if not candidates:
        return ""
    terms = dict(
        Term.objects.filter(space__in=spaces, facet="", text__in=[EXACT + one for one in candidates]).values_list("pk", "text")
    )
    dead = postings.gone()
    counts: dict[str, int] = defaultdict(int)
    for pk, (numbers, _weights) in postings.read(terms).items():
        counts[terms[pk].removeprefix(EXACT)] += int(np.count_nonzero(~np.isin(numbers, dead)))
    return nearest(word, [(one, count) for one, count in counts.items() if count])


def _hit(document: Document, score: float) -> Hit:
    return Hit(
        document.kind,
        document.key,
        document.title,
        document.path,
        round(score, 4),
        document.place_name,
        tuple(document.themes),
        document.phase,
        document.made_up,
    )


def _with_pieces(hit: Hit, text: str, sought: frozenset[str]) -> Hit:
    pieces = tuple(excerpt(analyser(), text, sought))
    return replace(hit, title_pieces=tuple(marked(analyser(), hit.title, sought)), pieces=pieces)
