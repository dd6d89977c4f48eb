"""The append-only guard: the database itself refuses to change or delete an entry or a seal.

A counterfoil may go once its entry is in a seal, and not before. SQLite raises in a trigger per row; PostgreSQL raises in a function
that also stands before TRUNCATE. Whoever may change the tables themselves can take the guard away: that is what the seals are for.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("trail_entry", "trail_seal", "trail_sealedentry")
COUNTERFOILS = "trail_counterfoil"
MESSAGE = "the trail is append-only"
_UNSEALED = "NOT EXISTS (SELECT 1 FROM trail_sealedentry WHERE entry_id = OLD.entry_id)"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard on every table of the trail; harmless when repeated. Raises RuntimeError for another database."""
    _run(connection, _statements(connection.vendor))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away: for a migration that goes back, and for emptying a test database."""
    suffix = " ON {table}" if connection.vendor == "postgresql" else ""
    names = ["update", "delete", *(["truncate"] if connection.vendor == "postgresql" else [])]
    _run(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {table}_no_{name}{suffix.format(table=table)}"
            for table in (*TABLES, COUNTERFOILS)
            for name in names
        ],
    )


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act.upper()} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for table in (*TABLES, COUNTERFOILS)
            for act in ("update", "delete")
            for when in [f"WHEN {_UNSEALED} " if (table, act) == (COUNTERFOILS, "delete") else ""]
        ]
    if vendor == "postgresql":
        function = (
            "CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        of_a_sealed_entry = (
            "CREATE OR REPLACE FUNCTION trail_refuse_unsealed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_UNSEALED} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END IF; "
            "RETURN OLD; END $$"
        )
        return [function, of_a_sealed_entry] + [
            f"CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} FOR EACH {each}"
            for table in (*TABLES, COUNTERFOILS)
            for act in ("update", "delete", "truncate")
            for each in [
                "ROW EXECUTE FUNCTION trail_refuse_unsealed()"
                if (table, act) == (COUNTERFOILS, "delete")
                else "STATEMENT EXECUTE FUNCTION trail_refuse()"
            ]
        ]
    message = f"no append-only guard is known for {vendor}"
    raise RuntimeError(message)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
