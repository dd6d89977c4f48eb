"""Room of direct grants."""

from django.apps import AppConfig


class DirectGrantsConfig(AppConfig):
    """Grants that rest on no scheme: their ground, recurring ones with their notice, and the yearly report."""

    name = "vliegwiel.support.direct_grants"
    label = "direct_grants"
