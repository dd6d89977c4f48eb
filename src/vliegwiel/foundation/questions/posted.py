"""Days, amounts and numbers as they come from a small form of an officer: read strictly, told in the same words everywhere."""

import re
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.typed import amount_of, date_of
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

_HOURS = re.compile(r"(\d{1,2})(?:[:.,](\d{1,2}))?")


def day_in(form: QueryDict, name: str) -> date:
    """The day in a field; raises NotValid when it holds none."""
    found = date_of(form.get(name, ""))
    if found is None:
        raise NotValid(_("Vul een datum in, zoals 16-3-2026."), code="no-day")
    return found


def day_or_none(form: QueryDict, name: str) -> date | None:
    """The day in a field, or None when it is empty; raises NotValid for what is no day."""
    return day_in(form, name) if form.get(name, "").strip() else None


def money_or_none(form: QueryDict, name: str) -> Money | None:
    """The amount in a field, or None when it is empty; raises NotValid for what is no amount."""
    text = form.get(name, "").strip()
    if not text:
        return None
    found = amount_of(text)
    if found is None:
        raise NotValid(_("Vul een bedrag in, zoals 12.500."), code="no-amount")
    return found


def money_in(form: QueryDict, name: str) -> Money:
    """The amount in a field, zero when it is empty; raises NotValid for what is no amount."""
    return money_or_none(form, name) or Money(0)


def whole_in(form: QueryDict, name: str) -> int:
    """The whole number in a field, zero when it holds none."""
    text = form.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def revision_in(form: QueryDict) -> int | None:
    """The state of the file from which the form was made, in its field `versie`; None without it."""
    text = form.get("versie", "")
    return int(text) if text.isdecimal() and len(text) < 16 else None


def minutes_in(typed: str) -> int:
    """Minutes from hours as people write them: 1:30 is an hour and a half, and so is 1,5. Raises NotValid.

    >>> minutes_in("1:30"), minutes_in("1,5"), minutes_in("2")
    (90, 90, 120)
    """
    found = _HOURS.fullmatch(typed.strip())
    if found is None:
        raise NotValid(_("Schrijf de uren zo: 1:30 of 1,5."), code="hours")
    whole, rest = int(found[1]), found[2] or ""
    if ":" in typed:
        if len(rest) != 2 or int(rest) > 59:
            raise NotValid(_("Schrijf de uren zo: 1:30 of 1,5."), code="hours")
        return whole * 60 + int(rest)
    return whole * 60 + round(60 * int(rest) / 10 ** len(rest)) if rest else whole * 60
