"""A database of its own for a process that commits for real: a file, or one more on the server that the tests use."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def own_database(home: Path) -> Iterator[dict[str, str]]:
    """The environment of such a process; its files lie in this folder and its database is thrown away afterwards."""
    environment = {**os.environ, "VLIEGWIEL_HOME": str(home)}
    url = environment.get("DATABASE_URL")
    if not url:
        yield environment
        return
    import psycopg

    name = f"at_once_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield {**environment, "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
