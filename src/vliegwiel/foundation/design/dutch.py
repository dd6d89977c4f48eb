"""Template filters: numbers, amounts and dates the Dutch way."""

from datetime import date, datetime

from django import template

from vliegwiel.kernel import clock
from vliegwiel.kernel.dutch import DAYS, MONTHS
from vliegwiel.kernel.money import Money

register = template.Library()
MINUS = "\u2212"
NBSP = "\u00a0"
_POINTS = str.maketrans(",.", ".,")


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """A number with a decimal comma and points between thousands; the true minus.

    >>> number(1234.56, 1), number(-3, 0), number(None)
    ('1.234,6', '−3', '')
    """
    if value is None:
        return ""
    text = f"{abs(value):,.{int(decimals)}f}".translate(_POINTS)
    shows_zero = not any(letter in "123456789" for letter in text)
    return text if value >= 0 or shows_zero else MINUS + text


@register.filter
def worked(minutes: int | None) -> str:
    """Minutes as people say how long they worked; what is set right can be less than nothing.

    >>> worked(150), worked(60), worked(45), worked(-30), worked(0)
    ('2 uur en 30 minuten', '1 uur', '45 minuten', '−30 minuten', '0 minuten')
    """
    if minutes is None:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours} uur"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {'minuut' if rest == 1 else 'minuten'}")
    return (MINUS if minutes < 0 else "") + " en ".join(parts)


@register.filter
def with_unit(value: float | None, indicator: object) -> str:
    """A value with the unit of its indicator, as one word that does not break.

    Money in thousands reads as euros: 363 with unit × € 1.000 is € 363.000. A unit that the name already says is not said twice:
    *Misdrijven per 1.000 inwoners* is 16.
    """
    unit, decimals = str(getattr(indicator, "unit", "")), int(getattr(indicator, "decimals", 0))
    if value is None:
        return ""
    if unit == "× € 1.000":
        return f"€{NBSP}{number(value * 1000)}"
    if unit == "€":
        return f"€{NBSP}{number(value, decimals)}"
    if unit.startswith("per ") and unit in str(getattr(indicator, "name", "")).lower():
        return number(value, decimals)
    return f"{number(value, decimals)}{NBSP}{unit}" if unit else number(value, decimals)


@register.filter
def unit_in_words(indicator: object) -> str:
    """The unit as a title says it: *in procenten*, *in kilometer*, *in euro*."""
    unit = str(getattr(indicator, "unit", ""))
    return "in " + {"%": "procenten", "km": "kilometer", "× € 1.000": "euro", "ha": "hectare"}.get(unit, unit)


@register.filter
def tick(value: float) -> str:
    """A round value on an axis: as few decimals as it needs.

    >>> tick(2.5), tick(1500.0)
    ('2,5', '1.500')
    """
    text = number(value, 0 if value == round(value) else 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


@register.filter
def day(value: date | datetime | None, style: str = "") -> str:
    """A date in words; with the day of the week for style "week"; the year only when it is not this one.

    >>> day(date(2020, 3, 16), "week")
    'maandag 16 maart 2020'
    """
    if value is None:
        return ""
    when = clock.legal_date(value) if isinstance(value, datetime) else value
    text = f"{when.day} {MONTHS[when.month - 1]}"
    if style == "week":
        text = f"{DAYS[when.weekday()]} {text}"
    return text if when.year == clock.today().year and style != "full" else f"{text} {when.year}"


@register.filter
def euros(amount: Money | None) -> str:
    """An amount in whole euros, for cards and prose; files and decisions show the cents.

    >>> euros(Money(2_545_173)), euros(None)
    ('€\xa025.452', '')
    """
    return "" if amount is None else amount.dutch(cents=False)


@register.filter
def clock_time(moment: datetime, style: str = "") -> str:
    """The time of day in Amsterdam; with seconds for style "seconds".

    >>> clock_time(datetime.fromisoformat("2026-03-31T15:00:01+00:00"), "seconds")
    '17.00.01'
    """
    return f"{moment.astimezone(clock.AMSTERDAM):{'%H.%M.%S' if style else '%H.%M'}}"


@register.filter
def unlocalized(value: float) -> str:
    """A number for SVG: a decimal point, no thousands.

    >>> unlocalized(1234.5), unlocalized(3.0)
    ('1234.5', '3')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
