"""Room of objections."""

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    """Objections from letter to new decision, and what a late decision costs."""

    name = "vliegwiel.support.objections"
    label = "objections"
