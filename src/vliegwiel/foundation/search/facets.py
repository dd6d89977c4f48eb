"""What can be counted beside a search: of each facet the value of every document, by its number.

What is packed is remembered until a block is packed or swept; what is fresh is read each time.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from vliegwiel.foundation.search.models import Block, Fresh, Term
from vliegwiel.foundation.search.postings import Numbers

#: The token that every document of a space has.
ALL = "all"
_REMEMBERED = 8
Codes = NDArray[np.uint16]


@dataclass
class Values:
    """The values of one facet: what they are called, and per layer the code of the value of each document (0 for none).

    A document with two values takes two layers.
    """

    names: dict[str, str] = field(default_factory=dict)
    layers: list[Codes] = field(default_factory=list)

    def codes(self) -> dict[str, int]:
        """The code of each value."""
        return {value: code for code, value in enumerate(self.names, 1)}

    def counted(self, numbers: Numbers) -> dict[str, int]:
        """How many of these documents have each value."""
        counts = np.zeros(len(self.names) + 1, np.int64)
        for layer in self.layers:
            counts += np.bincount(layer[numbers], minlength=len(counts))
        return {value: int(counts[code]) for value, code in self.codes().items()}

    def having(self, value: str, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of these documents have this value."""
        code = self.codes().get(value, 0)
        found = np.zeros(len(numbers), np.bool_)
        if code:
            for layer in self.layers:
                found |= layer[numbers] == code
        return found

    def put(self, value: str, name: str, numbers: Numbers, top: int) -> None:
        """Give these documents this value."""
        self.names.setdefault(value, name)
        code, left = self.codes()[value], numbers
        for layer in self.layers:
            free = layer[left] == 0
            layer[left[free]] = code
            left = left[~free]
        if len(left):
            layer = np.zeros(top + 1, np.uint16)
            layer[left] = code
            self.layers.append(layer)

    def grown(self, top: int) -> "Values":
        """A copy with room for documents up to this number."""
        wider = [np.concatenate([layer, np.zeros(max(top + 1 - len(layer), 0), np.uint16)]) for layer in self.layers]
        return Values(dict(self.names), wider)


@dataclass(frozen=True)
class Shelf:
    """The facets of some spaces together: `count` documents, the highest number `top`."""

    count: int
    top: int
    facets: Mapping[str, Values]


_kept: OrderedDict[tuple[object, ...], Shelf] = OrderedDict()
_lock = Lock()


def shelf_of(spaces: Iterable[int]) -> Shelf:
    """The facets of these spaces, with what is fresh."""
    asked = tuple(sorted(spaces))
    packed = _packed(asked)
    rows = Fresh.objects.filter(term__space__in=asked).exclude(term__facet="")
    found = list(rows.values_list("term__facet", "term__text", "term__label", "number"))
    if not found:
        return packed
    return _with(packed, _grouped(found))


def _packed(spaces: tuple[int, ...]) -> Shelf:
    last = Block.objects.order_by("-pk").values_list("pk", "mark").first()
    key = (spaces, last)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    terms = Term.objects.filter(space__in=spaces).exclude(facet="")
    told = {pk: (facet, text, label) for pk, facet, text, label in terms.values_list("pk", "facet", "text", "label")}
    pieces: dict[tuple[str, str, str], list[Numbers]] = defaultdict(list)
    blocks = Block.objects.filter(term__space__in=spaces).exclude(term__facet="")
    for term, numbers in blocks.order_by("pk").values_list("term_id", "numbers"):
        if term in told:
            pieces[told[term]].append(np.frombuffer(numbers, np.uint32))
    shelf = _with(Shelf(0, 0, {}), {key: np.concatenate(parts) for key, parts in pieces.items()})
    with _lock:
        _kept[key] = shelf
        while len(_kept) > _REMEMBERED:
            _kept.popitem(last=False)
    return shelf


def _with(shelf: Shelf, values: Mapping[tuple[str, str, str], Numbers]) -> Shelf:
    everything = [numbers for (facet, _text, _label), numbers in values.items() if facet == ALL]
    top = max([shelf.top, *(int(numbers.max()) for numbers in everything)])
    facets = {facet: known.grown(top) for facet, known in shelf.facets.items()}
    for (facet, text, label), numbers in sorted(values.items(), key=lambda item: item[0]):
        if facet != ALL:
            within = numbers[numbers <= top]
            facets.setdefault(facet, Values()).put(text, label or text, within, top)
    return Shelf(shelf.count + sum(len(numbers) for numbers in everything), top, facets)


def _grouped(rows: Iterable[tuple[str, str, str, int]]) -> dict[tuple[str, str, str], Numbers]:
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for facet, text, label, number in rows:
        found[facet, text, label].append(number)
    return {key: np.array(sorted(set(numbers)), np.uint32) for key, numbers in found.items()}
