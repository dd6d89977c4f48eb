"""Polite reading of the web: only known hosts, only https, with patience, limits and a reason in Dutch when it does not work.

https is waived for a host on this machine itself, so that a fake can stand in; what comes from there is made up (`Web.made_up`).
"""

import email.utils
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid

AGENT = "Vliegwiel (open source, EUPL-1.2; leest open data voor provincies)"
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Answer:
    """What came back: the address it came from in the end, its media type and its bytes."""

    url: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Manners:
    """How we behave: attempts per request, seconds before the first repeat (doubles each time), longest wait, time-outs, limits."""

    attempts: int = 5
    pause: float = 0.5
    longest_pause: float = 60.0
    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    page_bytes: int = 64 * 2**20
    file_bytes: int = 2 * 2**30


class _AgainError(Exception):
    """This attempt failed in a way that may pass; `after` is how long the other side asks us to wait."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Web:
    """Reads pages and files of one counterpart, named `name` in messages, from the hosts of the given addresses."""

    def __init__(
        self,
        name: str,
        addresses: tuple[str, ...],
        manners: Manners | None = None,
        *,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.name = name
        self.manners = manners or Manners()
        self.made_up = any(is_loopback(address) for address in addresses)
        self._places = {_place(address) for address in addresses}
        self._sleep = sleep or time.sleep
        timeout = httpx.Timeout(self.manners.read_seconds, connect=self.manners.connect_seconds)
        self._client = httpx.Client(timeout=timeout, headers={"User-Agent": AGENT}, trust_env=not self.made_up)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of open connections."""
        self._client.close()

    def check(self, url: str) -> str:
        """The address itself, when we may go there. Raises NotValid for another host or an open connection."""
        if _place(url) not in self._places:
            raise NotValid(f"{self.name} verwijst naar een adres dat we niet kennen: {url}", code="unknown-host")
        if urlsplit(url).scheme != "https" and not is_loopback(url):
            raise NotValid(f"{self.name} verwijst naar een adres zonder beveiliging: {url}", code="not-secure")
        return url

    def json(self, url: str, *, media_types: tuple[str, ...] = ("application/json",)) -> Any:
        """Read a JSON document. Raises NotFound, NotNow (later may work) or NotValid (it is not what it should be)."""

        def attempt() -> Any:
            answer = self._read(url, media_types)
            try:
                return json.loads(answer.content)
            except ValueError as error:
                raise _AgainError(f"{url} is geen geldige JSON") from error

        return self._patiently(url, attempt)

    def content(self, url: str, *, media_types: tuple[str, ...]) -> bytes:
        """Read something small that is no JSON, such as a picture. Raises as `json` does."""
        found: bytes = self._patiently(url, lambda: self._read(url, media_types).content)
        return found

    def download(self, url: str, path: Path, *, begins_with: bytes, progress: Callable[[str], None] = lambda _text: None) -> Path:
        """Fetch a file to `path`, going on where an earlier attempt was cut off; it appears there only when it is whole."""
        part = path.with_name(path.name + ".part")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._patiently(url, lambda: self._append(url, part, progress))
        with part.open("rb") as file:
            if file.read(len(begins_with)) != begins_with:
                part.unlink()
                raise NotValid(f"{self.name} gaf een ander bestand dan gevraagd: {url}", code="wrong-content")
        part.replace(path)
        return path

    def _patiently(self, url: str, attempt: Callable[[], Any]) -> Any:
        """Try again after a growing, scattered pause, or after what the other side asks; give up with a message."""
        manners = self.manners
        why = ""
        for count in range(manners.attempts):
            try:
                return attempt()
            except (_AgainError, httpx.TransportError, httpx.DecodingError) as error:
                why = str(error) or type(error).__name__
                after = getattr(error, "after", None)
            if after is not None and after > manners.longest_pause:
                break
            if count + 1 < manners.attempts:
                scatter = random.uniform(0.5, 1.5)  # noqa: S311 - spreads load, guards nothing
                self._sleep(after if after is not None else min(manners.pause * 2**count * scatter, manners.longest_pause))
        raise NotNow(
            f"{self.name} geeft nu geen goed antwoord. Wat al binnen is, blijft bewaard. Probeer het later opnieuw.",
            code="source-unavailable",
            details=(f"{url}: {why}",),
        )

    def _read(self, url: str, media_types: tuple[str, ...]) -> Answer:
        """One attempt to read a page whole."""
        with self._open(url, {"Accept": ", ".join(media_types)}) as (final, response):
            media_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
            if media_type not in media_types:
                raise _AgainError(f"{url} is {media_type or 'van onbekende soort'} in plaats van {media_types[0]}")
            content = bytearray()
            for block in response.iter_bytes():
                content += block
                if len(content) > self.manners.page_bytes:
                    raise NotValid(f"{self.name} gaf een bladzijde die te groot is: {url}", code="too-large")
            return Answer(final, media_type, bytes(content))

    def _append(self, url: str, part: Path, progress: Callable[[str], None]) -> None:
        """One attempt to get the rest of a file."""
        there = part.stat().st_size if part.exists() else 0
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
        with self._open(url, headers, allowed=(416,)) as (_final, response):
            if response.status_code == 416:
                part.unlink()
                raise _AgainError("het deel dat we hadden past niet meer")
            whole = response.status_code != 206
            wanted = int(response.headers.get("Content-Length", 0)) + (0 if whole else there)
            if wanted > self.manners.file_bytes:
                raise NotValid(f"{self.name} heeft een bestand dat te groot is: {url}", code="too-large")
            got = 0 if whole else there
            with part.open("wb" if whole else "ab") as file:
                for block in response.iter_bytes(2**20):
                    got += file.write(block)
                    if got > self.manners.file_bytes:
                        raise NotValid(f"{self.name} heeft een bestand dat te groot is: {url}", code="too-large")
                    progress(f"{got / 2**20:.0f} MB")
            if wanted and got < wanted:
                raise _AgainError(f"{got} van {wanted} bytes ontvangen")

    @contextmanager
    def _open(self, url: str, headers: dict[str, str], allowed: tuple[int, ...] = ()) -> Iterator[tuple[str, httpx.Response]]:
        """Follow redirects to hosts we know and translate refusals of the other side."""
        for _hop in range(5):
            self.check(url)
            with self._client.stream("GET", url, headers=headers) as response:
                code = response.status_code
                if code in _REDIRECTS and "Location" in response.headers:
                    url = urljoin(url, response.headers["Location"])
                    continue
                if code in _TRY_AGAIN:
                    raise _AgainError(f"{url} antwoordt {code}", _retry_after(response))
                if code in (404, 410):
                    raise NotFound(f"{self.name} kent dit niet (meer): {url}")
                if code >= 400 and code not in allowed:
                    raise NotValid(f"{self.name} weigert de vraag ({code}): {url}", code="refused-by-source")
                yield url, response
                return
        raise NotValid(f"{self.name} blijft doorverwijzen: {url}", code="redirect-loop")


@contextmanager
def understood(who: str, what: str) -> Iterator[None]:
    """Raises NotValid when what came back is built otherwise than we know."""
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise NotValid(
            f"{who} gaf iets anders dan we verwachten: {what}", code="wrong-content", details=(repr(error),)
        ) from error


def is_loopback(url: str) -> bool:
    """Whether an address is of this machine itself."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _place(url: str) -> str:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    return f"{parts.hostname}:{port or (443 if parts.scheme == 'https' else 80)}"


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that the other side asks us to wait; the header holds seconds or a moment."""
    text = response.headers.get("Retry-After", "")
    if text.isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - clock.now()).total_seconds(), 0.0)
