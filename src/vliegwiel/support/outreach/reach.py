"""The reach list (*bereiklijst*): where pressure stacks up, and whether anybody began or asked something. Made again on every look."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from vliegwiel.kernel import clock
from vliegwiel.see.areas.public import codes_inside
from vliegwiel.see.areas.queries import stamp
from vliegwiel.see.monitor.public import PressedArea, pressed_areas
from vliegwiel.support.desk.public import places_with_enquiries
from vliegwiel.support.initiatives.public import places_with_initiatives
from vliegwiel.support.outreach.lifecycle import OPEN
from vliegwiel.support.outreach.models import OutreachTask

#: How far back one can look, in months.
MONTHS = (6, 12, 24)
#: From how many themes pressure stacks up; with a chosen theme that one is enough.
STACKED = 2


@dataclass(frozen=True)
class Wish:
    """What one wants to see: a municipality (code), a theme (key), how many months back; `everywhere` also where somebody asked."""

    municipality: str = ""
    theme: str = ""
    months: int = 12
    everywhere: bool = False


@dataclass(frozen=True)
class Reach:
    """One neighbourhood of the list: what presses, how many initiatives and questions there are, and the open task, if any."""

    area: PressedArea
    initiatives: int
    enquiries: int
    task: OutreachTask | None

    @property
    def nobody_asked(self) -> bool:
        """Whether there is neither an initiative nor a question."""
        return not self.initiatives and not self.enquiries


def reach_list(province: str, wish: Wish) -> list[Reach]:
    """The neighbourhoods that fit, by municipality and name, in a fixed number of questions to the database."""
    first = months_ago(clock.today(), wish.months)
    since = datetime.combine(first, time(), clock.AMSTERDAM)
    begun = _per_neighbourhood(places_with_initiatives(province, since, wish.theme))
    asked = _per_neighbourhood(places_with_enquiries(province, first, wish.theme))
    tasks = {
        task.area: task for task in OutreachTask.objects.filter(province=province, state__in=[state.value for state in OPEN])
    }
    found = [
        Reach(area, begun.get(area.code, 0), asked.get(area.code, 0), tasks.get(area.code))
        for area in pressed_areas(province)
        if wish.municipality in ("", area.municipality) and _presses(area, wish.theme)
    ]
    return [row for row in found if wish.everywhere or row.nobody_asked]


def reach_of(province: str, code: str) -> PressedArea | None:
    """The neighbourhood with this code, when it is under pressure."""
    return next((area for area in pressed_areas(province) if area.code == code), None)


def months_ago(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month.

    >>> months_ago(date(2026, 3, 31), 1), months_ago(date(2026, 3, 2), 12)
    (datetime.date(2026, 2, 28), datetime.date(2025, 3, 2))
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _presses(area: PressedArea, theme: str) -> bool:
    return theme in area.themes if theme else len(area.themes) >= STACKED


def _per_neighbourhood(counts: Mapping[str, int]) -> dict[str, int]:
    """What lies in a village counts for each of its neighbourhoods; what is only known by municipality for none."""
    found: dict[str, int] = {}
    for code, number in counts.items():
        for part in _inside(stamp(), code):
            found[part] = found.get(part, 0) + number
    return found


@lru_cache(maxsize=4_000)
def _inside(_areas: int, code: str) -> tuple[str, ...]:
    return (code,) if code.startswith("BU") else codes_inside(code)
