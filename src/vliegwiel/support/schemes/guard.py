"""The guard of versions: the database itself refuses to change a version of a scheme that was put in force."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vliegwiel.foundation.trail.public import Guard

MESSAGE = "a version of a scheme is never changed"
GUARD = Guard("schemes_refuse", MESSAGE, {"schemes_schemeversion": ("update",)})


def put(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As a step of a migration."""
    GUARD.install(schema_editor.connection)


def take(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The step back."""
    GUARD.remove(schema_editor.connection)
