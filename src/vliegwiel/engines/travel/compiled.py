"""Compiled kernels: numba behind a decorator that keeps the types of what it compiles.

Only modules whose name ends in `_kernels` import this one, and only functions import those, when they are called: who shows a page
without travel times never waits for the compiler. Kernels are kept where NUMBA_CACHE_DIR says (the product sets it), so that a
machine compiles once.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile on first use and keep the outcome on disk; runs without the interpreter lock, so that two searches can run side by side."""
    made: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return made
