"""Room of outreach."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Where pressure is high and nobody asked, an adviser goes there; what comes of it changes the list."""

    name = "vliegwiel.support.outreach"
    label = "outreach"
