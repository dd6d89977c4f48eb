"""Forgiveness for how a word is written: what sounds alike or differs in one letter is a candidate.

Each known word is kept under its sound and under that sound less one letter; so is a word that is asked. What shares a key is at most
two letters away (symmetric deletion), and the real distance decides (Damerau 1964, optimal string alignment).
"""

import re
from collections.abc import Iterable

_SOUNDS = (
    ("sch", "sg"), ("ij", "y"), ("ei", "y"), ("ou", "u"), ("au", "u"), ("th", "t"), ("ph", "f"), ("ch", "g"), ("qu", "k"), ("x", "ks"),
    ("c", "k"), ("v", "f"), ("z", "s"), ("ie", "i"), ("oe", "w"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_SHORTEST = 4


def sound(word: str) -> str:
    """How a folded word sounds, roughly: letters that are mixed up are one.

    >>> sound("eenzaamheid") == sound("eensaamhijd"), sound("bibliotheek") == sound("biblioteek")
    (True, True)
    """
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    if word.endswith("dt"):
        word = word[:-1]
    word = word[:-1] + "t" if word.endswith("d") else word
    return _TWICE.sub(r"\1", word)


def keys(word: str) -> set[str]:
    """The keys under which a folded word is kept and sought; none for a word that is too short to guess at."""
    if len(word) < _SHORTEST or not word.isalpha():
        return set()
    heard = sound(word)
    return {heard, *(heard[:place] + heard[place + 1 :] for place in range(len(heard)))}


def distance(one: str, other: str, most: int = 3) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word of the other; `most` + 1 when it is more.

    >>> distance("dorpshius", "dorpshuis"), distance("tuin", "tuin"), distance("kat", "winkel")
    (1, 0, 4)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for spot, match in enumerate(other, 1):
            cost = min(before[spot] + 1, row[spot - 1] + 1, before[spot - 1] + (letter != match))
            swapped = place > 1 and spot > 1 and letter == other[spot - 2] and one[place - 2] == match
            row.append(min(cost, earlier[spot - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearest(word: str, candidates: Iterable[tuple[str, int]]) -> str:
    """The candidate (word, in how many documents) that was most likely meant; empty when none is near enough.

    A word that sounds the same wins over one that differs, a near one over a far one, a common one over a rare one. The first letter is
    seldom wrong (Pollock and Zamora 1984): another one is only accepted when it sounds the same.
    """
    allowed = 1 if len(word) < 2 * _SHORTEST else 2
    ranked = []
    for other, count in candidates:
        apart = distance(word, other)
        alike = sound(word) == sound(other)
        if other != word and (alike or (apart <= allowed and other[0] == word[0])):
            ranked.append((0 if alike else apart, apart, -count, other))
    return min(ranked)[-1] if ranked else ""
