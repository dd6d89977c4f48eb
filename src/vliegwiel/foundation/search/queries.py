"""Reads of the index: what was found, for whom it may be found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    query = " ".join(query.split())[:_LONGEST_QUERY]
    spaces = spaces_for(actor, province)
    wanted = analyser().wanted(query)[:_MOST_WORDS]
    if not wanted or not spaces:
        return Results(query, 0, (), {})
    index = _Index(spaces, wanted)
    meant = _meant(query, wanted, index)
    if meant:
        wanted = analyser().wanted(meant)[:_MOST_WORDS]
        index = _Index(spaces, wanted)
    shelf = shelf_of(spaces)
    ranked = rank(wanted, index.words, shelf.count, postings.gone())
    narrowed = {facet: value for facet, value in (chosen or {}).items() if value and facet in FACETS}
    known = ranked.numbers <= shelf.top  # a document that came since the facets were read waits for the next question
    numbers, scores = ranked.numbers[known], ranked.scores[known]
    counted = _Counted(shelf, numbers, narrowed)
    left = counted.mask()
    best = best_numbers(numbers[left], scores[left], first, first + size)
    facets = {facet: counted.values(facet) for facet in FACETS}
    return Results(
        query,
        int(np.count_nonzero(left)),
        _hits(best, meant or query, spaces),
        {facet: values for facet, values in facets.items() if values},
        meant,
        ranked.loose,
    )


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


def _hits(best: Iterable[tuple[int, float]], query: str, spaces: Sequence[int]) -> tuple[Hit, ...]:
    scores = dict(best)
    readable: Any = Document.objects.filter(pk__in=scores, spaces__in=spaces).distinct().in_bulk()
    sought = analyser().sought_in(query)
    return tuple(_hit(readable[number], score, sought) for number, score in scores.items() if number in readable)


def _hit(document: Document, score: float, sought: frozenset[str]) -> Hit:
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
        tuple(marked(analyser(), document.title, sought)),
        tuple(excerpt(analyser(), document.text, sought)),
    )
