"""Months and days, from January and from Monday, and numbers, as the Dutch write them."""

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def number(value: float, digits: int = 10) -> str:
    """A number with at most so many digits, a comma before the fraction and dots between thousands.

    >>> number(2e7), number(-12.5), number(15.966387, digits=6)
    ('20.000.000', '-12,5', '15,9664')
    """
    return f"{value:,.{digits}g}".translate(str.maketrans(",.", ".,"))
