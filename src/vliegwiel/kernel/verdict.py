"""The outcome of a rule: yes, no, unknown, or for a person to judge, always with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Answer(Enum):
    """What a rule can say. A missing fact gives UNKNOWN, never NO."""

    YES = "ja"
    NO = "nee"
    UNKNOWN = "onbekend"
    FOR_A_PERSON = "ter-beoordeling"


@dataclass(frozen=True)
class Reason:
    """Why: a code for machines, a Dutch sentence, the article it rests on (if any) and the facts that were looked at."""

    code: str
    text: str
    article: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """An answer with its reasons (*oordeel met redenen*). A verdict other than YES names at least one reason.

    >>> bool(Verdict.yes())
    True
    """

    answer: Answer
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if self.answer is not Answer.YES and not self.reasons:
            message = "a verdict other than yes names its reason"
            raise ValueError(message)

    def __bool__(self) -> bool:
        return self.answer is Answer.YES

    @classmethod
    def yes(cls, *reasons: Reason) -> "Verdict":
        """Yes."""
        return cls(Answer.YES, reasons)

    @classmethod
    def no(cls, *reasons: Reason) -> "Verdict":
        """No, because of these reasons."""
        return cls(Answer.NO, reasons)

    @classmethod
    def unknown(cls, *reasons: Reason) -> "Verdict":
        """Not known, because these facts are missing."""
        return cls(Answer.UNKNOWN, reasons)
