"""The append-only guard of the ledger: the database itself refuses to change or delete an entry or an announced ceiling.

The reason of an entry in words may be destroyed at the end of its term, and never changed. SQLite raises in a trigger per row;
PostgreSQL raises in a function that also stands before TRUNCATE.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = {
    "budgets_entry": ("update", "delete", "truncate"),
    "budgets_ceilingversion": ("update", "delete", "truncate"),
    "budgets_entryreason": ("update",),
}
MESSAGE = "the ledger is append-only"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard on the tables; harmless when repeated. Raises RuntimeError for another database."""
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for table, acts in TABLES.items()
            for act in acts
            if act != "truncate"
        ]
    elif connection.vendor == "postgresql":
        statements = [
            "CREATE OR REPLACE FUNCTION budgets_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
            *(
                f"CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse()"
                for table, acts in TABLES.items()
                for act in acts
            ),
        ]
    else:
        message = f"no append-only guard is known for {connection.vendor}"
        raise RuntimeError(message)
    _run(connection, statements)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away: for a migration that goes back, and for emptying a test database."""
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    _run(
        connection,
        [f"DROP TRIGGER IF EXISTS {table}_no_{act}{on.format(table=table)}" for table, acts in TABLES.items() for act in acts],
    )


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
