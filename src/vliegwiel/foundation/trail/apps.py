"""The room of the trail."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.trail"
    label = "trail"
