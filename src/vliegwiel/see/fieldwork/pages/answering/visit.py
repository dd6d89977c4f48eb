"""Who is answering in this browser: a signed cookie with the code, for these pages only. No session, so nothing of it in the database."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

_COOKIE, _SALT, _PATH = "deelname", "vliegwiel.fieldwork.visit", "/meedoen"


@dataclass(frozen=True)
class Visit:
    """The fieldwork (public id), the code, and whether an employee types for who is on the phone."""

    fielding: str
    code: str
    by_phone: bool = False


def visit_of(request: HttpRequest, fielding: str) -> Visit | None:
    """Who answers this fieldwork in this browser, or None."""
    try:
        parts = str(request.get_signed_cookie(_COOKIE, salt=_SALT)).split(".")
    except (KeyError, BadSignature):
        return None
    if len(parts) != 3 or parts[0] != fielding:
        return None
    return Visit(parts[0], parts[1], parts[2] == "1")


def keep_visit(response: HttpResponse, visit: Visit) -> HttpResponse:
    """Remember it until the browser closes."""
    response.set_signed_cookie(
        _COOKIE, f"{visit.fielding}.{visit.code}.{int(visit.by_phone)}", salt=_SALT, path=_PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def end_visit(response: HttpResponse) -> HttpResponse:
    """Forget it."""
    response.delete_cookie(_COOKIE, path=_PATH, samesite="Lax")
    return response
