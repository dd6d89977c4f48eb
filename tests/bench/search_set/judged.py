"""How good a ranking is on the judged questions: nDCG@10 (Järvelin and Kekäläinen 2002) and recall@20, on all and on those held apart."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.search_set.corpus import Asked, documents, questions

#: From this grade on a document answers the question.
ANSWERS = 2


@dataclass(frozen=True)
class Quality:
    """Means over questions: of all, and of those that nothing was tuned on."""

    ndcg: float
    recall: float
    held_ndcg: float
    held_recall: float


def judge(find: Callable[[str], Sequence[str]]) -> Quality:
    """Judge what gives the keys of documents for a query, best first."""
    rows = [(asked, *scored(asked, find(asked.text))) for asked in questions()]
    held = [row for row in rows if row[0].held]
    return Quality(_mean(rows, 1), _mean(rows, 2), _mean(held, 1), _mean(held, 2))


def scored(asked: Asked, keys: Sequence[str]) -> tuple[float, float]:
    """nDCG@10 and recall@20 of one ranking."""
    return measured({document.key: grade for document in documents() if (grade := asked.grade(document))}, keys)


def measured(grades: Mapping[str, int], keys: Sequence[str]) -> tuple[float, float]:
    """The same from grades by key."""
    best = _gain(sorted(grades.values(), reverse=True)[:10])
    relevant = {key for key, grade in grades.items() if grade >= ANSWERS}
    ndcg = _gain([grades.get(key, 0) for key in keys[:10]]) / best
    return ndcg, len(relevant & set(keys[:20])) / min(len(relevant), 20)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _mean(rows: Sequence[tuple[Asked, float, float]], column: int) -> float:
    return sum(float(row[column]) for row in rows) / len(rows)
