"""The room of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.jobs"
    label = "jobs"
