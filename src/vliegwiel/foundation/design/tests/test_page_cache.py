"""A kept page is what the view answered; who is signed in never meets one."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.test import RequestFactory

from vliegwiel.foundation.design import page_cache
from vliegwiel.foundation.design.page_cache import PageCache, kept
from vliegwiel.kernel import clock

STAMP = ["1"]
TEXT = "Bronckhorst telt 36.119 inwoners. " * 40


def stamp() -> str:
    """What the tests watch instead of figures."""
    return STAMP[0]


class Site:
    """A site of one page that counts how often it was made."""

    def __init__(self) -> None:
        self.made = 0
        self.answer = lambda: HttpResponse(f"{TEXT}{self.made}")
        self.cache = PageCache(GZipMiddleware(ConditionalGetMiddleware(kept(self._view))))

    def _view(self, _request: HttpRequest) -> HttpResponse:
        self.made += 1
        return self.answer()

    def get(self, path: str = "/gebieden/GM1876", *, cookies: dict[str, str] | None = None, **headers: str) -> HttpResponse:
        request = RequestFactory().get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        request.COOKIES = cookies or {}
        return self.cache(request)


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.PAGE_CACHE_STAMPS = [f"{__name__}.stamp"]
    settings.PAGE_CACHE_MEGABYTES = 10
    STAMP[0] = "1"
    yield Site()


def test_the_second_reader_gets_the_same_page_without_making_it(site: Site) -> None:
    first, second = site.get(), site.get()
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert site.made == 1


def test_new_figures_another_day_and_other_words_in_the_address_make_the_page_again(site: Site) -> None:
    site.get()
    STAMP[0] = "2"
    site.get()
    assert site.made == 2
    with clock.at(clock.now() + timedelta(days=1)):
        site.get()
    assert site.made == 3
    site.get("/gebieden/GM1876?jaar=2024")
    assert site.made == 4


def test_addresses_that_mean_the_same_share_a_page_and_order_among_equals_counts(site: Site) -> None:
    site.get("/vergelijk?gebied=A&gebied=B&jaar=2024")
    site.get("/vergelijk?jaar=2024&zoek=&gebied=A&gebied=B")
    assert site.made == 1
    site.get("/vergelijk?gebied=B&gebied=A&jaar=2024")
    assert site.made == 2


def test_who_has_a_cookie_or_a_key_never_meets_a_kept_page(site: Site) -> None:
    site.get()
    site.get(cookies={"sessionid": "x"})
    site.get(authorization="Bearer x")
    assert site.made == 3
    site.get()
    assert site.made == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda response: response.set_cookie("a", "b"),
        lambda response: response.headers.setdefault("Vary", "Accept-Language"),
        lambda response: response.headers.setdefault("Cache-Control", "private"),
        lambda response: setattr(response, "status_code", 404),
    ],
)
def test_what_is_of_one_person_or_went_wrong_is_not_kept(site: Site, change: Any) -> None:
    def answer() -> HttpResponse:
        response = HttpResponse(TEXT)
        change(response)
        return response

    site.answer = answer
    site.get()
    site.get()
    assert site.made == 2


def test_a_page_in_another_language_is_another_page_once_there_is_a_choice(site: Site, settings: Any) -> None:
    site.answer = lambda: HttpResponse(TEXT, headers={"Vary": "Accept-Language"})
    settings.LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
    for asked in ("nl", "en", "nl", "en-GB,en;q=0.9", "fy"):
        site.get(accept_language=asked)
    assert site.made == 2


def test_a_view_that_is_not_marked_is_not_kept(site: Site) -> None:
    calls = []
    cache = PageCache(lambda request: calls.append(request) or HttpResponse(TEXT))
    for _reader in range(2):
        cache(RequestFactory().get("/"))
    assert len(calls) == 2


def test_each_reader_gets_the_compression_that_it_reads(site: Site) -> None:
    plain = site.get().content.decode()
    assert gzip.decompress(site.get(accept_encoding="gzip").content).decode()[: len(TEXT)] == plain[: len(TEXT)]
    small = site.get(accept_encoding="gzip, br")
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.content).decode()[: len(TEXT)] == plain[: len(TEXT)]
    assert int(small.headers["Content-Length"]) == len(small.content)
    assert "Accept-Encoding" in small.headers["Vary"]


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_a_reader_who_has_the_page_is_told_so(site: Site, encoding: str) -> None:
    tag = site.get(accept_encoding=encoding).headers["ETag"]
    again = site.get(accept_encoding=encoding, if_none_match=tag)
    assert (again.status_code, again.content, site.made) == (304, b"", 1)


def test_two_processes_share_one_folder(site: Site) -> None:
    site.get()
    other = Site()
    other.get()
    assert (site.made, other.made) == (1, 0)


def test_the_folder_stays_within_its_room_and_forgets_earlier_figures(site: Site, own_home: Path, settings: Any) -> None:
    for number in range(30):
        site.get(f"/gebieden/BU{number}")
    STAMP[0] = "2"
    site.get()
    folders = list((own_home / "cache" / "pages").iterdir())
    assert [folder.name for folder in folders] == [page_cache.current_stamp()]
    size = sum(path.stat().st_size for path in folders[0].iterdir())
    settings.PAGE_CACHE_MEGABYTES = size * 3 / 1_000_000
    for number in range(30):
        site.get(f"/gebieden/BU{number}")
        assert len(list(folders[0].iterdir())) <= 3
