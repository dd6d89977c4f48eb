"""The piece of a text that shows best why it was found, with the words that did it."""

from dataclasses import dataclass

from vliegwiel.engines.language.analyser import Analyser, Word

_BEFORE = 40


@dataclass(frozen=True)
class Piece:
    """A piece of text, and whether it is what was sought."""

    text: str
    hit: bool = False


def marked(analyser: Analyser, text: str, sought: frozenset[str]) -> list[Piece]:
    """The whole text in pieces; joined they are the text again."""
    return _cut(text, _hits(analyser, text, sought), 0, len(text))


def excerpt(analyser: Analyser, text: str, sought: frozenset[str], length: int = 220) -> list[Piece]:
    """At most about `length` letters, whole words, with as many different hits as possible; an ellipsis where it is cut."""
    hits = _hits(analyser, text, sought)
    if len(text) <= length:
        return _cut(text, hits, 0, len(text))
    first, most = 0, 0
    for hit in hits:
        inside = len({other.stem for other in hits if hit.start <= other.start and other.end <= hit.start + length - _BEFORE})
        if inside > most:
            first, most = hit.start, inside
    begin = _word_before(text, max(first - _BEFORE, 0))
    end = _word_before(text, begin + length) if begin + length < len(text) else len(text)
    before = [Piece("… ")] if begin else []
    after = [Piece("…")] if end < len(text) else []
    return [*before, *_cut(text, hits, begin, end), *after]


def _hits(analyser: Analyser, text: str, sought: frozenset[str]) -> list[Word]:
    return [word for word in analyser.words(text) if not sought.isdisjoint(word.tokens)]


def _cut(text: str, hits: list[Word], begin: int, end: int) -> list[Piece]:
    pieces, place = [], begin
    for hit in hits:
        if place <= hit.start and hit.end <= end:
            if hit.start > place:
                pieces.append(Piece(text[place : hit.start]))
            pieces.append(Piece(text[hit.start : hit.end], hit=True))
            place = hit.end
    return [*pieces, Piece(text[place:end])] if place < end else pieces


def _word_before(text: str, place: int) -> int:
    """The start of the word at a place, not further back than thirty letters."""
    space = text.rfind(" ", max(place - 30, 0), place + 1)
    return space + 1 if space >= 0 and place else place
