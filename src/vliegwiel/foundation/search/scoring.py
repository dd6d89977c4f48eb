"""Ranking by arrays: from the postings of the words of a query to the best documents and the counts beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.language import Wanted
from vliegwiel.foundation.search.postings import Numbers, Posting
from vliegwiel.foundation.search.weights import FULL, K1

Scores = NDArray[np.float32]
#: Documents that lack more than this share of what the query says are left out, while others have more of it.
ENOUGH = 0.5
#: A document that has none of the other words keeps this share of its score.
_LEAST = 0.4


@dataclass(frozen=True)
class Ranked:
    """Scores by document number (0 for not found), and whether words of the query were missing in what was found."""

    scores: Scores
    loose: bool


def rank(wanted: Sequence[Wanted], postings: Mapping[str, Sequence[Posting]], everything: int, top: int, gone: Numbers) -> Ranked:
    """Score each document up to number `top`. `postings` holds those of each token, one per space; `everything` is the number of documents.

    Of the ways to find a word the best counts. A word that is rare says more. A document that has more of the words wins.
    """
    total, reached, whole = np.zeros(top + 1, np.float32), np.zeros(top + 1, np.float32), 0.0
    for word in wanted:
        best = _best(word.ways, postings, top)
        rarity = _rarity(int(np.count_nonzero(best)), everything)
        best *= rarity
        has = best > 0
        for numbers, weights in postings.get(word.as_written[0], ()):
            best[numbers] += (rarity * word.as_written[1] * (K1 + 1) / FULL) * weights
        apart, share = _apart(word, postings, everything, top)
        if apart is not None and share is not None:
            best = np.maximum(best, apart)
            reached += rarity * np.where(has, np.float32(1), share)
        else:
            reached += rarity * has
        total += best
        whole += rarity
    if whole == 0:
        return Ranked(total, loose=True)
    part = reached / whole
    total *= _LEAST + (1 - _LEAST) * np.minimum(part, 1)
    numbers = gone[gone <= top]
    total[numbers] = 0
    enough = (part >= ENOUGH) & (total > 0)
    if enough.any():
        total[~enough] = 0
    best_part = float(part[total > 0].max()) if (total > 0).any() else 0.0
    return Ranked(total, loose=best_part < 0.999)


def best_numbers(found: Numbers, scores: Scores, first: int, last: int) -> list[tuple[int, float]]:
    """The documents from place `first` to `last` with their scores, best first; of equal ones the earliest document."""
    if len(found) > last:
        edge = np.partition(scores, len(scores) - last)[len(scores) - last]
        kept = scores >= edge
        found, scores = found[kept], scores[kept]
    order = np.lexsort((found, -scores))[first:last]
    return [(int(found[place]), float(scores[place])) for place in order]


def _best(ways: Sequence[tuple[str, float]], postings: Mapping[str, Sequence[Posting]], top: int) -> Scores:
    best = np.zeros(top + 1, np.float32)
    for token, share in ways:
        for numbers, weights in postings.get(token, ()):
            scores = weights.astype(np.float32) * np.float32(share * (K1 + 1) / FULL)
            best[numbers] = np.maximum(best[numbers], scores)
    return best


def _apart(
    word: Wanted, postings: Mapping[str, Sequence[Posting]], everything: int, top: int
) -> tuple[Scores | None, Scores | None]:
    """Scores for parts of a compound that stand alone, and which share of the compound they are."""
    runs = [run for run in word.together if any(token in postings for token, _share in run)]
    if not runs:
        return None, None
    apart, share = np.zeros(top + 1, np.float32), np.zeros(top + 1, np.float32)
    for run in runs:
        best = _best(run, postings, top)
        apart += best * _rarity(int(np.count_nonzero(best)), everything)
        share += (best > 0) / np.float32(len(word.together))
    return apart, np.minimum(share, 1)


def _rarity(documents: int, everything: int) -> float:
    """The inverse document frequency of BM25; of a word that is nowhere as of one that is somewhere."""
    return float(np.log1p((everything - documents + 0.5) / (max(documents, 1) + 0.5))) if everything else 0.0
