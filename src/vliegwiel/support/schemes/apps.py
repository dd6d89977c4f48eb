"""The room of schemes."""

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.support.schemes"
    label = "schemes"
