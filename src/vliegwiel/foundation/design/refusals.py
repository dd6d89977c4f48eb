"""One place where a refusal of an action becomes a page."""

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.kernel.busy import is_busy
from vliegwiel.kernel.errors import Gone, NotAllowed, NotFound, NotNow, NotValid, Refusal

log = logging.getLogger(__name__)
#: What the driver of PostgreSQL says of a text with the character zero, from an address (%00) or a form.
_NO_TEXT = "NUL (0x00)"
_STATUS: dict[type[Refusal], int] = {NotAllowed: 403, Gone: 410, NotFound: 404, NotNow: 409, NotValid: 400}
_TITLES = {
    403: gettext_lazy("Dit mag u niet bekijken of doen"),
    404: gettext_lazy("Deze pagina bestaat niet"),
    409: gettext_lazy("Dit kan nu niet"),
    413: gettext_lazy("Dit bestand is te groot"),
    405: gettext_lazy("Hier is niets te lezen"),
    410: gettext_lazy("Dit is ingetrokken"),
    429: gettext_lazy("Dit is te vaak geprobeerd"),
    400: gettext_lazy("Er klopt iets niet"),
    500: gettext_lazy("Er ging bij ons iets mis"),
    503: gettext_lazy("Het is nu heel druk"),
}


class TranslateRefusals:
    """Middleware: the typed errors become a page with the right status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; an address that only receives says so to who comes to read."""
        response = self.get_response(request)
        return only_receives(request, response) if response.status_code == 405 and not response.content else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Translate a refusal, a text that no database column can hold and a turn that did not come; leave the rest to Django."""
        if is_busy(exception):
            log.warning("the database was busy", exc_info=exception)
            return busy(request)
        if isinstance(exception, DataError | ValueError) and _NO_TEXT in str(exception):
            exception = NotValid(_("Er staat een teken in dat wij niet kunnen lezen. Typ het opnieuw."), code="no-text")
        return page_of(request, exception) if isinstance(exception, Refusal) else None


def page_of(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal, with the status that belongs to its kind."""
    if type(refusal) is NotFound:
        refusal = tombstone_at(request.path) or refusal
    status = next((code for kind, code in _STATUS.items() if isinstance(refusal, kind)), 400)
    log.info("request refused: %s", refusal.code)
    return refused(request, status, refusal)


def tombstone_at(path: str) -> Gone | None:
    """What became of a record that an address names and that was destroyed; None when nothing is known of it.

    `settings.VLIEGWIEL_TOMBSTONES` is the path of a function from the names in an address to that refusal.
    """
    lookup: Callable[[list[str]], Gone | None] = import_string(settings.VLIEGWIEL_TOMBSTONES)
    return lookup([name for name in path.split("/") if name and name.isprintable()])


def refused(request: HttpRequest, status: int, refusal: Refusal | None = None) -> HttpResponse:
    """The page that says what is wrong and what to do next."""
    context = {
        "title": getattr(refusal, "title", "") or _TITLES[status],
        "message": refusal.message if refusal else "",
        "details": refusal.details if refusal else (),
        "heading": _("Lees verder") if isinstance(refusal, Gone) else "",
        "nearest": getattr(refusal, "nearest", ()),
    }
    return render(request, "foundation/design/refused.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler for an address that no room knows."""
    return refused(request, 404)


def only_receives(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer at an address that a form sends to, for who opens it to read."""
    page = refused(request, 405, NotFound(_("Dit adres ontvangt een formulier. Ga terug naar de pagina waar u het invulde.")))
    page["Allow"] = response["Allow"]
    return page


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that does not carry our own proof that it was made here for this browser."""
    log.info("form refused: %s", reason)
    message = _("Dit formulier is verlopen. Ga terug, laad de pagina opnieuw en probeer het nog een keer.")
    return refused(request, 403, NotAllowed(message, code="form-expired"))


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to who tries too often."""
    return refused(request, 429, NotNow(_("Wacht een paar minuten en probeer het opnieuw."), code="too-often"))


def busy(request: HttpRequest) -> HttpResponse:
    """The answer when others kept the database too long: what was typed is still one step back."""
    message = _("Er zijn nu veel mensen tegelijk aan het werk. Wacht een minuut. Ga dan terug en probeer het opnieuw.")
    response = refused(request, 503, NotNow(message, code="busy"))
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler for a fault of ours, also one outside a view such as keeping a session; never a stack trace."""
    return busy(request) if is_busy(sys.exception()) else refused(request, 500)
