"""The room of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.api"
    label = "api"
