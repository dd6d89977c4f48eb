"""The pages above a page (*kruimelpad*), from *Mijn Vliegwiel* down."""

from django.urls import reverse
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.models import BudgetLine, Ceiling, Instrument

Crumbs = list[tuple[str, str]]


def above_budgets() -> Crumbs:
    """Above the tree."""
    return [(_("Mijn Vliegwiel"), reverse("mine"))]


def to_budgets() -> Crumbs:
    """Down to and with the tree."""
    return [*above_budgets(), (_("Budgetten"), reverse("budgets"))]


def to_instrument(instrument: Instrument) -> Crumbs:
    """Down to and with an instrument."""
    return [*to_budgets(), (instrument.title, reverse("instrument", args=[instrument.public_id]))]


def to_post(post: BudgetLine) -> Crumbs:
    """Down to and with a budget line."""
    return [*to_instrument(post.instrument), (post.title, reverse("budget_post", args=[post.public_id]))]


def to_ceiling(ceiling: Ceiling) -> Crumbs:
    """Down to and with a ceiling."""
    return [*to_post(ceiling.line), (ceiling.name, reverse("ceiling", args=[ceiling.public_id]))]
