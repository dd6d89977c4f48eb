"""The room of consents."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.support.consents"
    label = "consents"
