"""A request that only reads asks the same question once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vliegwiel.kernel.reading import reading


class AskOnce:
    """Middleware: a page is made from one answer to each question; an act (POST) asks everything anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember during a GET or HEAD."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with reading():
            return self.get_response(request)
