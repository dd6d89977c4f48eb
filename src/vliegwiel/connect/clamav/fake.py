"""A clamd for tests and demos: speaks INSTREAM and PING, knows one test virus, can be silent, and refuses what is too long."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: Part of the harmless file that every scanner calls a virus (EICAR); written apart so that this source is not called one.
TEST_VIRUS = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"


class FakeClamd(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine. `silent` closes each line without a word; `longest` is its StreamMaxLength in bytes."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, silent: bool = False, longest: int = 25 * 1024 * 1024) -> None:
        self.silent, self.longest = silent, longest
        super().__init__(("127.0.0.1", 0), _Line)

    @property
    def address(self) -> str:
        """Where it listens, as host:port."""
        host, port = self.server_address[:2]
        return f"{host!s}:{port}"


class _Line(socketserver.StreamRequestHandler):
    server: FakeClamd

    def handle(self) -> None:
        if self.server.silent:
            return
        command = self._command()
        if command == b"PING":
            self.wfile.write(b"PONG\0")
        elif command == b"INSTREAM":
            self.wfile.write(self._scanned() + b"\0")
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
            data += self.rfile.read(length)
            if len(data) > self.server.longest:
                return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if TEST_VIRUS in data else b"stream: OK"


@contextmanager
def running(*, silent: bool = False, longest: int = 25 * 1024 * 1024) -> Iterator[FakeClamd]:
    """A scanner that listens within the block."""
    with FakeClamd(silent=silent, longest=longest) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
