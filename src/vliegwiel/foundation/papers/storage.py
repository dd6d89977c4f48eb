"""Files by their hash, in the storage that the settings name; what lies there was checked and is never changed."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotNow


def digest_of(data: bytes) -> str:
    """SHA-256 (hex)."""
    return hashlib.sha256(data).hexdigest()


def store(data: bytes) -> str:
    """Keep these bytes, once; returns their hash. What lies there already is written again: it may be damaged, or old and about to be
    cleared as a file that no row names."""
    digest = digest_of(data)
    default_storage.save(_name(digest), ContentFile(data))
    return digest


def holds(digest: str) -> bool:
    """Whether a file with this hash lies here."""
    return default_storage.exists(_name(digest))


def fetch(digest: str) -> bytes:
    """The bytes with this hash. Raises NotNow when they are gone or changed: then nothing is shown."""
    name = _name(digest)
    data = _read(name) if default_storage.exists(name) else b""
    if digest_of(data) != digest:
        raise NotNow(_("Dit stuk is beschadigd of weg. Vraag de beheerder om het terug te zetten."), code="damaged")
    return data


def kept_before(folder: str, moment: datetime) -> list[str]:
    """The hashes in one folder (the first two digits) of files that were written before this moment."""
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [name for name in sorted(names) if default_storage.get_modified_time(f"{folder}/{name}") < moment]


def remove(digest: str) -> None:
    """Take a file away; for what no row names."""
    default_storage.delete(_name(digest))


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
