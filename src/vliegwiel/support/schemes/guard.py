"""The guard of versions: the database itself refuses to change a version of a scheme that was put in force."""

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "schemes_schemeversion"
MESSAGE = "a version of a scheme is never changed"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard on the table; harmless when repeated. Raises RuntimeError for another database."""
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_update BEFORE UPDATE ON {_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        ]
    elif connection.vendor == "postgresql":
        statements = [
            "CREATE OR REPLACE FUNCTION schemes_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
            f"CREATE OR REPLACE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION schemes_refuse()",
        ]
    else:
        message = f"no guard of schemes is known for {connection.vendor}"
        raise RuntimeError(message)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away: for a migration that goes back."""
    suffix = f" ON {_TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_no_update{suffix}")
