"""The room of the monitor."""

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.see.monitor"
    label = "monitor"
