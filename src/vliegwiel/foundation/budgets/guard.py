"""The append-only guard of the ledger: the database itself refuses to change or delete an entry or an announced ceiling.

The reason of an entry in words may be destroyed at the end of its term, and never changed.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vliegwiel.foundation.trail.public import Guard

MESSAGE = "the ledger is append-only"
TABLES = {
    "budgets_entry": ("update", "delete", "truncate"),
    "budgets_ceilingversion": ("update", "delete", "truncate"),
    "budgets_entryreason": ("update",),
}
GUARD = Guard("budgets_refuse", MESSAGE, TABLES)
install, remove = GUARD.install, GUARD.remove


def put(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As a step of a migration."""
    GUARD.install(schema_editor.connection)


def take(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The step back."""
    GUARD.remove(schema_editor.connection)
