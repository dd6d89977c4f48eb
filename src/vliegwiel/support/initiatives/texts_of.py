"""The texts of an initiative that the public reads, and what in them needs a look."""

import hashlib
from collections.abc import Mapping
from typing import Any

from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.rules import concerns_in, hides

PUBLIC_TEXTS = ("title", "summary", "story", "seeks_about", "offers_about", "who_joins", "group_name", "brought")


def texts_of(found: Initiative, changes: Mapping[str, Any] | None = None) -> list[str]:
    """The texts as they are, or as they become with these changes; photos are read as what is said about them."""
    now = changes or {}
    return [str(now.get(name, getattr(found, name)) or "") for name in PUBLIC_TEXTS]


def concern_changes(found: Initiative, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that say what needs a look after these changes. Texts that a person found good stay good until they change."""
    texts = texts_of(found, changes)
    codes = list(concerns_in([*texts, *found.photos.values_list("described", flat=True)]))
    return {"concerns": codes, "hidden": hides(codes) and found.cleared != hash_of(texts)}


def hash_of(texts: list[str]) -> str:
    """Names these texts, so that looking at them once is enough."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
