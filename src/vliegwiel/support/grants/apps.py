"""Room of grants."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Applications and all that follows: assessment, decision, obligations, settlement, objection."""

    name = "vliegwiel.support.grants"
    label = "grants"
