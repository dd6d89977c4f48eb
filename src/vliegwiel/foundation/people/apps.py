"""The room of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.people"
    label = "people"
