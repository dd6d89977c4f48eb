"""The room of village supporters: found, heard, backed and given room."""

from django.apps import AppConfig


class SupportersConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.support.supporters"
    label = "supporters"
