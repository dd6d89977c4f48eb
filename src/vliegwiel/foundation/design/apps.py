"""The room of design."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.design"
    label = "design"
