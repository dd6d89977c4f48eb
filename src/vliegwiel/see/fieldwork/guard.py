"""The guard of versions: the database itself refuses to change a questionnaire that was in the field."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vliegwiel.foundation.trail.public import Guard

MESSAGE = "a questionnaire that was in the field is never changed"
GUARD = Guard("fieldwork_refuse", MESSAGE, {"fieldwork_questionnaireversion": ("update",)})


def put(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As a step of a migration."""
    GUARD.install(schema_editor.connection)


def take(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The step back."""
    GUARD.remove(schema_editor.connection)
