"""The piece of a text that shows best why it was found, with the words that did it."""

from dataclasses import dataclass

from vliegwiel.engines.language.analyser import Analyser


@dataclass(frozen=True)
class Piece:
    """A piece of text, and whether it is what was sought."""

    text: str
    hit: bool = False


def marked(analyser: Analyser, text: str, sought: frozenset[str]) -> list[Piece]:
    """The whole text in pieces; joined they are the text again."""
    pieces, place = [], 0
    for word in analyser.words(text):
        if analyser.touches(word, sought):
            if word.start > place:
                pieces.append(Piece(text[place : word.start]))
            pieces.append(Piece(text[word.start : word.end], hit=True))
            place = word.end
    return [*pieces, Piece(text[place:])] if place < len(text) else pieces


def excerpt(analyser: Analyser, text: str, sought: frozenset[str], length: int = 220) -> list[Piece]:
    """At most about `length` letters, whole words, with as many different hits as possible; an ellipsis where it is cut."""
    if len(text) <= length:
        return marked(analyser, text, sought)
    hits = [(word.start, word.end, word.stem) for word in analyser.words(text) if analyser.touches(word, sought)]
    best, most = 0, 0
    for start, _end, _stem in hits:
        inside = len({stem for first, last, stem in hits if start <= first and last <= start + length - 40})
        if inside > most:
            best, most = start, inside
    begin = _word_before(text, max(best - 40, 0))
    finish = _word_before(text, min(begin + length, len(text))) if begin + length < len(text) else len(text)
    pieces = marked(analyser, text[begin:finish].strip(), sought)
    before = [Piece("… ")] if begin else []
    after = [Piece(" …")] if finish < len(text) else []
    return [*before, *pieces, *after]


def _word_before(text: str, place: int) -> int:
    """The start of the word at a place, not further back than thirty letters."""
    space = text.rfind(" ", max(place - 30, 0), place + 1)
    return space + 1 if space >= 0 and place else place
