"""What someone typed, as a value. Generous in what we take: Dutch dates and amounts in every common way of writing."""

import re
from datetime import date

from vliegwiel.kernel.dutch import MONTHS
from vliegwiel.kernel.money import Money

_AMOUNT = re.compile(r"(?P<euros>\d{1,3}(?:[. \u00a0]\d{3})+|\d+)(?:,(?P<cents>\d{1,2}|-|--|–)?)?", re.ASCII)
_DOT_CENTS = re.compile(r"(?P<euros>\d+)\.(?P<cents>\d{2})", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})\.?[-/. ]+(\d{4})", re.ASCII)
_MOST = 10**12


def amount_of(text: str) -> Money | None:
    """An amount in euros, or None for what is no amount.

    >>> amount_of("€ 6.000").cents, amount_of("6000,5").cents, amount_of("12.50").cents, amount_of("1 250,-").cents
    (600000, 600050, 1250, 125000)
    >>> amount_of("zesduizend") is None, amount_of("-5") is None
    (True, True)
    """
    plain = re.sub(r"^(€|eur|euro)\s*|\s*(€|eur|euro)$", "", text.strip().lower()).strip()
    match = _DOT_CENTS.fullmatch(plain) or _AMOUNT.fullmatch(plain)
    if match is None:
        return None
    euros, cents = int(re.sub(r"\D", "", match["euros"])), (match["cents"] or "").strip("-–")
    found = euros * 100 + int(cents.ljust(2, "0") or 0)
    return Money(found) if found < _MOST else None


def number_of(text: str) -> int | float | None:
    """A number with a decimal comma, or None.

    >>> number_of("12"), number_of("1.200"), number_of("2,5"), number_of("veel")
    (12, 1200, 2.5, None)
    """
    plain = text.strip().replace("\u00a0", " ")
    match = re.fullmatch(r"(-?)(\d{1,3}(?:[. ]\d{3})+|\d{1,15})(?:,(\d{1,6}))?", plain, re.ASCII)
    if match is None:
        return None
    whole = f"{match[1]}{re.sub(r'[. ]', '', match[2])}"
    return float(f"{whole}.{match[3]}") if match[3] else int(whole)


def date_of(text: str) -> date | None:
    """A date as the Dutch write it, or None.

    >>> date_of("16-3-2026"), date_of("16 maart 2026"), date_of("2026-03-16"), date_of("31-2-2026")
    (datetime.date(2026, 3, 16), datetime.date(2026, 3, 16), datetime.date(2026, 3, 16), None)
    """
    plain = text.strip().lower()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain, re.ASCII):
            return date.fromisoformat(plain)
        match = _DAY.fullmatch(plain)
        if match is None:
            return None
        return date(int(match[3]), _month_of(match[2]), int(match[1]))
    except ValueError:
        return None


def _month_of(text: str) -> int:
    """The number of a month by number, name or its first letters; raises ValueError."""
    if text.isdigit():
        return int(text)
    found = [place for place, name in enumerate(MONTHS, 1) if name.startswith(text) or (text == "mrt" and name == "maart")]
    if len(found) != 1:
        message = f"{text!r} is no month"
        raise ValueError(message)
    return found[0]


def as_typed(value: object) -> str:
    """How a value is written back in a field.

    >>> as_typed(Money(600050)), as_typed(date(2026, 3, 16)), as_typed(2.5), as_typed(None)
    ('6.000,50', '16-3-2026', '2,5', '')
    """
    if value is None:
        return ""
    if isinstance(value, Money):
        return value.dutch().replace("€\u00a0", "")
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return str(value)
