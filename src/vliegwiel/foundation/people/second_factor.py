"""Two things every answer needs: who owes a second step goes there first, and what was made for one person is kept by nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from vliegwiel.foundation.people.sessions import has_session, owes_second_step

_OPEN = ("/mijn/beveiliging", "/uitloggen", "/inloggen", "/static/")


class SecondStepFirst:
    """Middleware: who has a role that asks a second step and did not take it reaches only the pages to set it up or leave."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let through, or send to the page to set it up."""
        if has_session(request) and not request.path.startswith(_OPEN) and owes_second_step(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)


class KeepPrivate:
    """Middleware: an answer to someone with a session, or that starts one, is never stored by a browser or a cache between us."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the answer; files that are the same for everyone are left alone."""
        response = self.get_response(request)
        if request.path.startswith("/static/"):
            return response
        if has_session(request) or response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response
