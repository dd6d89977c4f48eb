"""Codes on letters and what they open: made from secrets, never kept.

A code follows from the handle of an invitation, the salt of the fieldwork (in the database until it closes) and the secret of the
installation (never in the database). The mark of a door follows from the code in the same way. So who holds the database alone can make
neither, and cannot lay invitations beside doors; once the salt is gone, nobody can.
"""

import base64
import hashlib
import json
import re
import secrets
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 12
_BETWEEN = re.compile(r"[\s.\-–—]+")


def _hash(purpose: str, salt: str, value: str) -> bytes:
    return salted_hmac(f"vliegwiel.fieldwork.{purpose}", f"{salt}:{value}", algorithm="sha256").digest()


def _in_signs(digest: bytes) -> str:
    number, found = int.from_bytes(digest, "big"), ""
    for _place in range(_LENGTH):
        number, rest = divmod(number, len(_SIGNS))
        found += _SIGNS[rest]
    return found


def code_of(salt: str, handle: str) -> str:
    """The code on the letter of an invitation: twelve signs, 59 bits."""
    return _in_signs(_hash("code", salt, handle))


def new_code() -> str:
    """A code of one's own, for who begins and goes on later: it follows from nothing, so nobody can make it again."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def leaving_code(salt: str, member: str) -> str:
    """With this code a member leaves a panel; `salt` is that of the panel."""
    return _in_signs(_hash("leave", salt, member))


def read_code(typed: str) -> str:
    """A code as someone typed it, without spaces and dashes; empty for what is no code.

    >>> read_code(" ABCD-efgh jkmn "), read_code("0000"), read_code("abcd-efgh-jkm1")
    ('abcdefghjkmn', '', '')
    """
    plain = _BETWEEN.sub("", typed.strip().lower())
    return plain if len(plain) == _LENGTH and not set(plain) - set(_SIGNS) else ""


def spelled(code: str) -> str:
    """A code as people read it.

    >>> spelled("abcdefghjkmn")
    'ABCD-EFGH-JKMN'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()


def door_mark(salt: str, code: str) -> str:
    """Which door a code opens."""
    return _hash("door", salt, code).hex()


def unsent_mark(salt: str, code: str) -> str:
    """Under which mark answers wait that were not sent; not that of the door."""
    return _hash("unsent", salt, code).hex()


def pseudonym_of(salt: str, member: str) -> str:
    """The number of a panel member in all waves of a panel, so that waves can be compared; says nothing about who it is."""
    return f"P{int.from_bytes(_hash('pseudonym', salt, member)[:7], 'big'):017d}"


def locked(salt: str, code: str, content: dict[str, Any]) -> str:
    """Content in a box that only this code opens. The box says nothing about the moment at which it was closed."""
    return _box(salt, code).encrypt_at_time(json.dumps(content).encode(), current_time=0).decode()


def unlocked(salt: str, code: str, box: str) -> dict[str, Any] | None:
    """What is in a box, or None when the code is another one."""
    try:
        found: dict[str, Any] = json.loads(_box(salt, code).decrypt(box.encode()))
    except InvalidToken:
        return None
    return found


def _box(salt: str, code: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(_hash("box", salt, code)).digest()))
