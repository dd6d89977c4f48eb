"""Tables that the database itself refuses to change: one guard for what is append-only and for what is fixed once issued.

SQLite raises in a trigger per row; PostgreSQL raises in a function, which can also stand before TRUNCATE.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """What is refused: the acts (`update`, `delete`, `truncate`) per table, in these words. `name` is the function of PostgreSQL."""

    name: str
    message: str
    tables: Mapping[str, tuple[str, ...]]

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Put the guard on the tables; harmless when repeated. Raises RuntimeError for another database."""
        with connection.cursor() as cursor:
            for statement in self._statements(connection.vendor):
                cursor.execute(statement)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take the guard away: for a migration that goes back, and for emptying a test database."""
        with connection.cursor() as cursor:
            for table, acts in self.tables.items():
                for act in acts:
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")

    def _statements(self, vendor: str) -> list[str]:
        each = [(table, act) for table, acts in self.tables.items() for act in acts]
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
                for table, act in each
                if act != "truncate"
            ]
        if vendor == "postgresql":
            return [
                f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'restrict_violation'; END $$",
                *(
                    f"CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {self.name}()"
                    for table, act in each
                ),
            ]
        message = f"no guard of tables is known for {vendor}"
        raise RuntimeError(message)
