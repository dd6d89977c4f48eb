"""Room of facilities."""

from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    """Register of facilities, roads, how far it is, what if one closes, which ones to keep."""

    name = "vliegwiel.see.facilities"
    label = "facilities"
