"""Waves beside each other: the same question with the same words, or a break that is said."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from vliegwiel.engines.estimation.refusals import NotPossible, some

Codebook = Mapping[str, Mapping[Any, str]]


def changed_labels(waves: Mapping[str, Codebook]) -> list[str]:
    """What the code books (wave → variable → value → label) say differently about the same variable, a sentence each.

    >>> changed_labels({"2022": {"sex": {1: "man"}}, "2024": {"sex": {1: "Man ", 2: "vrouw"}}})
    ['sex: het antwoord 2 (vrouw) is er in 2024 en niet in 2022.']
    """
    found = []
    for earlier, later in pairwise(waves):
        for variable in [name for name in waves[later] if name in waves[earlier]]:
            before, after = ({str(key): label for key, label in waves[wave][variable].items()} for wave in (earlier, later))
            for value in dict.fromkeys([*before, *after]):
                if value not in after:
                    found.append(f"{variable}: het antwoord {value} ({before[value]}) is er in {earlier} en niet in {later}.")
                elif value not in before:
                    found.append(f"{variable}: het antwoord {value} ({after[value]}) is er in {later} en niet in {earlier}.")
                elif _plain(before[value]) != _plain(after[value]):
                    found.append(
                        f"{variable}: het antwoord {value} heet in {earlier} ‘{before[value]}’ en in {later} ‘{after[value]}’."
                    )
    return found


def refuse_changed_labels(waves: Mapping[str, Codebook], known_breaks: frozenset[str] = frozenset()) -> None:
    """Refuse to lay waves beside each other when a label changed, unless the break of that variable is on record."""
    wrong = [sentence for sentence in changed_labels(waves) if sentence.partition(":")[0] not in known_breaks]
    if wrong:
        raise NotPossible(
            "De metingen gebruiken niet dezelfde antwoorden.",
            where=some(wrong, 3),
            todo="Maak de antwoorden gelijk, of leg vast dat de reeks hier breekt.",
            code="changed-labels",
        )


def _plain(label: str) -> str:
    return " ".join(str(label).split()).casefold()
