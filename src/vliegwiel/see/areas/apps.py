"""The room of areas."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.see.areas"
    label = "areas"
