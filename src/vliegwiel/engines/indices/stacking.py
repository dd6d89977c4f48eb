"""Stacking (*stapeling*): how many of the known themes are under pressure in an area."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Stack:
    """`under` of `known` themes are under pressure, of the `total` that there are."""

    under: int
    known: int
    total: int

    def __str__(self) -> str:
        return f"{self.under} van {self.known} bekende thema’s"


def stacking(pressure: ArrayLike, *, minimum_themes: float = 0.5) -> list[Stack | None]:
    """Per area of `pressure` (n × themes: 1 under pressure, 0 not, −1 unknown) its stack, None when under half of the themes is known.

    >>> [str(stack) for stack in stacking([[1, 1, 0, -1]])], stacking([[1, -1, -1, -1]])
    (['2 van 3 bekende thema’s'], [None])
    """
    marks: NDArray[np.int8] = np.array(pressure, dtype=np.int8, ndmin=2)
    total = marks.shape[1]
    under, known = (marks == 1).sum(axis=1).tolist(), (marks >= 0).sum(axis=1).tolist()
    return [Stack(k, m, total) if m and m >= minimum_themes * total else None for k, m in zip(under, known, strict=True)]
