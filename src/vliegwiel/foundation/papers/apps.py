"""The room of papers."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.papers"
    label = "papers"

    def ready(self) -> None:
        """Register the system check."""
        from vliegwiel.foundation.papers import checks  # noqa: F401 - importing it registers the check
