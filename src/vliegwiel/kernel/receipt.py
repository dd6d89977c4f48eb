"""Receipts: how an outcome was made, so that it can be made again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vliegwiel.kernel.canonical import content_hash, plain


@dataclass(frozen=True)
class Receipt:
    """What was done (`method`, `version`), on which inputs (name → SHA-256), with which parameters, and when (UTC)."""

    method: str
    version: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    made_at: datetime | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of everything but the time: the same work on the same inputs gives the same hash."""
        return content_hash({**plain(self), "made_at": None})

    def to_json(self) -> dict[str, Any]:
        """The canonical form with its hash."""
        return {**plain(self), "hash": self.hash}
