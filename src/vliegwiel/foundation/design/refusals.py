"""One place where a refusal of an action becomes a page."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.kernel.errors import Gone, NotAllowed, NotFound, NotNow, NotValid, Refusal

log = logging.getLogger(__name__)
_STATUS: dict[type[Refusal], int] = {NotAllowed: 403, Gone: 410, NotFound: 404, NotNow: 409, NotValid: 400}
_TITLES = {
    403: gettext_lazy("Dit mag u niet bekijken of doen"),
    404: gettext_lazy("Deze pagina bestaat niet"),
    409: gettext_lazy("Dit kan nu niet"),
    413: gettext_lazy("Dit bestand is te groot"),
    410: gettext_lazy("Dit is ingetrokken"),
    429: gettext_lazy("Dit is te vaak geprobeerd"),
    400: gettext_lazy("Er klopt iets niet"),
    500: gettext_lazy("Er ging bij ons iets mis"),
}


class TranslateRefusals:
    """Middleware: the typed errors become a page with the right status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Translate a refusal; leave everything else to Django."""
        return page_of(request, exception) if isinstance(exception, Refusal) else None


def page_of(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal, with the status that belongs to its kind."""
    status = next((code for kind, code in _STATUS.items() if isinstance(refusal, kind)), 400)
    log.info("request refused: %s", refusal.code)
    return refused(request, status, refusal)


def refused(request: HttpRequest, status: int, refusal: Refusal | None = None) -> HttpResponse:
    """The page that says what is wrong and what to do next."""
    context = {
        "title": _TITLES[status],
        "message": refusal.message if refusal else "",
        "details": refusal.details if refusal else (),
        "nearest": getattr(refusal, "nearest", ()),
    }
    return render(request, "foundation/design/refused.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler for an address that no room knows."""
    return refused(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that does not carry our own proof that it was made here for this browser."""
    log.info("form refused: %s", reason)
    message = _("Dit formulier is verlopen. Ga terug, laad de pagina opnieuw en probeer het nog een keer.")
    return refused(request, 403, NotAllowed(message, code="form-expired"))


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to who tries too often."""
    return refused(request, 429, NotNow(_("Wacht een paar minuten en probeer het opnieuw."), code="too-often"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler for a fault of ours; never a stack trace."""
    return refused(request, 500)
