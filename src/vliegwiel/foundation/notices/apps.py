"""The room of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.notices"
    label = "notices"
