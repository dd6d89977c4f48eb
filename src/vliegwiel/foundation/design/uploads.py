"""How much a form may send, looked at before a byte of it is read."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.refusals import page_of, refused
from vliegwiel.kernel.errors import NotValid, Refusal

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponse])
#: What the other fields of a form and its packing may take beside the file.
_BESIDE = 1_000_000
_LARGEST, _ANSWER = "largest_upload", "answer_when_too_large"


def takes_files(largest: str, answer: Callable[[HttpRequest, NotValid], HttpResponse]) -> Callable[[View], View]:
    """Mark a view that takes a file of at most as many megabytes as the setting `largest` says.

    `answer` makes the page when more is sent: the form again, with the message at its field. It gets no form data, because none was
    read. A view that is not marked takes what a paper may be (VLIEGWIEL_LARGEST_PAPER).
    """

    def marked(view: View) -> View:
        setattr(view, _LARGEST, largest)
        setattr(view, _ANSWER, answer)
        return view

    return marked


class LimitUploads:
    """Middleware: refuse what is too large by the length that is announced, before the form is read. Stands before the CSRF check."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """The refusal, or nothing: then the view goes on."""
        largest = int(getattr(settings, getattr(view, _LARGEST, "VLIEGWIEL_LARGEST_PAPER")))
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdecimal() or int(announced) <= largest * 1_000_000 + _BESIDE:
            return None
        log.info("request refused before reading: %s bytes", announced)
        message = _("Dit bestand is te groot. Het mag hoogstens {largest} MB zijn.").format(largest=largest)
        refusal = NotValid(message, code="too-large")
        request._post, request._files = QueryDict(), MultiValueDict()  # type: ignore[attr-defined]  # read as empty: nothing is read
        answer = getattr(view, _ANSWER, None)
        try:
            response: HttpResponse = answer(request, refusal) if answer else refused(request, 413, refusal)
        except Refusal as other:
            return page_of(request, other)
        response.status_code = 413
        return response
