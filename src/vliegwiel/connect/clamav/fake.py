"""A clamd for tests and demos: speaks INSTREAM and PING, knows one test virus, can be silent, and refuses what is too long."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Part of the harmless file that every scanner calls a virus (EICAR); written apart so that this source is not called one.
TEST_VIRUS = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
#: Ways to be silent: close the line without a word, close it in the middle of an answer, or never answer at all.
CLOSES, BREAKS, HANGS = "closes", "breaks", "hangs"


class _Clamd:
    """What both kinds of line share. `silent` is empty or one of the ways; `longest` is its StreamMaxLength in bytes."""

    silent: str
    longest: int
    stopped: threading.Event


class _OverTcp(_Clamd, socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _OverSocket(_Clamd, socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class _Line(socketserver.StreamRequestHandler):
    server: _Clamd  # type: ignore[assignment]  # one of the two servers above

    def handle(self) -> None:
        if self.server.silent == CLOSES:
            return
        command = self._command()
        if self.server.silent == HANGS:
            self.server.stopped.wait(30)
        elif command == b"PING":
            self.wfile.write(b"PONG\0")
        elif command == b"INSTREAM":
            answer = self._scanned()
            self.wfile.write(answer[:9] if self.server.silent == BREAKS else answer + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _command(self) -> bytes:
        found = b""
        while not found.endswith(b"\0") and len(found) < 32:
            letter = self.rfile.read(1)
            if not letter:
                break
            found += letter
        return found.rstrip(b"\0").removeprefix(b"z")

    def _scanned(self) -> bytes:
        data = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            if len(data) + length > self.server.longest:  # the real one answers before the file is in, and closes
                return b"INSTREAM size limit exceeded. ERROR"
            data += self.rfile.read(length)
        return b"stream: Eicar-Test-Signature FOUND" if TEST_VIRUS in data else b"stream: OK"


@contextmanager
def running(*, silent: str = "", longest: int = 25 * 1024 * 1024, path: Path | None = None) -> Iterator[str]:
    """The address of a scanner that listens within the block: on a free port of this machine, or at the path of a socket."""
    server: _OverTcp | _OverSocket = _OverSocket(str(path), _Line) if path else _OverTcp(("127.0.0.1", 0), _Line)
    server.silent, server.longest, server.stopped = silent, longest, threading.Event()
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield str(path) if path else f"127.0.0.1:{server.socket.getsockname()[1]}"
        server.stopped.set()
        server.shutdown()
        thread.join()


@contextmanager
def refusing_port() -> Iterator[str]:
    """An address of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"
