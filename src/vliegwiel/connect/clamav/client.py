"""A conversation with clamd: the INSTREAM command over TCP or a socket of the machine.

Each piece goes with its length in four bytes, a length of nought ends it; the answer is `stream: OK` or `stream: NAME FOUND`.
"""

import socket
import struct
from dataclasses import dataclass

PIECE = 64 * 1024


class ScannerSilentError(Exception):
    """The scanner gave no answer that means anything: nothing is known about the file."""


@dataclass(frozen=True)
class Scanned:
    """What the scanner found: the name of the virus, or empty for none."""

    virus: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.virus


def scan(address: str, data: bytes, *, timeout: float = 10.0) -> Scanned:
    """Let the scanner at `host:port`, or at the path of a socket, look at these bytes.

    Raises ScannerSilentError when it cannot be reached, stops half-way, or refuses: then the file counts as not scanned.
    """
    try:
        with _connected(address, timeout) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            return _meaning(_answer(line))
    except (OSError, ValueError) as fault:
        raise ScannerSilentError(str(fault)) from fault


def _connected(address: str, timeout: float) -> socket.socket:
    host, _colon, port = address.rpartition(":")
    if not host or "/" in address:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(timeout)
        line.connect(address)
        return line
    return socket.create_connection((host, int(port)), timeout=timeout)


def _answer(line: socket.socket) -> str:
    found = b""
    while not found.endswith(b"\0"):
        piece = line.recv(4096)
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
    raise ScannerSilentError(answer or "no answer")
