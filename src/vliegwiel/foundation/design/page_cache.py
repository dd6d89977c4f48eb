"""Public pages kept as they were answered, until the data, the software or the day changes. All processes share one folder.

A page is kept when its view is marked with `kept`, it is answered with 200 to a GET without cookies or credentials, it sets no
cookie, is not private, and does not vary by anything but compression and language (a request without cookies is the same for
everyone). So a signed-in person never meets the cache. Pages that rest on other data than what `PAGE_CACHE_STAMPS` watches are
not to be marked.
"""

import hashlib
import json
import logging
import os
import shutil
import threading
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from vliegwiel.foundation.design.language import language_of, offers_a_choice
from vliegwiel.kernel import clock

log = logging.getLogger(__name__)
_LARGEST = 8_000_000
_SWEEP_AFTER = 0.1  # share of the room that one process may fill before it looks whether there is too much
_VARIES = {"accept-encoding", "cookie"}
_MARK = "may_be_kept"
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose answer depends only on its address and the data that the stamps watch."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        setattr(response, _MARK, True)
        return response

    setattr(marked, _MARK, True)
    return marked


class PageCache:
    """Middleware: answer from the folder when it can, keep what may be kept. Stands outside compression and conditional requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._written = 0
        self._stamp = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, or ask the view and keep."""
        if (
            not settings.PAGE_CACHE_MEGABYTES
            or request.method != "GET"
            or "HTTP_AUTHORIZATION" in request.META
            or request.COOKIES
        ):
            return self.get_response(request)
        stamp = current_stamp()
        encoding = _encoding(request)
        path = _folder() / stamp / _name_of(request, encoding)
        asked = request.META.get("HTTP_IF_NONE_MATCH", "")
        if (found := _read(path)) is not None:
            return _unless_known(found, asked)
        if not _is_marked(request):
            return self.get_response(request)
        conditions = {name: request.META.pop(name) for name in _CONDITIONS if name in request.META}
        if encoding == "br":
            request.META["HTTP_ACCEPT_ENCODING"] = ""
        response = self.get_response(request)
        if not _may_be_kept(response):
            request.META.update(conditions)
            return _compressed(response) if encoding == "br" else response
        response = _compressed(response) if encoding == "br" else response
        self._keep(path, stamp, response)
        return _unless_known(response, asked)

    def _keep(self, path: Path, stamp: str, response: HttpResponse) -> None:
        headers = {name: value for name, value in response.headers.items() if name not in ("Date", "Content-Length")}
        content = json.dumps(headers).encode() + b"\n" + response.content
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
            fresh.write_bytes(content)
            fresh.replace(path)
            self._written += len(content)
            if self._written > _SWEEP_AFTER * _room() or stamp != self._stamp:
                self._stamp, self._written = stamp, 0
                sweep(stamp)
        except OSError:
            log.warning("page not kept", exc_info=True)


def _is_marked(request: HttpRequest) -> bool:
    """Whether the view of this address is marked `kept`; others see the request as it came."""
    try:
        return getattr(resolve(request.path_info).func, _MARK, False)
    except Resolver404:
        return False


def current_stamp() -> str:
    """Names everything a kept page rests on: the data, the software, the settings that a page shows, and the day."""
    stamps = [str(import_string(name)()) for name in settings.PAGE_CACHE_STAMPS]
    shown = [settings.VLIEGWIEL_PROVINCE, str(settings.VLIEGWIEL_DEMO), clock.today().isoformat()]
    return hashlib.sha256("\n".join([software(), *shown, *stamps]).encode()).hexdigest()[:16]


@cache
def software() -> str:
    """A hash that changes with every file of the program, also while it is being written."""
    root = Path(__file__).resolve().parents[2]
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            about = path.stat()
            found.update(f"{path.relative_to(root)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()


def sweep(stamp: str) -> None:
    """Throw away pages of earlier stamps, and the oldest pages when there are more than fit."""
    for folder in _folder().iterdir():
        if folder.name != stamp:
            shutil.rmtree(folder, ignore_errors=True)
    pages = []
    for path in (_folder() / stamp).iterdir():
        try:
            about = path.stat()
        except FileNotFoundError:
            continue
        pages.append((about.st_mtime, about.st_size, path))
    total = sum(size for _moment, size, _path in pages)
    for _moment, size, path in sorted(pages):
        if total <= _room():
            break
        path.unlink(missing_ok=True)
        total -= size


def forget_all() -> None:
    """Throw away every kept page, for what changes a page without changing the data."""
    shutil.rmtree(_folder(), ignore_errors=True)


def _room() -> float:
    """Bytes that all kept pages together may take."""
    return float(settings.PAGE_CACHE_MEGABYTES * 1_000_000)


def _folder() -> Path:
    return Path(settings.VLIEGWIEL_HOME) / "cache" / "pages"


def _name_of(request: HttpRequest, encoding: str) -> str:
    """One name for addresses that mean the same: parameters in one order, equal ones as they stood, empty ones left out."""
    query = sorted(parse_qsl(request.META.get("QUERY_STRING", "")), key=lambda pair: pair[0])
    accepted = request.headers.get("Accept", "")
    address = f"{request.scheme}://{request.get_host()}{request.path}?{urlencode(query)}"
    return hashlib.sha256(f"{encoding} {language_of(request)} {address} {accepted}".encode()).hexdigest()


def _encoding(request: HttpRequest) -> str:
    accepted = {part.split(";")[0].strip().lower() for part in request.headers.get("Accept-Encoding", "").split(",")}
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _may_be_kept(response: HttpResponse) -> bool:
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}
    private = any(word in response.headers.get("Cache-Control", "") for word in ("private", "no-store", "no-cache"))
    may_vary = _VARIES | {"accept-language"} if offers_a_choice() else _VARIES
    plain = response.status_code == 200 and not response.streaming and not response.cookies and not private
    return plain and getattr(response, _MARK, False) and varies <= may_vary and len(response.content) <= _LARGEST


def _compressed(response: HttpResponse) -> HttpResponse:
    """The same answer in brotli; its tag becomes weak, as the bytes are no longer those it was made of."""
    import brotli
    from django.utils.cache import patch_vary_headers

    if response.streaming or "Content-Encoding" in response.headers or len(response.content) < 200:
        return response
    response.content = brotli.compress(response.content, quality=5)
    response.headers["Content-Encoding"] = "br"
    response.headers["Content-Length"] = str(len(response.content))
    tag = response.headers.get("ETag", "")
    if tag and not tag.startswith("W/"):
        response.headers["ETag"] = f"W/{tag}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _read(path: Path) -> HttpResponse | None:
    try:
        head, _line, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    response = HttpResponse(body)
    for name, value in json.loads(head).items():
        response.headers[name] = value
    response.headers["Content-Length"] = str(len(body))
    return response


def _unless_known(response: HttpResponse, asked: str) -> HttpResponse:
    """304 when the reader already has this answer."""
    tag = response.headers.get("ETag", "").removeprefix("W/")
    if tag and tag in [one.strip().removeprefix("W/") for one in asked.split(",")]:
        known = HttpResponse(status=304)
        for name in ("ETag", "Vary", "Cache-Control", "Expires"):
            if name in response.headers:
                known.headers[name] = response.headers[name]
        return known
    return response
