"""Public ids: random, without meaning, safe in an address."""

import secrets

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def public_id() -> str:
    """Twelve random characters without 0, 1, i, l and o, so that they can be read aloud.

    >>> len(public_id())
    12
    """
    return "".join(secrets.choice(_LETTERS) for _ in range(12))
