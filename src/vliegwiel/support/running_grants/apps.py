"""Room of running grants."""

from django.apps import AppConfig


class RunningGrantsConfig(AppConfig):
    """Grants that were given before this installation was there, taken over from a spreadsheet."""

    name = "vliegwiel.support.running_grants"
    label = "running_grants"
