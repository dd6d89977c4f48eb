"""What is too large is refused by the length that is announced: not a byte of it is read."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from vliegwiel.foundation.design.uploads import LimitUploads, takes_files

pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    """A body that may not be read."""

    def read(self, *_args: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def _announced(client: Client, address: str, megabytes: float) -> Any:
    length = str(int(megabytes * 1_000_000))
    extra = {"wsgi.input": Unread(), "CONTENT_LENGTH": length, "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return client.generic("POST", address, **extra)


def test_any_form_is_refused_beyond_what_a_paper_may_be(client: Client, settings: Any) -> None:
    settings.VLIEGWIEL_LARGEST_PAPER = 25
    answer = _announced(client, reverse("account_login"), 27)
    assert answer.status_code == 413
    assert "Het mag hoogstens 25 MB zijn." in answer.content.decode()


def test_who_may_not_bring_figures_hears_that_first(client: Client) -> None:
    answer = _announced(client, reverse("file_received"), 900)
    assert answer.status_code == 403
    assert "Bestand met cijfers" not in answer.content.decode()


def test_a_view_says_itself_how_much_it_takes_and_gives_its_own_page(settings: Any) -> None:
    from django.http import HttpResponse

    settings.VLIEGWIEL_LARGEST_DELIVERY = 200
    told: list[str] = []

    def again(request: Any, refusal: Any) -> HttpResponse:
        told.append(refusal.message)
        assert dict(request.POST) == {}
        assert dict(request.FILES) == {}
        return HttpResponse("again")

    @takes_files("VLIEGWIEL_LARGEST_DELIVERY", again)
    def view(_request: Any) -> HttpResponse:
        raise AssertionError("the view does not act")

    limit = LimitUploads(view)
    small, large = RequestFactory().post("/x"), RequestFactory().post("/x")
    small.META["CONTENT_LENGTH"], large.META["CONTENT_LENGTH"] = "200500000", "201500001"
    assert limit.process_view(small, view, (), {}) is None
    answer = limit.process_view(large, view, (), {})
    assert answer is not None
    assert (answer.status_code, answer.content) == (413, b"again")
    assert told == ["Dit bestand is te groot. Het mag hoogstens 200 MB zijn."]
