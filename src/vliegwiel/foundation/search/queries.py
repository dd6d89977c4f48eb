"""Reads of the index: what was found, for whom it may be found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from vliegwiel.catalogue.reader import themes
from vliegwiel.engines.language import EXACT, Wanted, excerpt, keys, marked, nearest
from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.search import postings
from vliegwiel.foundation.search.analyser import analyser
from vliegwiel.foundation.search.models import Document, Space, Spelling, Term
from vliegwiel.foundation.search.records import EVERYONE, FACETS, FacetValue, Hit, Results, Searchable, only
from vliegwiel.foundation.search.scoring import Mask, best_numbers, rank
from vliegwiel.kernel.actor import Actor

#: The token that every document of a space has.
ALL = "all"
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
    gone = postings.gone()
    ranked = rank(wanted, index.words, index.everything, index.top, gone)
    narrowed = {facet: value for facet, value in (chosen or {}).items() if value and facet in FACETS}
    masks = {facet: index.mask(facet, value) for facet, value in narrowed.items()}
    scores = ranked.scores
    facets = {facet: _facet(facet, ranked.found, masks, index, narrowed) for facet in FACETS}
    for mask in masks.values():
        scores = np.where(mask, scores, np.float32(0))
    best = best_numbers(scores, first, first + size)
    return Results(
        query,
        int(np.count_nonzero(scores)),
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
    """The postings that a query needs, from the spaces that may be read, in three questions to the database."""

    def __init__(self, spaces: Sequence[int], wanted: Sequence[Wanted]) -> None:
        self.spaces = spaces
        tokens = {token for word in wanted for token in _tokens(word)}
        known = Term.objects.filter(Q(facet="", text__in=tokens) | ~Q(facet=""), space__in=spaces)
        terms = list(known.values_list("pk", "facet", "text"))
        found = postings.read(pk for pk, _facet, _text in terms)
        self.words: dict[str, list[postings.Posting]] = defaultdict(list)
        self.values: dict[str, dict[str, list[postings.Numbers]]] = defaultdict(lambda: defaultdict(list))
        for pk, facet, text in terms:
            if pk in found and facet:
                self.values[facet][text].append(found[pk][0])
            elif pk in found:
                self.words[text].append(found[pk])
        everyone = [numbers for lists in self.values[ALL].values() for numbers in lists]
        self.everything = sum(len(numbers) for numbers in everyone)
        self.top = max((int(numbers.max()) for numbers in everyone if len(numbers)), default=0)

    def mask(self, facet: str, value: str) -> Mask:
        """Which documents have this value."""
        found = np.zeros(self.top + 1, np.bool_)
        for numbers in self.values[facet].get(value, ()):
            found[numbers] = True
        return found


def _tokens(word: Wanted) -> list[str]:
    together = [token for run in word.together for token, _share in run]
    return [word.as_written[0], *(token for token, _share in word.ways), *together]


def _facet(
    facet: str, found: Mask, masks: Mapping[str, Mask], index: _Index, chosen: Mapping[str, str]
) -> tuple[FacetValue, ...]:
    """How many of what was found have each value, the other facets as they are chosen; values of none are left out unless chosen."""
    left = found.copy()
    for other, mask in masks.items():
        if other != facet:
            left &= mask
    names = _names(facet, index)
    counted = []
    for value, lists in index.values[facet].items():
        count = sum(int(np.count_nonzero(left[numbers])) for numbers in lists)
        if count or chosen.get(facet) == value:
            counted.append(FacetValue(value, names.get(value, value), count, chosen.get(facet) == value))
    return tuple(sorted(counted, key=lambda item: (-item.count, item.name)))


def _names(facet: str, index: _Index) -> dict[str, str]:
    if facet == "kind":
        return {item.kind: str(item.name) for item in searchables()}
    if facet == "theme":
        return {key: theme.name for key, theme in themes().items()}
    if facet == "place":
        values = list(index.values[facet])
        return dict(Document.objects.filter(place__in=values).order_by().values_list("place", "place_name").distinct())
    return {}


def _meant(query: str, wanted: Sequence[Wanted], index: _Index) -> str:
    """The query with each word that nobody wrote replaced by the nearest that somebody did; empty when nothing changes."""
    changed = query
    for word in wanted:
        if word.together or any(token in index.words for token in _tokens(word)):
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
