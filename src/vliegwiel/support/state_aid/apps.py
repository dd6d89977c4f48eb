"""The room of state aid."""

from django.apps import AppConfig


class StateAidConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.support.state_aid"
    label = "state_aid"
