"""Files by their hash, in the storage that the settings name; what lies there was checked and is never changed."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from vliegwiel.kernel.errors import NotNow


def digest_of(data: bytes) -> str:
    """SHA-256 (hex)."""
    return hashlib.sha256(data).hexdigest()


def store(data: bytes) -> str:
    """Keep these bytes, once; returns their hash. A file that was cut off half-way is written again."""
    digest = digest_of(data)
    name = _name(digest)
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return digest
        default_storage.delete(name)
    kept = default_storage.save(name, ContentFile(data))
    if kept != name:  # another process kept the same bytes at the same moment
        default_storage.delete(kept)
    return digest


def holds(digest: str) -> bool:
    """Whether a file with this hash lies here."""
    return default_storage.exists(_name(digest))


def fetch(digest: str) -> bytes:
    """The bytes with this hash. Raises NotNow when they are gone or changed: then nothing is shown."""
    name = _name(digest)
    data = b""
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            data = file.read()
    if digest_of(data) != digest:
        raise NotNow("Dit stuk is beschadigd of weg. Vraag de beheerder om het terug te zetten.", code="damaged")
    return data


def remove(digest: str) -> None:
    """Delete these bytes; they may be gone already."""
    default_storage.delete(_name(digest))


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
