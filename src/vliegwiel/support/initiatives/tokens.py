"""Links in messages that only their receiver knows, and codes under which addresses and tokens are kept."""

import hashlib
import secrets

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare


def new_token() -> tuple[str, str]:
    """A token for a link that works once, and the hash under which it is kept."""
    token = secrets.token_urlsafe(24)
    return token, hashed(token)


def hashed(text: str) -> str:
    """How a token is kept, and an e-mail address whatever its capitals."""
    plain = text.strip().lower() if "@" in text else text
    return hashlib.sha256(plain.encode()).hexdigest()


def key_of(record: str) -> str:
    """What must stand behind the public id of a record in a link that only its owner got."""
    return Signer(salt="initiatives").signature(record)


def opens(record: str, key: str) -> bool:
    """Whether this is the key of a record."""
    return constant_time_compare(key_of(record), key)
