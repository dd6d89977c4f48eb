"""Which words everybody knows, and which of the others we explain: the plain word list and the glossary together."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from vliegwiel.catalogue.frames import Term, glossary
from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in

_WORD = re.compile(r"(?<![\w…₂])[^\W\d_]+₂?(?:[’'-][^\W\d_]+)*")
#: A run of letters and digits with marks inside, such as WW-uitkering, EUPL-1.2 or leefbaarometer.nl.
_TOKEN = re.compile(r"[\w₂]+(?:[’'.-][\w₂]+)*")
#: An e-mail address, or the address of a website or of a page on it: a word inside is no word of the text.
_ADDRESS = re.compile(r"[\w.+%-]+@[\w.-]+|(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S*")


@cache
def plain_words() -> frozenset[str]:
    """The words of the plain list (*gewone woorden*), each form as it stands in a text, without capitals."""
    return frozenset(values_in((FOLDER / "plain_words.yml").read_text(encoding="utf-8"))["words"].split())


def is_plain(word: str) -> bool:
    """Whether everybody knows this word; a compound with a hyphen is plain when all its parts are.

    >>> is_plain("buurt"), is_plain("Buurten"), is_plain("mediaan")
    (True, True, False)
    """
    lower = word.casefold().replace("'", "’")
    return lower in plain_words() or ("-" in lower and all(part in plain_words() for part in lower.split("-")))


@cache
def explained() -> Mapping[str, Term]:
    """The words that the glossary explains and that are not plain, by each of their forms, without capitals."""
    return {
        form.casefold(): term
        for term in glossary().values()
        for form in (term.term, *term.forms)
        if not all(is_plain(word) for word in words_in(form))
    }


@cache
def _as_written() -> Mapping[str, Term]:
    """The explained words as they may stand in a text: with a capital at the start too; an abbreviation is only itself."""
    found: dict[str, Term] = {}
    for term in glossary().values():
        for form in (term.term, *term.forms):
            if form.casefold() in explained():
                found |= {form: term, form[:1].upper() + form[1:]: term}
    return found


@cache
def _pattern() -> re.Pattern[str]:
    """Finds addresses and whole words, and forms of more than one word before the words they are made of."""
    longer = sorted((form for form in _as_written() if " " in form), key=lambda form: (-len(form), form))
    either = "".join(f"{re.escape(form)}|" for form in longer)
    return re.compile(rf"(?<![\w-])(?:{_ADDRESS.pattern}|{either}{_TOKEN.pattern})(?![\w-])")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(_TOKEN.findall(form)[0] for form in _as_written())


def may_hold_a_term(text: str) -> bool:
    """Whether `with_terms` could find something: quick, and never wrongly no."""
    return not _first_words().isdisjoint(_TOKEN.findall(text))


def with_terms(text: str, write: Callable[[str, Term], str]) -> str:
    """A text in which each explained word is written by `write`, which gets the word as it stands and its term."""
    known = _as_written()

    def written(match: re.Match[str]) -> str:
        term = known.get(match[0])
        return write(match[0], term) if term else match[0]

    return _pattern().sub(written, text)


def terms_in(text: str) -> list[Term]:
    """The explained words of a text, in order, as often as they are there."""
    found: list[Term] = []

    def note(word: str, term: Term) -> str:
        found.append(term)
        return word

    with_terms(text, note)
    return found


def without_terms(text: str) -> str:
    """A text with every explained word left out."""
    return with_terms(text, lambda _word, _term: "…")


def words_in(text: str) -> list[str]:
    """The words of a text: letters, with hyphens and apostrophes inside.

    >>> words_in("Thema’s van 2024: op-en-af (15+).")
    ['Thema’s', 'van', 'op-en-af']
    """
    return _WORD.findall(text)
