"""Remembering outcomes of the index: those with the public weights apart, so that weights of visitors never push them out."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from vliegwiel.catalogue import indices

Points = tuple[tuple[str, int], ...]
Answer = TypeVar("Answer")


def public_points() -> Points:
    """The public weights as a key."""
    return tuple(sorted(indices.vulnerability().points.items()))


def remembered(*, public: int, own: int) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Remember the last answers of a function whose last argument is a key of weights: `public` with the published ones, `own` others."""

    def around(build: Callable[..., Answer]) -> Callable[..., Answer]:
        published, visitors = lru_cache(maxsize=public)(build), lru_cache(maxsize=own)(build)

        @wraps(build)
        def ask(*key: object) -> Answer:
            memory = published if key[-1] == public_points() else visitors
            return memory(*key)

        return ask

    return around
