"""Days on which no term ends: Saturdays, Sundays, generally recognised holidays (Algemene termijnenwet, article 3)."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

#: Days equated by royal decree (*gelijkgestelde dagen*, article 3(3)); they are data of the catalogue and handed in.
Equated = Collection[date]
_SATURDAY = 5


@cache
def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876, as in Meeus, *Astronomical Algorithms*, chapter 8)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


@cache
def generally_recognised(year: int) -> frozenset[date]:
    """The holidays of article 3(1) and Good Friday of 3(2): New Year, Easter and Whit Monday, both Christmas days, Ascension Day,
    the day the King's birthday is celebrated, and 5 May, every year.

    The celebration is on 27 April (30 April until 2013), a day earlier when that is a Sunday.

    >>> date(2026, 4, 27) in generally_recognised(2026), date(2025, 4, 26) in generally_recognised(2025)
    (True, True)
    """
    sunday = easter(year)
    royal = date(year, 4, 27 if year >= 2014 else 30)
    royal -= timedelta(days=royal.weekday() == 6)
    movable = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    return frozenset(movable | {date(year, 1, 1), royal, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)})


def is_ordinary_day(day: date, equated: Equated = ()) -> bool:
    """Whether a term can end on this day: no Saturday, Sunday, holiday or equated day."""
    return day.weekday() < _SATURDAY and day not in generally_recognised(day.year) and day not in equated


def after_ordinary_days(day: date, count: int, equated: Equated = ()) -> date:
    """The day that is so many working days (*werkdagen*) after this one; the day itself does not count.

    >>> after_ordinary_days(date(2026, 4, 24), 10)  # King's Day and 5 May are no working days
    datetime.date(2026, 5, 12)
    """
    while count > 0:
        day += timedelta(days=1)
        count -= is_ordinary_day(day, equated)
    return day


def next_ordinary_day(day: date, equated: Equated = ()) -> date:
    """The day itself when it is ordinary, otherwise the first ordinary day after it."""
    while not is_ordinary_day(day, equated):
        day += timedelta(days=1)
    return day
