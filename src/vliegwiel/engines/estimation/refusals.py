"""How this engine refuses: what is wrong, where, and what to do about it, in Dutch."""

from vliegwiel.kernel.errors import NotValid


class NotPossible(NotValid, ValueError):  # noqa: N818  # a refusal is no error of the program
    """An estimate that would not be right is not made. A page shows the message; in a notebook it is a ValueError like any other."""

    def __init__(self, what: str, *, where: str = "", todo: str = "", code: str = "estimation") -> None:
        whole = " ".join(filter(None, (what, where, todo)))
        # a page lists details in place of the message: then the whole of it stands there
        super().__init__(whole, code=code, details=(whole,) if where or todo else ())


def figure(value: float, digits: int = 6) -> str:
    """A number as a person reads it in Dutch.

    >>> figure(12435.2), figure(0.25)
    ('12.435,2', '0,25')
    """
    return f"{value:,.{digits}g}".translate(str.maketrans(",.", ".,"))


def some(values: object, most: int = 5) -> str:
    """The first few values as a person reads them.

    >>> some(["a", "b", "c"], most=2)
    'a, b en 1 meer'
    """
    listed = [str(value) for value in values]  # type: ignore[attr-defined]  # anything that can be walked
    if len(listed) <= most:
        return ", ".join(listed)
    return f"{', '.join(listed[:most])} en {len(listed) - most} meer"
