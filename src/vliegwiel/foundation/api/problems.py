"""Everything that goes wrong in an API, as application/problem+json (RFC 9457), with the headers that every answer carries."""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from vliegwiel.foundation.api.formats import NotOffered
from vliegwiel.foundation.api.parameters import InvalidQuestion
from vliegwiel.kernel.busy import is_busy
from vliegwiel.kernel.errors import Gone, NotAllowed, NotFound, NotNow, NotValid, Refusal

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
VERSION = "1.1.0"
#: Addresses below these are APIs: a fault there is a problem document, never a page.
ROOTS = ("/api/", "/ogc/", "/data/catalogus")
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, Content-Crs, ETag, Link",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_STATUS: dict[type[Refusal], int] = {NotAllowed: 403, Gone: 410, NotFound: 404, NotNow: 409, NotValid: 400, NotOffered: 406}
_TITLES = {
    400: "De vraag klopt niet",
    403: "Dit mag u niet bekijken of doen",
    404: "Dit bestaat niet",
    405: "Dit kan hier niet",
    406: "Deze vorm hebben we niet",
    409: "Dit kan nu niet",
    410: "Dit is ingetrokken",
    500: "Er ging bij ons iets mis",
    503: "Het is nu heel druk",
}
_DETAILS = {
    404: "Op dit adres staat niets. Kijk in de beschrijving van de API, en laat een schuine streep aan het eind weg.",
    405: "Op dit adres kunt u alleen lezen (GET).",
    500: "We hebben de fout vastgelegd. Probeer het later opnieuw.",
    503: "Wacht een minuut en probeer het opnieuw.",
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Een fout, zoals RFC 9457 die beschrijft.",
    "required": ["status", "title", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "status": {"type": "integer", "description": "De HTTP-status."},
        "title": {"type": "string", "description": "Wat er mis is, in het kort."},
        "detail": {"type": "string", "description": "Wat er mis is en wat u kunt doen."},
        "instance": {"type": "string", "description": "Het adres waar het misging."},
        "code": {"type": "string", "description": "De soort fout, voor machines."},
        "invalidParams": {
            "type": "array",
            "description": "Alles wat niet klopt, in één keer.",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
        "suggesties": {
            "type": "array",
            "description": "Wat u misschien bedoelt.",
            "items": {
                "type": "object",
                "required": ["titel", "href"],
                "properties": {"titel": {"type": "string"}, "href": {"type": "string"}},
            },
        },
    },
}


def problem(request: HttpRequest, status: int, refusal: Refusal | None = None) -> HttpResponse:
    """The answer that says what is wrong; never how our program is made."""
    found: dict[str, Any] = {
        "type": "about:blank",
        "status": status,
        "title": _TITLES[status],
        "detail": refusal.message if refusal else _DETAILS.get(status, _TITLES[status]),
        "instance": request.path,
    }
    if refusal is not None:
        found["code"] = refusal.code
    if isinstance(refusal, InvalidQuestion):
        found["invalidParams"] = [{"name": item.name, "reason": item.reason} for item in refusal.wrong]
    if isinstance(refusal, NotFound) and refusal.nearest:
        found["suggesties"] = [{"titel": title, "href": path} for title, path in refusal.nearest]
    response = HttpResponse(json.dumps(found, ensure_ascii=False), content_type=MEDIA_TYPE, status=status)
    response["Cache-Control"] = "no-store"
    return response


class ApiAnswers:
    """Middleware for everything below an API root: faults as problem documents, and the headers of every answer.

    Open data carry no cookie and no person, so any site may read them (CORS `*`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and dress the answer when it is one of an API."""
        if not request.path.startswith(ROOTS):
            return self.get_response(request)
        response = self.get_response(request) if _exists(request.path_info) else problem(request, 404)
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = problem(request, response.status_code if response.status_code in _TITLES else 500)
        response.headers.setdefault("API-Version", VERSION)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if request.is_secure():
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Translate what an answer refuses, and what it did not foresee."""
        if not request.path.startswith(ROOTS):
            return None
        if isinstance(exception, Refusal):
            status = next((code for kind, code in _STATUS.items() if isinstance(exception, kind)), 400)
            log.info("api question refused: %s", exception.code)
            return problem(request, status, exception)
        if is_busy(exception):
            log.warning("the database was busy", exc_info=exception)
            response = problem(request, 503)
            response["Retry-After"] = "60"
            return response
        if settings.DEBUG_PROPAGATE_EXCEPTIONS:
            return None
        log.error("api answer failed", exc_info=exception)
        return problem(request, 500)


def _exists(path: str) -> bool:
    if "\x00" in path:  # PostgreSQL holds no such text, so nothing is called so
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
