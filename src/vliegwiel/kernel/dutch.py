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


def significant(value: float, digits: int = 10) -> str:
    """A number as precise as it is, with at most so many digits, a comma before the fraction and dots between thousands.

    >>> significant(2e7), significant(-12.5), significant(15.966387, digits=6)
    ('20.000.000', '-12,5', '15,9664')
    """
    return f"{value:,.{digits}g}".translate(str.maketrans(",.", ".,"))
