"""What the page shell shows about who signed in; nothing for who has no session, so that public pages stay the same for everyone."""

from typing import Any

from django.http import HttpRequest

from vliegwiel.foundation.people.sessions import person_of


def who(request: HttpRequest) -> dict[str, Any]:
    """Context for the page shell: the person, or None."""
    return {"person": person_of(request)}
