"""A map reads its tiles by range, and an answer that is kept is never asked twice."""

from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from vliegwiel.foundation.design.ranged import ranged

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tiles.pmtiles"
    path.write_bytes(CONTENT)
    return path


def _ask(file: Path, **headers: str) -> HttpResponseBase:
    request = RequestFactory().get("/", headers={name.replace("_", "-"): value for name, value in headers.items()})
    return ranged(request, file, etag="abc", content_type="application/vnd.pmtiles")


def _body(response: HttpResponseBase) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    for closer in response._resource_closers:
        closer()
    return content


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-126", 0, 127), ("bytes=1000-", 1000, 1024), ("bytes=-24", 1000, 1024), ("bytes=5-9999", 5, 1024)],
)
def test_a_range_gives_exactly_those_bytes(file: Path, asked: str, start: int, end: int) -> None:
    response = _ask(file, range=asked)
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/1024"
    assert _body(response) == CONTENT[start:end]


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=9-3", "bytes=-0"])
def test_a_range_outside_the_file_is_refused_with_its_size(file: Path, asked: str) -> None:
    response = _ask(file, range=asked)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize("asked", ["", "bytes=0-1,5-6", "lines=1-2", "bytes=-"])
def test_what_is_no_single_range_gives_the_whole_file(file: Path, asked: str) -> None:
    response = _ask(file, range=asked)
    assert response.status_code == 200
    assert _body(response) == CONTENT


def test_a_reader_who_has_the_file_is_told_so(file: Path) -> None:
    response = _ask(file, if_none_match='"abc"')
    assert response.status_code == 304
    assert _body(response) == b""


def test_a_range_of_an_older_file_gives_the_new_file_whole(file: Path) -> None:
    assert _ask(file, range="bytes=0-9", if_range='"abc"').status_code == 206
    older = _ask(file, range="bytes=0-9", if_range='"old"')
    assert older.status_code == 200
    assert _body(older) == CONTENT


def test_it_is_never_compressed_on_the_way(file: Path) -> None:
    from django.middleware.gzip import GZipMiddleware

    request = RequestFactory().get("/", headers={"accept-encoding": "gzip", "range": "bytes=0-999"})
    response = GZipMiddleware(lambda one: ranged(one, file, etag="abc", content_type="x/y"))(request)
    assert len(response.content) == 1000
    assert response.headers["ETag"] == '"abc"'
