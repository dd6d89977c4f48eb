"""A form as data: questions in blocks, one block a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a question is answered, and what its answer is: text, a key, keys, a number, cents, a date as text, true or false."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    YES_NO = "yes_no"
    FILE = "file"


@dataclass(frozen=True)
class Option:
    """A choice: its key in the data, the words on screen, and a hint below them."""

    key: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """One question (*vraag*). `show_if` is a condition of the rulebook on the answers of the whole form: the question is only there when
    it holds. `purpose` says why we ask, `basis` on the ground of which rule; `may_refuse` lets who answers keep it to themselves with a
    reason (Awb 4:3). `longest` counts signs; `low` and `high` are the ends of a scale with the words at them.
    """

    key: str
    kind: Kind
    text: str
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    show_if: Mapping[str, Any] | None = None
    purpose: str = ""
    basis: str = ""
    may_refuse: bool = False
    longest: int = 0
    low: int = 1
    high: int = 5
    low_name: str = ""
    high_name: str = ""
    autocomplete: str = ""

    @property
    def most_signs(self) -> int:
        """The most signs an answer in words may have."""
        return self.longest or (4_000 if self.kind is Kind.LONG_TEXT else 200)


@dataclass(frozen=True)
class Block:
    """Questions that stand on one page (*blok*)."""

    key: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""


@dataclass(frozen=True)
class Form:
    """A whole form (*vragenlijst, formulier*): blocks in order."""

    blocks: tuple[Block, ...] = field(default=())

    def __iter__(self) -> Iterator[Question]:
        return (question for block in self.blocks for question in block.questions)

    def block(self, key: str) -> Block | None:
        """The block with this key."""
        return next((block for block in self.blocks if block.key == key), None)
