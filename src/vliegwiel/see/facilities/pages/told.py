"""Outcomes in words: numbers of people, minutes and distances as people say them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.design.dutch import day, number
from vliegwiel.see.facilities.models import Facility


def people(value: int | None) -> str:
    """How many people: a few are never counted.

    >>> people(0), people(None), people(1240)
    ('niemand', 'minder dan 10 mensen', '1.240 mensen')
    """
    if value is None:
        return _("minder dan 10 mensen")
    return ngettext("{count} mens", "{count} mensen", value).format(count=number(value)) if value else _("niemand")


def count(value: int | None) -> str:
    """The same in a cell of a table."""
    return _("minder dan 10") if value is None else number(value)


def minutes(value: float | None) -> str:
    """Minutes, with a decimal only when it matters."""
    return _("niet getoond") if value is None else _("{count} min").format(count=number(value, 0 if value >= 20 else 1))


def distance(value: float | None) -> str:
    """Kilometres, or that one cannot get there."""
    return _("niet bereikbaar") if value is None else _("{count} km").format(count=number(value, 1))


def how(profile: str) -> str:
    """The way of travelling, in a sentence."""
    found = facility_words().profiles.get(profile)
    return found.name if found else profile


def kind(key: str) -> str:
    """The name of a kind."""
    found = facility_words().kinds.get(key)
    return found.name if found else key


def vintage(told: Mapping[str, Any]) -> list[str]:
    """What an answer rests on, in short sentences."""
    if not told:
        return []
    roads = _("Wegen: {source}, van {day}.").format(source=told["roads"], day=day(date.fromisoformat(told["roads_on"]), "full"))
    homes = (
        _("Waar mensen wonen: {addresses}.").format(addresses=told["addresses"])
        if told["addresses"]
        else _("Adressen zijn niet geladen. Wij verdelen de inwoners van elke buurt over de straten.")
    )
    return [
        roads,
        _("Voorzieningen: {count} in de lijst.").format(count=number(told["facilities"])),
        _("Inwoners: cijfers van {year}.").format(year=told["residents_year"]),
        homes,
    ]


#: The values of a facility that a page shows, with their names, in order.
_SHOWN = {
    "opening": gettext_lazy("Open"),
    "capacity": gettext_lazy("Plaats voor"),
    "rooms": gettext_lazy("Ruimtes"),
    "accessible": gettext_lazy("Met een rolstoel"),
    "access_details": gettext_lazy("Bij de deur en binnen"),
    "cost": gettext_lazy("Wat het kost"),
    "cost_note": gettext_lazy("Meer over de kosten"),
    "takes_new": gettext_lazy("Nieuwe klanten"),
    "waiting_days": gettext_lazy("Wachttijd"),
}


def values(item: Facility) -> list[dict[str, Any]]:
    """What is known of a facility, each with who told it and when; what nobody told is unknown, never "no"."""
    care, meets = item.kind_of.care, item.kind == "ontmoetingsplek"
    wanted = [name for name in _SHOWN if (name != "rooms" or meets) and (name not in ("takes_new", "waiting_days") or care)]
    return [
        {"key": name, "name": _SHOWN[name], "text": value_text(item, name), "told": item.told_by(name)}
        for name in wanted
        if name not in ("cost_note", "access_details") or getattr(item, name)
    ]


def value_text(item: Facility, name: str) -> str:
    """One value in words; empty when it is unknown."""
    value = getattr(item, name)
    if value in (None, "", []):
        return ""
    words = facility_words()
    if name == "access_details":
        return ", ".join(words.access_details[key] for key in value if key in words.access_details)
    if name == "capacity":
        return people(value)
    if name == "waiting_days":
        return ngettext("{count} dag", "{count} dagen", value).format(count=number(value)) if value else _("geen wachttijd")
    if name == "takes_new":
        return _("ja, die kunnen erbij") if value == "ja" else _("nee, het is vol")
    return {"cost": words.costs, "accessible": words.access}.get(name, {}).get(value, str(value))
