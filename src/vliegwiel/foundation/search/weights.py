"""How much a token says about a document: BM25 (Robertson and Zaragoza 2009) with title and text in one count, kept in a byte."""

from collections import Counter
from collections.abc import Mapping

from vliegwiel.engines.language import Analyser, expanded

#: A word in the title counts as so many in the text.
TITLE = 3
K1, B = 1.2, 0.6
#: The length in words that counts as ordinary. Fixed, so that a document does not have to be weighed again when others come.
ORDINARY_LENGTH = 45
FULL = 255


def weighed(analyser: Analyser, title: str, text: str) -> dict[str, int]:
    """The tokens of a document with their weight, from 1 to 255."""
    counts = Counter(analyser.counted(text))
    counts.update(expanded(analyser.counted(title), TITLE))
    return as_bytes(counts, sum(1 for _ in analyser.words(title)) + sum(1 for _ in analyser.words(text)))


def as_bytes(counts: Mapping[str, int], length: int) -> dict[str, int]:
    """Counts in a document of this many words, as the share of the most that a token can weigh."""
    norm = K1 * (1 - B + B * length / ORDINARY_LENGTH)
    return {token: max(round(FULL * count / (count + norm)), 1) for token, count in counts.items()}
