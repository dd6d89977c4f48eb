"""Room of other funders."""

from django.apps import AppConfig


class FundersConfig(AppConfig):
    """Funders other than the province: the agreement, shared plans, decisions that come in, and what is reconciled."""

    name = "vliegwiel.support.funders"
    label = "funders"
