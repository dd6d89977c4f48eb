"""Bank accounts (IBAN, ISO 13616): may this be one, and how people read it."""

import re

#: Only what is usual in the Netherlands is checked on its length; others have their own.
_DUTCH_LENGTH = 18
_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def plain_iban(account: str) -> str:
    """As machines write it: without spaces, in capitals."""
    return "".join(account.split()).upper()


def is_iban(account: str) -> bool:
    """Whether the shape and the check digits fit; that the account exists only the bank knows.

    >>> is_iban("NL91 ABNA 0417 1643 00"), is_iban("NL91ABNA0417164301"), is_iban("BE68539007547034"), is_iban("NL")
    (True, False, True, False)
    """
    plain = plain_iban(account)
    if not _SHAPE.fullmatch(plain) or (plain.startswith("NL") and len(plain) != _DUTCH_LENGTH):
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def shown_iban(account: str) -> str:
    """In groups of four, as people read it.

    >>> shown_iban("NL91ABNA0417164300")
    'NL91\\xa0ABNA\\xa00417\\xa01643\\xa000'
    """
    plain = plain_iban(account)
    return "\u00a0".join(plain[start : start + 4] for start in range(0, len(plain), 4))
