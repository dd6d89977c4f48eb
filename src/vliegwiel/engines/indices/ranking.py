"""Places in a row, and who is in the worst part of it. Highest score first; equal scores share the middle of their places."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def places(scores: Floats) -> Floats:
    """Places per row of `scores` (rows × areas), 1 for the highest score; ties share their mean place.

    >>> places(np.array([[5.0, 7.0, 5.0, 1.0]])).tolist()
    [[2.5, 1.0, 2.5, 4.0]]
    """
    count = scores.shape[1]
    order = np.argsort(-scores, axis=1)
    ordered = np.take_along_axis(scores, order, axis=1)
    place = np.broadcast_to(np.arange(1.0, count + 1.0), scores.shape)
    fresh = np.ones(scores.shape, dtype=bool)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    if not fresh.all():
        last = np.ones(scores.shape, dtype=bool)
        last[:, :-1] = fresh[:, 1:]
        first = np.maximum.accumulate(np.where(fresh, place, 0.0), axis=1)
        end = np.minimum.accumulate(np.where(last, place, count + 1.0)[:, ::-1], axis=1)[:, ::-1]
        place = (first + end) / 2.0
    found = np.empty(scores.shape)
    np.put_along_axis(found, order, place, axis=1)
    return found


def in_worst(scores: Floats, share: float) -> NDArray[np.bool_]:
    """Whether each place lies in the worst `share` of its row: the same as `places(scores) <= share * areas`, but quicker.

    A group of equal scores across the border is in only when its middle place is. So nobody is in when all are equal.

    >>> in_worst(np.array([[5.0, 4.0, 3.0, 2.0, 1.0]]), 0.2).tolist()
    [[True, False, False, False, False]]
    """
    count = scores.shape[1]
    border = int(share * count + 1e-9)
    if border < 1:
        return np.zeros(scores.shape, dtype=bool)
    edge = np.partition(scores, count - border, axis=1)[:, count - border][:, None]
    above, level = scores > edge, scores == edge
    middle = above.sum(axis=1, keepdims=True) + (level.sum(axis=1, keepdims=True) + 1) / 2
    found: NDArray[np.bool_] = above | (level & (middle <= share * count + 1e-9))
    return found
