"""The room of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.see.figures"
    label = "figures"
