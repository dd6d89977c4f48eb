"""The room of settlements."""

from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.support.settlements"
    label = "settlements"
