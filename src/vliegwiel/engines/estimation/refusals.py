"""How this engine refuses: what is wrong, where, and what to do about it, in Dutch."""

from vliegwiel.kernel.errors import NotValid


class NotPossible(NotValid, ValueError):  # noqa: N818  # a refusal is no error of the program
    """An estimate that would not be right is not made. A page shows the message; in a notebook it is a ValueError like any other."""

    def __init__(self, what: str, *, where: str = "", todo: str = "", code: str = "estimation") -> None:
        super().__init__(" ".join(filter(None, (what, where, todo))), code=code, details=tuple(filter(None, (where, todo))))


def some(values: object, most: int = 5) -> str:
    """The first few values as a person reads them.

    >>> some(["a", "b", "c"], most=2)
    'a, b en 1 meer'
    """
    listed = [str(value) for value in values]  # type: ignore[attr-defined]  # anything that can be walked
    if len(listed) <= most:
        return ", ".join(listed)
    return f"{', '.join(listed[:most])} en {len(listed) - most} meer"
