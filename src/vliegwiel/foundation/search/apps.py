"""The room of search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.search"
    label = "search"
