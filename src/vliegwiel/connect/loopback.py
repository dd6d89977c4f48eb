"""A server on this machine that stands in for one outside, and breaks down on request."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Fault(Enum):
    """What can go wrong with one answer."""

    CUT = "the connection is cut half way the answer"
    TRUNCATED = "half the answer, as if it were whole"
    BROKEN = "500"
    BUSY = "429 with Retry-After"
    SLOW = "the answer comes too late"
    MALFORMED = "no JSON under that name"
    WEB_PAGE = "a web page where JSON was asked"


@dataclass(frozen=True)
class Request:
    """What was asked: the path without host, the query as lists by name, and the headers."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]

    def one(self, name: str, otherwise: str = "") -> str:
        """The first value of a query parameter."""
        return self.query.get(name, [otherwise])[0]


@dataclass(frozen=True)
class Reply:
    """What is answered: content, media type, code and further headers."""

    content: bytes
    media_type: str = "application/json"
    code: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any, media_type: str = "application/json", code: int = 200) -> "Reply":
        """A JSON document."""
        return cls(json.dumps(document, ensure_ascii=False).encode(), media_type, code)


class Site:
    """The running stand-in: its address, what it was asked, and which faults it still has to make (None = a good answer)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[str] = []
        self.user_agents: set[str] = set()
        self.faults: list[Fault | None] = []
        self.retry_after = "1"
        self.slow_seconds = 1.0

    def next_fault(self) -> Fault | None:
        """The fault of this answer."""
        return self.faults.pop(0) if self.faults else None


@contextmanager
def serve(answer: Callable[[Site, Request], Reply]) -> Iterator[Site]:
    """Answer requests on a free port of this machine within the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # headers and content in one packet; in two, each answer waits 40 ms

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            site.asked.append(self.path)
            site.user_agents.add(self.headers.get("User-Agent", ""))
            request = Request(parts.path, parse_qs(parts.query, keep_blank_values=True), dict(self.headers))
            self._send(_spoiled(site, answer(site, request), fault := site.next_fault()), fault)

        def _send(self, reply: Reply, fault: Fault | None) -> None:
            self.send_response(reply.code)
            self.send_header("Content-Type", reply.media_type)
            self.send_header("Content-Length", str(len(reply.content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if fault is Fault.CUT:
                self.wfile.write(reply.content[: len(reply.content) // 2])
                self.close_connection = True
            else:
                self.wfile.write(reply.content)

        def log_message(self, *_details: object) -> None:
            """A stand-in is silent; `asked` says what it was asked."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_details: object) -> None:
            """A reader that gives up (too slow) is part of the play."""

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _spoiled(site: Site, reply: Reply, fault: Fault | None) -> Reply:
    match fault:
        case Fault.BROKEN:
            return Reply(b'{"error":"made to break"}', code=500)
        case Fault.BUSY:
            return Reply(b"", "text/plain", 429, {"Retry-After": site.retry_after})
        case Fault.SLOW:
            time.sleep(site.slow_seconds)
            return reply
        case Fault.MALFORMED:
            return Reply(reply.content.replace(b":", b"=", 1), reply.media_type, reply.code, reply.headers)
        case Fault.TRUNCATED:
            return Reply(reply.content[: len(reply.content) // 2], reply.media_type, reply.code, reply.headers)
        case Fault.WEB_PAGE:
            return Reply(b"<!doctype html><title>Onderhoud</title>", "text/html; charset=utf-8")
    return reply
