"""What a resident reads in the catalogue is short and plain."""

import re
from collections.abc import Iterator

from vliegwiel.catalogue import frames, plain, reader

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


def test_the_plain_word_list_is_in_order_without_capitals_and_names_each_word_once() -> None:
    text = (reader.FOLDER / "plain_words.yml").read_text(encoding="utf-8")
    found = text.partition("words: >-")[2].split()
    assert found == sorted(set(found))
    assert [word for word in found if word != word.casefold()] == []


def test_a_word_is_plain_by_itself_or_by_the_parts_around_a_hyphen() -> None:
    assert plain.is_plain("Buurten")
    assert plain.is_plain("e-mail")
    assert not plain.is_plain("heteroscedasticiteit")
    assert plain.without_terms("De mediaan van de marges.") == "De … van de …."


def test_the_quick_look_for_a_term_never_misses_one() -> None:
    for term in plain.explained().values():
        for form in (term.term, *term.forms):
            if form.casefold() in plain.explained():
                for text in (f"De {form}, dus.", f"({form})", f"<b>{form}</b>", f"{form[:1].upper()}{form[1:]} is dat."):
                    assert plain.terms_in(text), text
                    assert plain.may_hold_a_term(text), text
