"""Room of the archive."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Files whose term is over: listed, approved by a second person, destroyed or handed over, with a tombstone."""

    name = "vliegwiel.support.archive"
    label = "archive"
