"""A regulation as text: YAML in which only `true` and `false` are yes and no, a date stays text, and nothing is repeated by reference."""

import re
from typing import Any

import yaml

from vliegwiel.kernel.errors import NotValid

#: A regulation is a few pages; what is larger is something else.
LARGEST = 300_000
#: So many parts may lie in one another; a regulation has some ten.
DEEPEST = 100


#: The reader in C where it is there: the same, much faster.
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FAST):  # type: ignore[misc]  # one of two loaders
    """Reads `no`, `on` and `2026-01-01` as the words they are."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))


class _NotPlainError(ValueError):
    """Written in a way that is not read, in Dutch."""


def read(text: str, name: str = "Dit") -> Any:
    """The document in a text. Raises NotValid when it cannot be read."""
    if len(text) > LARGEST:
        raise NotValid(f"{name} is te groot voor een regeling.", code="too-large")
    try:
        _demand_plain(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, narrowed
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotValid(f"{name} is geen leesbaar regelingbestand.", details=_where(error)) from error


def _where(error: Exception) -> tuple[str, ...]:
    """What is wrong in Dutch, or on which line the reader stopped, as far as it says so."""
    if isinstance(error, _NotPlainError):
        return (str(error),)
    mark = getattr(error, "problem_mark", None)
    return (f"Het lezen stopt bij regel {mark.line + 1}. Kijk daar naar spaties, streepjes en aanhalingstekens.",) if mark else ()


def _demand_plain(text: str) -> None:
    """A few references to references can grow to more than fits in memory, and the reader in C takes the whole process down when parts lie
    too deep in parts: its stack has no guard."""
    depth = 0
    for event in yaml.parse(text, Loader=_FAST):
        if isinstance(event, yaml.AliasEvent):
            raise _NotPlainError("Verwijzingen met & en * lezen wij niet.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _NotPlainError("De onderdelen liggen te diep in elkaar.")


def write(document: Any) -> str:
    """The document as YAML, in the order it has; `read` gives the same document back."""
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
