"""Everything that rooms hold, to show that a refusal changed nothing."""

import hashlib

from django.apps import apps
from django.db import connection

from vliegwiel.foundation.trail.models import Entry


def snapshot_of(*rooms: str) -> dict[str, str]:
    """A hash per table of these rooms, and the number of acts that were done."""
    found = {}
    with connection.cursor() as cursor:
        for room in rooms:
            for model in apps.get_app_config(room).get_models(include_auto_created=True):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # the names are our own tables
                found[model._meta.label] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    found["done"] = str(Entry.objects.filter(result="gedaan").count())
    return found
