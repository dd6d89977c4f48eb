"""Ranking by arrays: from the postings of the words of a query to the best documents and the counts beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.language import Wanted
from vliegwiel.foundation.search.postings import Numbers, Posting, Weights
from vliegwiel.foundation.search.weights import FULL, K1

Scores = NDArray[np.float32]
Placed = tuple[NDArray[np.int32], Weights]
#: Documents that have less than this share of what the query says are left out, while others have more of it. A long question is rarely
#: answered in all its words: with a half, papers that answer fell out of the list (see `tests/bench/search_quality.py`).
ENOUGH = 0.2
#: A document that has none of the other words keeps this share of its score.
_LEAST = 0.4
_ALL_WORDS = 0.999


@dataclass(frozen=True)
class Ranked:
    """What was found: document numbers, ascending, with their scores; and whether words of the query were missing in all of it."""

    numbers: Numbers
    scores: Scores
    loose: bool


def rank(wanted: Sequence[Wanted], postings: Mapping[str, Sequence[Posting]], everything: int, gone: Numbers) -> Ranked:
    """Score each document that has a word. `postings` holds those of each token, one per space; `everything` is the number of documents.

    Of the ways to find a word the best counts. A word that is rare says more. A document that has more of the words wins.
    """
    found, places = _placed(postings, gone)
    total, reached, whole = np.zeros(len(found), np.float32), np.zeros(len(found), np.float32), 0.0
    for word in wanted:
        best = _best(word.ways, places, len(found))
        has = best > 0
        rarity = _rarity(int(np.count_nonzero(has)), everything)
        best *= np.float32(rarity)
        for place, weights in places.get(word.as_written[0], ()):
            best[place] += np.float32(rarity * word.as_written[1] * (K1 + 1) / FULL) * weights
        apart, share = _apart(word, places, everything, len(found))
        if apart is not None and share is not None:
            best = np.maximum(best, apart)
            reached += np.float32(rarity) * np.where(has, np.float32(1), share)
        else:
            reached += np.float32(rarity) * has
        total += best
        whole += rarity
    if whole == 0 or not len(found):
        return Ranked(found[:0], total[:0], loose=True)
    part = np.minimum(reached / np.float32(whole), 1)
    total *= _LEAST + (1 - _LEAST) * part
    kept = (total > 0) & (part >= ENOUGH)
    if not kept.any():
        kept = total > 0
    loose = not kept.any() or float(part[kept].max()) < _ALL_WORDS
    return Ranked(found[kept], total[kept], loose)


def best_numbers(found: Numbers, scores: Scores, first: int, last: int) -> list[tuple[int, float]]:
    """The documents from place `first` to `last` with their scores, best first; of equal ones the earliest document."""
    if len(found) > last:
        edge = np.partition(scores, len(scores) - last)[len(scores) - last]
        kept = scores >= edge
        found, scores = found[kept], scores[kept]
    order = np.lexsort((found, -scores))[first:last]
    return [(int(found[place]), float(scores[place])) for place in order]


def _placed(postings: Mapping[str, Sequence[Posting]], gone: Numbers) -> tuple[Numbers, Mapping[str, list[Placed]]]:
    """Every document of the postings that is not gone, and the postings by place in that list: then nothing has to be as long as the
    index is."""
    top = max((int(numbers.max()) for lists in postings.values() for numbers, _weights in lists if len(numbers)), default=0)
    there = np.zeros(top + 1, np.bool_)
    for lists in postings.values():
        for numbers, _weights in lists:
            there[numbers] = True
    lost = gone[gone <= top]
    there[lost] = False
    found = np.flatnonzero(there).astype(np.uint32)
    place = np.empty(top + 1, np.int32)
    place[found] = np.arange(len(found), dtype=np.int32)
    placed: dict[str, list[Placed]] = {}
    for token, lists in postings.items():
        for numbers, weights in lists:
            if len(lost):
                kept = there[numbers]
                numbers, weights = numbers[kept], weights[kept]
            placed.setdefault(token, []).append((place[numbers], weights))
    return found, placed


def _best(ways: Sequence[tuple[str, float]], places: Mapping[str, Sequence[Placed]], size: int) -> Scores:
    best = np.zeros(size, np.float32)
    for token, share in ways:
        for place, weights in places.get(token, ()):
            scores = weights * np.float32(share * (K1 + 1) / FULL)
            best[place] = np.maximum(best[place], scores)
    return best


def _apart(
    word: Wanted, places: Mapping[str, Sequence[Placed]], everything: int, size: int
) -> tuple[Scores | None, Scores | None]:
    """Scores for parts of a compound that stand alone, and which share of the compound they are."""
    runs = [run for run in word.together if any(token in places for token, _share in run)]
    if not runs:
        return None, None
    apart, share = np.zeros(size, np.float32), np.zeros(size, np.float32)
    for run in runs:
        best = _best(run, places, size)
        has = best > 0
        apart += best * np.float32(_rarity(int(np.count_nonzero(has)), everything))
        share += has / np.float32(len(word.together))
    return apart, np.minimum(share, 1)


def _rarity(documents: int, everything: int) -> float:
    """The inverse document frequency of BM25; of a word that is nowhere as of one that is somewhere."""
    return float(np.log1p((everything - documents + 0.5) / (max(documents, 1) + 0.5))) if everything else 0.0
