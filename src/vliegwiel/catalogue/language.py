"""What the search knows of Dutch: the words that compounds are made of, words that are never cut, and what means the same."""

from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotValid


@cache
def parts() -> frozenset[str]:
    """The words that compounds (*samenstellingen*) are cut in."""
    return frozenset(_load("words")["parts"].split())


@cache
def never_cut() -> frozenset[str]:
    """Words that look like a compound of known words and are none."""
    return frozenset(_load("words")["whole"].split())


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Groups of expressions that mean the same (*synoniemen*)."""
    return tuple(tuple(str(text) for text in group) for group in _load("synonyms")["groups"])


def validate() -> None:
    """Check both lists. Raises NotValid with a line per problem: an expression in two groups, a group of one, a word in both lists."""
    seen: dict[str, tuple[str, ...]] = {}
    problems = [f"{word}: staat bij parts en bij whole" for word in sorted(parts() & never_cut() - _HEADS)]
    for group in synonyms():
        if len(group) < 2:
            problems.append(f"{group[0]}: een groep heeft minstens twee uitdrukkingen")
        for text in group:
            if text in seen:
                problems.append(f"{text}: staat in twee groepen")
            seen[text] = group
    if problems:
        raise NotValid("De woorden van het zoeken kloppen niet.", details=tuple(problems))


#: May be part of a longer word, though they are not cut themselves.
_HEADS = frozenset({"bestand", "rekening", "mantelzorg", "kantine"})


def _load(name: str) -> Any:
    return values_in((FOLDER / "language" / f"{name}.yml").read_text(encoding="utf-8"))
