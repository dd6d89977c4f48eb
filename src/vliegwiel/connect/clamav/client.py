"""A conversation with clamd: the INSTREAM command over TCP or a socket of the machine.

Each piece goes with its length in four bytes, a length of nought ends it; the answer is `stream: OK` or `stream: NAME FOUND`. A file that
is longer than its StreamMaxLength it refuses while we still speak: it answers with an ERROR and closes the line.
"""

import socket
import struct
from contextlib import suppress
from dataclasses import dataclass

PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerSilentError(Exception):
    """The scanner gave no answer that means anything: nothing is known about the file. Ask again later."""


class ScannerRefusedError(Exception):
    """The scanner answers, but will not look at this file, for example because it is too large: asking again does not help."""


@dataclass(frozen=True)
class Scanned:
    """What the scanner found: the name of the virus, or empty for none."""

    virus: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.virus


def scan(address: str, data: bytes, *, timeout: float = 10.0) -> Scanned:
    """Let the scanner at `host:port`, or at the path of a socket, look at these bytes; `timeout` in seconds is for each step.

    Raises ScannerSilentError when it cannot be reached, stops half-way or says nothing that we know, and ScannerRefusedError when it
    will not look at this file.
    """
    try:
        with _connected(address, timeout) as line:
            _send(line, data)
            return _meaning(_answer(line))
    except (OSError, ValueError) as fault:
        raise ScannerSilentError(str(fault)) from fault


def answers(address: str, *, timeout: float = 3.0) -> bool:
    """Whether a scanner listens there and answers."""
    try:
        with _connected(address, timeout) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (OSError, ValueError):
        return False


def _connected(address: str, timeout: float) -> socket.socket:
    host, _colon, port = address.rpartition(":")
    if host and "/" not in address:
        return socket.create_connection((host.strip("[]"), int(port)), timeout=timeout)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(timeout)
    try:
        line.connect(address)
    except BaseException:
        line.close()
        raise
    return line


def _send(line: socket.socket, data: bytes) -> None:
    """Send it in pieces. A scanner that closes while we speak may have said why: that answer is read afterwards."""
    with suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    found = b""
    while not found.endswith(b"\0") and len(found) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        found += piece
    return found.rstrip(b"\0").decode("utf-8", "replace").strip()


def _meaning(answer: str) -> Scanned:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Scanned()
    if said.endswith(" FOUND"):
        return Scanned(said.removesuffix(" FOUND"))
    if said.endswith("ERROR"):
        raise ScannerRefusedError(answer)
    raise ScannerSilentError(answer or "no answer")
