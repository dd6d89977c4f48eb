"""A database that had no turn for us in time."""

import sqlite3

_SQLITE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
#: Of PostgreSQL: two changes that cannot both stand, a deadlock, a lock that did not come, no connection left.
_POSTGRESQL = ("40001", "40P01", "55P03", "53300")


def is_busy(fault: BaseException | None) -> bool:
    """Whether a fault of Django's database says that others kept it too long. The transaction that met it changed nothing, so the same
    can be asked again.

    >>> is_busy(ValueError("database is locked"))
    False
    """
    cause = fault.__cause__ if fault is not None else None
    code = getattr(cause, "sqlite_errorcode", None)
    waited = isinstance(code, int) and code & 0xFF in _SQLITE
    return waited or getattr(cause, "sqlstate", None) in _POSTGRESQL
