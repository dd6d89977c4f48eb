"""The ways in which an action refuses; pages, API and CLI translate them in one place each.

The message is Dutch and says what to do next; `code` is for machines and the log.
"""


class Refusal(Exception):
    """An action did nothing, and says why. `message` is shown to a person, `details` lists one line per problem."""

    code = "refused"

    def __init__(self, message: str, *, code: str | None = None, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        if code:
            self.code = code

    @property
    def more(self) -> tuple[str, ...]:
        """The details that the message does not say already.

        >>> NotValid("Vul een naam in.", details=("Vul een naam in.", "Vul een dag in.")).more
        ('Vul een dag in.',)
        """
        return tuple(line for line in self.details if line != self.message)


class NotAllowed(Refusal):
    """This actor may not do this."""

    code = "not-allowed"


class NotNow(Refusal):
    """The thing is not in a state in which this can be done."""

    code = "not-now"


class NotValid(Refusal):
    """What was handed in is not right; nothing was changed."""

    code = "not-valid"


class NotFound(Refusal):
    """The thing does not exist. `nearest` may hold (title, path) pairs to offer instead."""

    code = "not-found"

    def __init__(self, message: str, *, nearest: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


class Gone(NotFound):
    """The thing was there and was taken away on purpose; the message says when and why. `title` heads the page, when not the usual one."""

    code = "gone"

    def __init__(self, message: str, *, nearest: tuple[tuple[str, str], ...] = (), title: str = "") -> None:
        super().__init__(message, nearest=nearest)
        self.title = title
