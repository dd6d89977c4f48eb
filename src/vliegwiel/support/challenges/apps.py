"""Room of the Right to Challenge."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """Residents who want to do a public task themselves, and what the authority answers."""

    name = "vliegwiel.support.challenges"
    label = "challenges"
