"""Small numbers in an address or a hidden field: what is no such number is None."""

import re


def small_number(text: str | None) -> int | None:
    """A whole number of at most eleven digits.

    >>> small_number("12"), small_number("-1"), small_number("9" * 5000), small_number(None)
    (12, None, None, None)
    """
    return int(text) if text and re.fullmatch(r"\d{1,11}", text, re.ASCII) else None
