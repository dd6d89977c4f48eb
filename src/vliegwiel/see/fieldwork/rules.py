"""Pure decisions of fieldwork: who may be told apart, who was drawn, what answers are odd."""

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from statistics import median
from typing import TypeVar

from vliegwiel.see.fieldwork.document import Document

#: No fact goes along with answers, and no count is shown, of fewer people than this.
SMALLEST_GROUP = 10
#: Counts while people answer are rounded down to this, so that one person more is not seen.
STEP = 5
#: Who took less than this part of the usual time was hasty.
HASTY = 3
_ALIKE_FROM = 4
Person = TypeVar("Person")
Group = TypeVar("Group", bound=Hashable)


def too_small(groups: Iterable[Group]) -> list[Group]:
    """The groups of fewer than ten people, which would tell who they are."""
    return [group for group, count in Counter(groups).items() if count < SMALLEST_GROUP]


def shown_counts(counts: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int] | None]:
    """Of each group how many were asked and answered, rounded down to five; None for a group that stays hidden.

    A group of fewer than ten asked is hidden, and when that is just one, the next smallest too: otherwise the total would give it away.

    >>> shown_counts({"a": (100, 23), "b": (40, 11), "c": (6, 2)})
    {'a': (100, 20), 'b': None, 'c': None}
    """
    hidden = {name for name, (asked, _answered) in counts.items() if asked < SMALLEST_GROUP}
    rest = sorted(counts.keys() - hidden, key=lambda name: (counts[name][0], name))
    if len(hidden) == 1 and rest:
        hidden.add(rest[0])
    return {name: None if name in hidden else (asked, rounded(answered)) for name, (asked, answered) in counts.items()}


def rounded(count: int) -> int:
    """A count while people still answer: down to a multiple of five.

    >>> rounded(4), rounded(23)
    (0, 20)
    """
    return count // STEP * STEP


def drawn_from(people: Sequence[Person], size: int, stratum: Callable[[Person], str], chance: random.Random) -> list[Person]:
    """A draw of `size` people in which every stratum has the share that it has among all (largest remainders), by chance within it."""
    by: dict[str, list[Person]] = {}
    for person in people:
        by.setdefault(stratum(person), []).append(person)
    size = min(size, len(people))
    shares = {name: size * len(group) / len(people) for name, group in by.items()}
    wanted = {name: int(share) for name, share in shares.items()}
    by_rest = sorted(by, key=lambda name: (wanted[name] - shares[name], name))
    for name in by_rest[: size - sum(wanted.values())]:
        wanted[name] += 1
    found = [person for name in sorted(by) for person in chance.sample(by[name], wanted[name])]
    chance.shuffle(found)
    return found


def hasty(seconds: Sequence[int]) -> list[bool]:
    """Who took less than a third of the middle time (*te snel*); nobody below ten answers, because then there is no usual time."""
    if len(seconds) < SMALLEST_GROUP:
        return [False] * len(seconds)
    usual = median(seconds)
    return [HASTY * one < usual for one in seconds]


def alike(document: Document, values: Mapping[str, object]) -> bool:
    """Whether someone gave the same answer to all of four or more scales on one page (*overal hetzelfde*)."""
    for page in document.pages:
        given = [values[item.id] for item in page.items if item.kind == "scale" and values.get(item.id) is not None]
        if len(given) >= _ALIKE_FROM and len(set(map(str, given))) == 1:
            return True
    return False
