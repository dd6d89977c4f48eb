"""The Dutch analyser: one way from a text to its tokens, whatever database keeps them.

A word is kept as it is written, as its stem (Snowball `dutch`, Kraaij and Pohlmann 1994), and, when it is a compound, as the stems of
its parts and of runs of them. Expressions that mean the same share a concept.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from vliegwiel.engines.language import default, folding
from vliegwiel.engines.language.compounds import Splitter

#: What a token stands for in an index: the word as written, its stem, a part of a compound, or what it means.
EXACT, STEM, PART, CONCEPT = "=", "", "+", "~"
#: How much each way of being found says, beside the stem as 1. Chosen on the questions that are not held apart.
_AS_WRITTEN, _IN_COMPOUND, _SAME_MEANING, _PART_ALONE = 0.35, 0.75, 0.55, 0.3


class Word(NamedTuple):
    """A word with its place in the text: as written (folded), its stem, and what its compound holds: its parts, and runs
    of parts that may be compounds themselves (the parts among them)."""

    exact: str
    stem: str
    runs: tuple[str, ...]
    parts: tuple[str, ...]
    start: int
    end: int

    @property
    def tokens(self) -> tuple[str, ...]:
        """The stem, and what is in it."""
        return (self.stem, *self.runs)


_PARTICIPLE = re.compile(r"ge\w{3,}(eerde?|elde?|erde?)")


@dataclass(frozen=True)
class Wanted:
    """A word that is sought.

    `ways` are tokens of an index, each with how much a document that has it counts: the best way counts. `as_written` is what the word
    itself adds. `together` holds the parts of a compound, each with its ways of standing alone or in another compound.
    """

    text: str
    as_written: tuple[str, float]
    ways: tuple[tuple[str, float], ...]
    together: tuple[tuple[tuple[str, float], ...], ...] = ()

    @property
    def tokens(self) -> list[str]:
        """Every token that has to be read from the index for it."""
        return [
            self.as_written[0],
            *(token for token, _share in self.ways),
            *(token for run in self.together for token, _share in run),
        ]


@dataclass(frozen=True)
class _Group:
    """Expressions that mean the same: each as the stems of its words, and everything a text has that holds one of them."""

    name: str
    expressions: tuple[tuple[str, ...], ...]
    tokens: tuple[str, ...] = field(compare=False)


class Analyser:
    """Makes tokens of Dutch texts. Without arguments it has the words and synonyms that come with the engine; the catalogue has more.

    `synonyms` are groups of expressions that mean the same, `words` those that compounds are made of, `whole` words that are never
    cut. Safe to share between threads once made.

    >>> analyser = Analyser()
    >>> set(analyser.tokens("dorpshuis")) <= set(analyser.tokens("Drie dorpshuizen gaan open"))
    True
    """

    def __init__(
        self,
        synonyms: Iterable[Sequence[str]] | None = None,
        words: Iterable[str] | None = None,
        whole: Iterable[str] | None = None,
    ) -> None:
        self._stem = lru_cache(maxsize=200_000)(_stemmed)
        known = default.WORDS if words is None else words
        kept = default.WHOLE if whole is None else whole
        self._splitter = Splitter(map(folding.fold, known), map(folding.fold, kept), self._stem)
        self._read = lru_cache(maxsize=200_000)(self._reading)
        self._starts: dict[str, list[tuple[tuple[str, ...], _Group]]] = {}
        for group in default.SYNONYMS if synonyms is None else synonyms:
            self._add(group)

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text in order: a query matches a text when its tokens are among the text's. Words without meaning have none.

        >>> Analyser().tokens("De eenzaamheidsbestrijding")
        ['eenzaambestrijd', 'eenzaam', 'bestrijd']
        """
        found = self.words(text)
        tokens = [token for word in found for token in word.tokens]
        return tokens + [token for group in self._groups(found) for token in group.tokens if token not in tokens]

    def words(self, text: str, *, all_words: bool = False) -> list[Word]:
        """The words of a text that say something (or all of them)."""
        found = (self._word(start, end, raw) for raw, start, end in folding.places(text))
        return [word for word in found if word.exact and (all_words or not _empty(word.exact))]

    def counted(self, text: str) -> Counter[str]:
        """What an index keeps of a text: each token with its mark (as written, stem, part, concept) and how often it is there."""
        found = self.words(text)
        kept: Counter[str] = Counter()
        for word in found:
            kept[EXACT + word.exact] += 1
            kept[STEM + word.stem] += 1
            kept.update(PART + run for run in word.runs)
        kept.update(CONCEPT + group.name for group in self._groups(found))
        return kept

    def wanted(self, query: str) -> list[Wanted]:
        """What a query asks of an index, word by word; words without meaning only when there are no others."""
        found = self.words(query) or self.words(query, all_words=True)
        spoken = dict.fromkeys(word.exact for word in found)
        first = {word.exact: word for word in reversed(found)}
        groups = [(group, size, place) for group, size, place in self._matches(found)]
        asked = []
        for exact in spoken:
            word = first[exact]
            ways = {STEM + word.stem: 1.0, PART + word.stem: _IN_COMPOUND}
            for group, size, place in groups:
                if any(other.exact == exact for other in found[place : place + size]):
                    ways.setdefault(CONCEPT + group.name, _SAME_MEANING)
            asked.append(Wanted(exact, (EXACT + exact, _AS_WRITTEN), tuple(ways.items()), _parts(word)))
        return asked

    def sought_in(self, query: str) -> frozenset[str]:
        """What to mark in a text that was found with a query: stems, and those of expressions that mean the same."""
        found = self.words(query) or self.words(query, all_words=True)
        single = {stems[0] for group in self._groups(found) for stems in group.expressions if len(stems) == 1}
        return frozenset({word.stem for word in found} | {part for word in found for part in word.runs} | single)

    def _word(self, start: int, end: int, raw: str) -> Word:
        return Word(*self._read(raw), start, end)

    def _reading(self, raw: str) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
        """As written (folded), stem, runs and parts of a word as it stands in a text."""
        exact, pieces = folding.read(raw)
        parts = [part for piece in pieces for part in self._splitter.split(piece) or (self._stem(piece),)]
        if len(parts) <= 1:
            return exact, "".join(parts), (), ()
        runs = [
            "".join(parts[first:last])
            for first in range(len(parts))
            for last in range(first + 1, len(parts) + 1)
            if last - first < len(parts)
        ]
        return exact, "".join(parts), tuple(dict.fromkeys(runs)), tuple(dict.fromkeys(parts))

    def _add(self, expressions: Sequence[str]) -> None:
        read = [self.words(text) for text in expressions]
        stems = tuple(tuple(word.stem for word in words) for words in read if words)
        tokens = tuple(dict.fromkeys(token for words in read for word in words for token in word.tokens))
        group = _Group("".join(stems[0]), stems, tokens)
        for expression in stems:
            self._starts.setdefault(expression[0], []).append((expression, group))

    def _groups(self, found: Sequence[Word]) -> Iterator[_Group]:
        return iter(dict.fromkeys(group for group, _size, _place in self._matches(found)))

    def _matches(self, found: Sequence[Word]) -> Iterator[tuple[_Group, int, int]]:
        """Groups of which an expression stands in these words, with how many words it takes and from which."""
        for place, word in enumerate(found):
            for token in word.tokens:
                for expression, group in self._starts.get(token, ()):
                    rest = found[place + 1 : place + len(expression)]
                    follows = len(rest) == len(expression) - 1
                    if follows and all(stem in other.tokens for stem, other in zip(expression[1:], rest, strict=True)):
                        yield group, len(expression), place


def expanded(counts: Mapping[str, int], weight: int) -> Counter[str]:
    """Counts as if the text stood there `weight` times: for a title."""
    return Counter({token: count * weight for token, count in counts.items()})


def _parts(word: Word) -> tuple[tuple[tuple[str, float], ...], ...]:
    """The parts of a compound, each with how it may stand alone in a text, or in another compound."""
    return tuple(((STEM + part, _PART_ALONE), (PART + part, _PART_ALONE)) for part in word.parts)


def _empty(word: str) -> bool:
    return word in folding.STOP_WORDS or (len(word) == 1 and not word.isdigit())


def _stemmed(word: str) -> str:
    """The stem of a folded word.

    Kraaij and Pohlmann take *ge-* off every word, which makes *zon* of gezondheid and *bied* of gebied; here only a participle loses it
    (gerepareerd, gewandeld). A stemmer may not be used by two threads at once, so each call has its own.
    """
    stemmer = Stemmer.Stemmer("dutch", 0)
    if word.startswith("ge") and not _PARTICIPLE.fullmatch(word):
        return "g" + str(stemmer.stemWord("q" + word[1:]))[1:]
    return str(stemmer.stemWord(word)) or word
