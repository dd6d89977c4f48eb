"""Who acts, and what a record is called elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who does something (*handelende*): a person for an organisation, or a part of the system.

    `kind` is "person", "system" or "visitor"; `id` is the public id (empty for a visitor); `organisation` the public id of the
    organisation the person acts for and `province` the code of the province it belongs to (both empty for a resident); `origin` says
    through what: "web", "api", "cli", "job" or "demo".
    """

    kind: str
    id: str = ""
    organisation: str = ""
    origin: str = "web"
    province: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ("person", "system", "visitor"):
            message = f"unknown kind of actor {self.kind!r}"
            raise ValueError(message)

    @classmethod
    def system(cls, origin: str) -> "Actor":
        """The installation itself, for example a command typed by who runs it."""
        return cls("system", "vliegwiel", origin=origin)


@dataclass(frozen=True)
class Reference:
    """A pointer to a record of any room: kind, id, title as a person reads it, path of its page."""

    kind: str
    id: str
    title: str
    path: str
