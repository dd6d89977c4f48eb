"""Room of confidential casework."""

from django.apps import AppConfig


class ConfidentialConfig(AppConfig):
    """Buildings and groups that need care: a team of its own, each read logged, signals to the right party, nothing kept too long."""

    name = "vliegwiel.support.confidential"
    label = "confidential"
