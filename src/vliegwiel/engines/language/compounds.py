"""Compounds (*samenstellingen*) in their parts: dorpshuizen is dorp and huizen, with a linking s between.

A word is cut only in words that the list knows, with the linking forms -s-, -e-, -en- and -n- of Dutch spelling (Leidraad of the
Taalunie, chapters 8 and 9). Of several ways the one with the fewest parts counts, and then the one with the longest head.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

_LINKS = ("s", "en", "e", "n")
_SHORTEST_PART = 3
_SHORTEST_WORD = 6
_MOST_PARTS = 4
_LONGEST_WORD = 60


class Splitter:
    """Cuts words in parts of a list; `whole` are words that look like a compound and are none."""

    def __init__(self, known: Iterable[str], whole: Iterable[str], stem: Callable[[str], str]) -> None:
        self._known = {word for word in known if len(word) >= _SHORTEST_PART}
        self._whole = frozenset(whole)
        self._stem = stem
        self._stems = {stem(word) for word in self._known}
        self._whole_stems = {stem(word) for word in self._whole}
        self.split = lru_cache(maxsize=200_000)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """The stems of the parts, in order; empty when the word is not a compound that we know."""
        if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD or not word.isalpha():
            return ()
        if word in self._whole or self._stem(word) in self._whole_stems:
            return ()
        found = self._best(word, _MOST_PARTS)
        return found if len(found) > 1 else ()

    def _best(self, word: str, most: int) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        if head := self._as_head(word):
            return (head,)
        if most == 1:
            return ()
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first = self._as_first(word[:place])
            if not first:
                continue
            rest = self._best(word[place:], (len(best) or most + 1) - 2 if best else most - 1)
            if rest and (not best or len(rest) + 1 < len(best)):
                best = (first, *rest)
                if len(best) == 2:
                    break
        return best

    def _as_head(self, part: str) -> str:
        """The stem of a last part, which may be inflected: huizen."""
        stem = self._stem(part)
        return stem if part in self._known or (stem in self._stems and len(stem) >= _SHORTEST_PART) else ""

    def _as_first(self, part: str) -> str:
        """The stem of a part that another one follows, with or without a linking form."""
        if part in self._known:
            return self._stem(part)
        for link in _LINKS:
            bare = part.removesuffix(link)
            if bare != part and bare in self._known:
                return self._stem(bare)
        stem = self._stem(part)
        return stem if part.endswith(("en", "s")) and stem in self._stems and len(stem) >= _SHORTEST_PART else ""
