"""Postings as arrays: what lies in blocks and what is fresh, together."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from vliegwiel.foundation.search.models import Block, Fresh, Gone

Numbers = NDArray[np.uint32]
Weights = NDArray[np.uint8]
Posting = tuple[Numbers, Weights]
#: Blocks that are asked often stay in memory up to this many bytes.
ROOM = 48_000_000
_TRIES = 3
_AT_ONCE = 500


class _Memory:
    """Blocks by their mark, the least recently asked thrown away first. A block never changes, so it cannot be stale."""

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._kept: OrderedDict[str, Posting] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, marks: Iterable[str]) -> dict[str, Posting]:
        """Those of the marks that are here."""
        with self._lock:
            found = {mark: self._kept[mark] for mark in marks if mark in self._kept}
            for mark in found:
                self._kept.move_to_end(mark)
            return found

    def put(self, mark: str, posting: Posting) -> None:
        """Keep one."""
        with self._lock:
            if mark not in self._kept:
                self._kept[mark] = posting
                self._used += 5 * len(posting[0])
            while self._used > self._room:
                _mark, old = self._kept.popitem(last=False)
                self._used -= 5 * len(old[0])


_memory = _Memory(ROOM)


def read(terms: Iterable[int]) -> Mapping[int, Posting]:
    """The postings of terms, ascending per block. Fresh ones are read first: what is packed meanwhile is read twice, never missed."""
    asked = list(terms)
    pieces: dict[int, list[Posting]] = {term: [] for term in asked}
    fresh: dict[int, list[tuple[int, int]]] = {}
    for term, number, weight in Fresh.objects.filter(term_id__in=asked).values_list("term_id", "number", "weight"):
        fresh.setdefault(term, []).append((number, weight))
    for term, rows in fresh.items():
        pieces[term].append((np.array([row[0] for row in rows], np.uint32), np.array([row[1] for row in rows], np.uint8)))
    for _attempt in range(_TRIES):
        marks, known = _blocks(asked)
        if all(mark in known for _term, mark in marks):  # else one was replaced between the two questions
            break
    for term, mark in marks:
        if mark in known:
            pieces[term].append(known[mark])
    return {term: _joined(parts) for term, parts in pieces.items() if parts}


def _blocks(terms: list[int]) -> tuple[list[tuple[int, str]], dict[str, Posting]]:
    marks = list(Block.objects.filter(term_id__in=terms).order_by("pk").values_list("term_id", "mark", "pk"))
    known = _memory.take(mark for _term, mark, _pk in marks)
    missing = [pk for _term, mark, pk in marks if mark not in known]
    for start in range(0, len(missing), _AT_ONCE):
        some = Block.objects.filter(pk__in=missing[start : start + _AT_ONCE])
        for mark, numbers, weights in some.values_list("mark", "numbers", "weights"):
            known[mark] = (np.frombuffer(numbers, np.uint32), np.frombuffer(weights, np.uint8))
            _memory.put(mark, known[mark])
    return [(term, mark) for term, mark, _pk in marks], known


def gone() -> Numbers:
    """Numbers that no longer count; read after the postings."""
    return np.array(list(Gone.objects.values_list("number", flat=True)), np.uint32)


def _joined(parts: list[Posting]) -> Posting:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
