"""The room of the subsidy register."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.support.register"
    label = "register"
