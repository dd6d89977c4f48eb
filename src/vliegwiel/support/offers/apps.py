"""Room of offers of help."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """In a crisis one offer goes to all municipalities; their answers are counted."""

    name = "vliegwiel.support.offers"
    label = "offers"
