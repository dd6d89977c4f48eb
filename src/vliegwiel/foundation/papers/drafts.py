"""A letter before it is issued: plain values that a room fills in, without database and without Django."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vliegwiel.kernel.canonical import content_hash, plain


@dataclass(frozen=True)
class Recipient:
    """Who a letter is for (*geadresseerde*): the lines of the address as they stand behind the window, at most six, name first."""

    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """The first line."""
        return self.lines[0] if self.lines else ""


@dataclass(frozen=True)
class Heading:
    """A heading above the blocks that follow."""

    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Text:
    """A paragraph; a line end stays a line end."""

    text: str
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Items:
    """A list; `numbered` when the order matters."""

    items: tuple[str, ...]
    numbered: bool = False
    kind: str = field(default="items", init=False)


@dataclass(frozen=True)
class Table:
    """A table with a caption and a head; `numeric` are the places of columns with numbers, from 0."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Signature:
    """The close of a letter: the greeting, and below it who signs and for whom (*ondertekening en mandaat*)."""

    greeting: str = "Met vriendelijke groet,"
    lines: tuple[str, ...] = ()
    kind: str = field(default="signature", init=False)


Block = Heading | Text | Items | Table
_KINDS: dict[str, type[Heading] | type[Text] | type[Items] | type[Table]] = {
    "heading": Heading,
    "text": Text,
    "items": Items,
    "table": Table,
}


@dataclass(frozen=True)
class LetterDraft:
    """A letter (*brief*) that was not issued yet.

    `kind` is a key of catalogue/letters. `summary_b1` says in plain words what it comes down to, `motivation` why it was decided so
    (Awb 3:46) and `remedy` what one can do against it (Awb 3:45), until and including `until`. Without `until` the clause and its day
    are made on the day it is sent; `remedy_to` says where to write. `subject` and `reference` stand above the letter.
    """

    kind: str
    title: str
    recipient: Recipient
    blocks: tuple[Block, ...]
    language: str = "nl"
    summary_b1: str = ""
    motivation: str = ""
    remedy: str = ""
    remedy_to: str = ""
    salutation: str = ""
    reference: str = ""
    subject: str = ""
    date: datetime.date | None = None
    until: datetime.date | None = None
    signature: Signature | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of every word of it."""
        return content_hash(self)

    def to_json(self) -> dict[str, Any]:
        """Plain values, to keep."""
        found: dict[str, Any] = plain(self)
        return found

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "LetterDraft":
        """Back from plain values."""
        signature = record["signature"]
        return cls(
            **{
                **record,
                "recipient": Recipient(tuple(record["recipient"]["lines"])),
                "blocks": tuple(_block(item) for item in record["blocks"]),
                "date": datetime.date.fromisoformat(record["date"]) if record["date"] else None,
                "until": datetime.date.fromisoformat(record["until"]) if record["until"] else None,
                "signature": Signature(signature["greeting"], tuple(signature["lines"])) if signature else None,
            }
        )


def _block(record: Mapping[str, Any]) -> Block:
    values = {name: _frozen(value) for name, value in record.items() if name != "kind"}
    return _KINDS[record["kind"]](**values)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, Sequence) and not isinstance(value, str) else value
