"""Budget lines that can be chosen on a day."""

from datetime import date

from vliegwiel.catalogue.instruments import instrument_kinds
from vliegwiel.foundation.budgets.models import BudgetLine
from vliegwiel.kernel.money import Money


def lines_without_ceiling(province: str, on: date) -> list[tuple[str, str, Money]]:
    """Budget lines of grants that need no ceiling and can be used on a day: public id, title and what is free now, by title."""
    return _open_lines(province, on, [kind.key for kind in instrument_kinds().values() if kind.grants and not kind.ceiling])


def lines_of_kind(province: str, kind: str, on: date) -> list[tuple[str, str, Money]]:
    """Budget lines of instruments of one kind that can be used on a day: public id, title and what is free now, by title."""
    return _open_lines(province, on, [kind])


def _open_lines(province: str, on: date, kinds: list[str]) -> list[tuple[str, str, Money]]:
    found = BudgetLine.objects.filter(
        province=province, instrument__kind__in=kinds, starts__lte=on, ends__gte=on, closed_on=None
    ).order_by("title", "pk")
    return [(line.public_id, line.title, Money(line.free)) for line in found]
