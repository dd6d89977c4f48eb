"""Room of the front desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The front desk: questions of residents, advisers, support cases."""

    name = "vliegwiel.support.desk"
    label = "desk"
