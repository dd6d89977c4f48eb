"""The guard of letters: the database itself refuses to change a letter that was issued.

Destroying one at the end of its retention term is an act of its own and stays possible.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vliegwiel.foundation.trail.public import Guard

MESSAGE = "a letter that was issued is never changed"
GUARD = Guard("papers_refuse", MESSAGE, {"papers_letter": ("update",)})


def put(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As a step of a migration."""
    GUARD.install(schema_editor.connection)


def take(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The step back."""
    GUARD.remove(schema_editor.connection)
