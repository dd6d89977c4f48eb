"""The language of a page: what the reader asks for, out of what is offered."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


def offers_a_choice() -> bool:
    """Whether more than one language is offered; otherwise no answer depends on the reader's language."""
    return len(settings.LANGUAGES) > 1


def language_of(request: HttpRequest) -> str:
    """The language that this request gets; the one of the installation when there is nothing to choose."""
    return translation.get_language_from_request(request) if offers_a_choice() else settings.LANGUAGE_CODE


class ChooseLanguage(LocaleMiddleware):
    """Django's choice by cookie and Accept-Language; with one language there is no choice and the answer does not vary."""

    def process_request(self, request: HttpRequest) -> None:
        """Speak the language of this request."""
        if offers_a_choice():
            super().process_request(request)
        else:
            translation.activate(settings.LANGUAGE_CODE)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which language the answer is in, and that it varies when it does."""
        if offers_a_choice():
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        return response
