"""Values that are read again at most once a second, so that a page does not ask the same question fifty times."""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)
SECONDS = 1.0


class Stamp(Generic[Value]):
    """A cheap reading that changes when the data behind it change; other caches use it as part of their key.

    Within a process `forget()` makes a change visible at once; other processes see it within a second.
    """

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._value: tuple[float, Value] | None = None
        wraps(read)(self)

    def __call__(self) -> Value:
        """The reading, at most a second old."""
        moment = time.monotonic()
        if self._value is None or moment - self._value[0] > SECONDS:
            self._value = (moment, self._read())
        return self._value[1]

    def forget(self) -> None:
        """Read again at the next call."""
        self._value = None
