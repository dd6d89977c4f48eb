"""The room of budgets."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """Label = room."""

    name = "vliegwiel.foundation.budgets"
    label = "budgets"
