"""A database of its own for a process that commits for real: a file, or one more on the server that the tests use."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def own_database(home: Path) -> Iterator[dict[str, str]]:
    """The environment of such a process; its files lie in this folder and its database is thrown away afterwards. It begins as a copy of
    the empty tables of the tests, so that they are not made once more."""
    environment = {**os.environ, "VLIEGWIEL_HOME": str(home)}
    url = environment.get("DATABASE_URL")
    if not url:
        _copy_tables(home / "db.sqlite3")
        yield environment
        return
    import psycopg

    name = f"at_once_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE {name} TEMPLATE "{_kept_name()}"'.encode())
        try:
            yield {**environment, "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def kept_tables() -> Iterator[None]:
    """On a server, a copy of the empty tables that nobody is connected to: only such a database can be copied again."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield
        return
    import psycopg
    from django.db import connection

    connection.close()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{_kept_name()}"'.encode())  # of a run that was broken off
        server.execute(f'CREATE DATABASE "{_kept_name()}" TEMPLATE "{connection.settings_dict["NAME"]}"'.encode())
    yield
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{_kept_name()}"'.encode())


def _kept_name() -> str:
    from django.db import connection

    return f"kept_{connection.settings_dict['NAME']}"


def _copy_tables(path: Path) -> None:
    """With their guards, which a test that emptied the tables took away, and the few rows that stand in them from the start."""
    from django.db import connection

    from vliegwiel.foundation.budgets import guard as of_the_ledger
    from vliegwiel.foundation.trail import guard as of_the_trail

    for guard in (of_the_trail, of_the_ledger):
        guard.install(connection)
    with connection.cursor() as here, closing(sqlite3.connect(path)) as there:
        here.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%%' ORDER BY type = 'trigger', rowid")
        for kind, name, made in here.fetchall():
            there.execute(made)
            rows = here.execute(f'SELECT * FROM "{name}"').fetchall() if kind == "table" else []  # the names are our own tables
            if rows:
                there.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
        there.commit()
