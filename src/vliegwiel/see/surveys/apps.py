"""Room of surveys."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Waves of surveys: in, checked, weighted, estimated, reviewed and published."""

    name = "vliegwiel.see.surveys"
    label = "surveys"
