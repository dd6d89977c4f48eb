"""How the trail finds, in the arguments of an action, the application that a refused act was about."""

from collections.abc import Callable, Mapping
from typing import Any


def named(argument: str) -> Callable[[Mapping[str, Any]], str]:
    """The public id or number in this argument."""
    return lambda arguments: str(arguments[argument])[:12]
