"""The table of costs of a report as it comes from a form."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import amount_of
from vliegwiel.support.settlements.actions.send_report import Costs


def costs_in(form: QueryDict, rows: int) -> tuple[Costs, dict[str, str]]:
    """The costs that were typed, per row of the plan, with what is no amount per field."""
    wrong: dict[str, str] = {}

    def cents(name: str) -> int | None:
        text = form.get(name, "").strip()
        if not text:
            return None
        found = amount_of(text)
        if found is None:
            wrong[name] = _("Dit is geen bedrag. Schrijf het zo: 1.250 of 1.250,50.")
        return found.cents if found else None

    actual = tuple(cents(f"post-{place}") for place in range(1, rows + 1))
    return Costs(actual, cents("samen"), cents("anderen") or 0), wrong
