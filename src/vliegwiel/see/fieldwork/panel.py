"""How a panel stands: how many members, and how they come and go. Groups of fewer than ten stay hidden."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from vliegwiel.kernel import clock
from vliegwiel.see.fieldwork.actions.keep_panel import AGE_GROUPS
from vliegwiel.see.fieldwork.models import Panel
from vliegwiel.see.fieldwork.rules import SMALLEST_GROUP


@dataclass(frozen=True)
class Standing:
    """How many members there are, may be asked now and left (*uitval*), and how many of each age; None for fewer than ten."""

    members: int
    free: int
    joined: int
    left: int
    ages: Sequence[tuple[str, int | None]]

    @property
    def attrition(self) -> float | None:
        """How many in a hundred of all who ever joined left again."""
        return 100 * self.left / self.joined if self.joined else None


def panels_of(province: str) -> QuerySet[Panel]:
    """All panels of a province with how many members they have."""
    return Panel.objects.filter(province=province).annotate(size=Count("members")).order_by("title")


def standing_of(panel: Panel) -> Standing:
    """As it is today."""
    rows = list(panel.members.values_list("age_group", "asked_year", "asked_times"))
    year = clock.today().year
    free = sum(asked_year != year or times < panel.most_per_year for _age, asked_year, times in rows)
    ages = Counter(age for age, _year, _times in rows)
    told = [(age, ages[age] if ages[age] >= SMALLEST_GROUP or not ages[age] else None) for age in AGE_GROUPS]
    return Standing(len(rows), free, panel.joined, panel.left, told)
