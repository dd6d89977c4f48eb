"""Days and amounts as they come from a form of an officer."""

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import amount_of, date_of
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money


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
