"""While a page is only read, the same question is asked of the database once.

An act asks everything anew each time: what was true when the page was made may no longer be. So nothing is remembered outside `reading`.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """What is asked with `once` inside is answered once, and forgotten at the end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def known(question: Hashable, answer: Answer) -> Answer:
    """The same answer, kept for who asks this question with `once` while a page is only read."""
    answers = _answers.get()
    if answers is not None:
        answers[question] = answer
    return answer


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question: remembered while a page is only read, asked otherwise. Do not change an answer.

    >>> asked = []
    >>> with reading():
    ...     [once("how many", lambda: asked.append(1) or len(asked)) for _ in range(3)]
    [1, 1, 1]
    >>> [once("how many", lambda: asked.append(1) or len(asked)) for _ in range(2)]
    [2, 3]
    """
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    found: Answer = answers[question]
    return found
