"""Everything that the rooms of a grant and what comes after it hold, to show that a refusal changed nothing."""

import hashlib

from django.apps import apps
from django.core import serializers

from vliegwiel.support.grants.tests.snapshot import snapshot as of_grants


def snapshot() -> dict[str, str]:
    """A hash per table, and the number of acts that were done."""
    found = of_grants()
    for model in apps.get_app_config("settlements").get_models():
        rows = serializers.serialize("json", model._default_manager.order_by("pk"))
        found[model._meta.label] = hashlib.sha256(rows.encode()).hexdigest()
    return found
