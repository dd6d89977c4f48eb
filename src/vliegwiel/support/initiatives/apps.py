"""The room of initiatives, meeting places and what volunteers are offered."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.support.initiatives"
    label = "initiatives"
