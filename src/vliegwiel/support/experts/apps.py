"""Room of the expert pool."""

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    """Experts with a free day, and requests that fit them."""

    name = "vliegwiel.support.experts"
    label = "experts"
