"""How many pages a second a running site answers: `python -m tests.load http://127.0.0.1:8000 /gebieden/GM1876 --seconds 10`.

Only for a site on this machine. Counts answers that are not 200 or 304 as errors, and prints the median and the slowest of a hundred.
"""

import argparse
import http.client
import json
import sys
import threading
import time
from urllib.parse import urlsplit

LOCAL = {"127.0.0.1", "localhost", "::1"}


def ask(host: str, port: int, paths: list[str], until: float, encoding: str, found: list[tuple[int, float]]) -> None:
    """Ask the pages one after another over one connection until the time is over."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    turn = 0
    while time.monotonic() < until:
        started = time.monotonic()
        try:
            connection.request("GET", paths[turn % len(paths)], headers={"Accept-Encoding": encoding})
            answer = connection.getresponse()
            answer.read()
            found.append((answer.status, time.monotonic() - started))
        except OSError:
            found.append((0, time.monotonic() - started))
            connection.close()
        turn += 1
    connection.close()


def main(arguments: list[str]) -> int:
    """Print one JSON line; the exit code is 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--encoding", default="gzip")
    options = parser.parse_args(arguments)
    address = urlsplit(options.site)
    if address.hostname not in LOCAL or options.seconds > 60 or options.readers > 16:
        parser.error("only a site on this machine, at most a minute and sixteen readers")
    found: list[tuple[int, float]] = []
    until = time.monotonic() + options.seconds
    threads = [
        threading.Thread(target=ask, args=(address.hostname, address.port or 80, options.paths, until, options.encoding, found))
        for _reader in range(options.readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(seconds for _status, seconds in found)
    errors = sum(status not in (200, 304) for status, _seconds in found)
    row = {
        "pages": len(found),
        "per_second": round(len(found) / options.seconds, 1),
        "errors": errors,
        "median_ms": round(1000 * times[len(times) // 2], 1),
        "p99_ms": round(1000 * times[int(len(times) * 0.99)], 1),
    }
    print(json.dumps(row))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
