"""What a resident reads in the catalogue is short and plain."""

import re
from collections.abc import Iterator

from vliegwiel.catalogue import frames, reader

LONGEST, MEAN = 25, 12
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_WORD = re.compile(r"\w[\w.,’'-]*")


def _texts() -> Iterator[tuple[str, str]]:
    for theme in reader.themes().values():
        yield f"thema {theme.key}", theme.question
    for item in reader.indicators().values():
        yield f"{item.key} method", item.method
        yield f"{item.key} caveats", item.caveats
    for frame in frames.frames().values():
        yield f"kader {frame.key}", frame.note
        for part in frame.parts:
            yield f"kader {frame.key} {part.key}", part.note
    for term in frames.glossary().values():
        yield f"begrip {term.term}", term.meaning


def _sentences() -> list[tuple[str, str, int]]:
    return [
        (where, sentence, len(_WORD.findall(sentence)))
        for where, text in _texts()
        for sentence in _SENTENCE_END.split(text)
        if sentence
    ]


def test_no_sentence_is_longer_than_twenty_five_words() -> None:
    assert [(where, sentence) for where, sentence, count in _sentences() if count > LONGEST] == []


def test_sentences_are_short_on_average() -> None:
    for kind in ("method", "caveats", "begrip", "kader", "thema"):
        counts = [count for where, _sentence, count in _sentences() if where.endswith(kind) or where.startswith(kind)]
        assert sum(counts) / len(counts) <= MEAN, kind


def test_every_text_is_whole_sentences() -> None:
    unfinished = [where for where, text in _texts() if text and (text[-1] not in ".?" or not text[0].isupper())]
    assert unfinished == []


def test_every_indicator_warns_for_something_and_says_how_it_is_made() -> None:
    silent = [key for key, item in reader.indicators().items() if len(item.method) < 15 or len(item.caveats) < 15]
    assert silent == []
