"""A mail server for tests: speaks enough SMTP (RFC 5321) to take messages, can refuse a recipient, and keeps what it took in order."""

import socketserver
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message


@dataclass(frozen=True)
class Taken:
    """A message that was taken over: the envelope, and the bytes as they came."""

    sender: str
    recipient: str
    data: bytes

    @property
    def message(self) -> Message:
        """Its headers and body."""
        return message_from_bytes(self.data)

    @property
    def message_id(self) -> str:
        """The Message-ID it came under."""
        return str(self.message["Message-ID"])


class FakeMailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine; `refuses` are addresses for which it takes no mail."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, refuses: Collection[str] = ()) -> None:
        self.refuses, self.taken = frozenset(refuses), list[Taken]()
        super().__init__(("127.0.0.1", 0), _Line)

    @property
    def address(self) -> str:
        """Where it listens, as the address that the settings want."""
        return f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"


class _Line(socketserver.StreamRequestHandler):
    server: FakeMailServer

    def handle(self) -> None:
        self._say("220 mail.invalid")
        sender, recipients = "", list[str]()
        while line := self.rfile.readline():
            words = line.decode("utf-8", "replace").strip()
            command = words[:4].upper()
            if command in ("EHLO", "HELO"):
                self._say("250 mail.invalid")
            elif command == "MAIL":
                sender, recipients = _address(words), []
                self._say("250 ok")
            elif command == "RCPT":
                self._recipient(_address(words), recipients)
            elif command == "DATA" and recipients:
                self._say("354 go on")
                data = self._data()
                if data is None:  # the other side is gone before the end: then nothing was taken
                    return
                self.server.taken += [Taken(sender, recipient, data) for recipient in recipients]
                self._say("250 taken")
            elif command in ("RSET", "NOOP"):
                self._say("250 ok")
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("503 not now")

    def _recipient(self, address: str, recipients: list[str]) -> None:
        if address in self.server.refuses:
            self._say("550 nobody here with that name")
            return
        recipients.append(address)
        self._say("250 ok")

    def _data(self) -> bytes | None:
        found = b""
        while line := self.rfile.readline():
            if line == b".\r\n":
                return found
            found += line[1:] if line.startswith(b"..") else line
        return None

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


def _address(words: str) -> str:
    return words.partition("<")[2].partition(">")[0]


@contextmanager
def running(*, refuses: Collection[str] = ()) -> Iterator[FakeMailServer]:
    """A mail server that listens within the block."""
    with FakeMailServer(refuses) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
