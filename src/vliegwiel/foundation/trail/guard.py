"""The append-only guard: the database itself refuses to change or delete an entry or a seal.

A counterfoil may go once its entry is in a seal, and not before. Whoever may change the tables themselves can take the guard away: that
is what the seals are for.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vliegwiel.foundation.trail.guarding import Guard

TABLES = ("trail_entry", "trail_seal", "trail_sealedentry")
COUNTERFOILS = "trail_counterfoil"
MESSAGE = "the trail is append-only"
GUARD = Guard(
    "trail_refuse", MESSAGE, {**dict.fromkeys(TABLES, ("update", "delete", "truncate")), COUNTERFOILS: ("update", "truncate")}
)
_UNSEALED = "NOT EXISTS (SELECT 1 FROM trail_sealedentry WHERE entry_id = OLD.entry_id)"
_UNSEALED_COUNTERFOILS = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {COUNTERFOILS}_no_delete BEFORE DELETE ON {COUNTERFOILS} WHEN {_UNSEALED} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION trail_refuse_unsealed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_UNSEALED} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$",
        f"CREATE OR REPLACE TRIGGER {COUNTERFOILS}_no_delete BEFORE DELETE ON {COUNTERFOILS} "
        "FOR EACH ROW EXECUTE FUNCTION trail_refuse_unsealed()",
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard on every table of the trail; harmless when repeated. Raises RuntimeError for another database."""
    GUARD.install(connection)
    with connection.cursor() as cursor:
        for statement in _UNSEALED_COUNTERFOILS[connection.vendor]:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away: for a migration that goes back, and for emptying a test database."""
    GUARD.remove(connection)
    Guard("", "", {COUNTERFOILS: ("delete",)}).remove(connection)


def put(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As a step of a migration."""
    install(schema_editor.connection)


def take(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The step back."""
    remove(schema_editor.connection)
