"""The trail of one file in words: what was done, by whom by name, and the facts that a person can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby, islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.pages.logbook.words import ACTIONS, ACTORS, REASONS, word_of
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import NAMES, State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.assessment import Task
from vliegwiel.support.grants.standing import participants_of

#: What the applicant did before the application was sent is theirs.
_OF_THE_APPLICANT = ("fill-in-application", "sign-application", "invite-participant", "accept-invitation")
_MOST = 200
_STATES = frozenset(state.value for state in State)
_CENTS = {"amount": _("bedrag"), "asked": _("gevraagd"), "awarded": _("toegekend")}
#: Facts that say something to who reads the file; the other ones are references, and stand in the trail of the installation.
_TOLD = {
    "until": _("tot en met"),
    "complete": _("compleet op"),
    "received": _("ontvangen op"),
    "items": _("aantal gevraagd"),
    "documents": _("aantal stukken"),
    "register-from": _("in het register vanaf"),
}


@dataclass(frozen=True)
class Told:
    """One line of the trail: the entry, what was done, by whom, why it was refused ("" when it was done), and its facts."""

    entry: Any
    action: str
    who: str
    reason: str
    facts: tuple[str, ...]


def told(found: Application) -> list[Told]:
    """What was done with a file since it was sent, and what was refused; the latest first."""
    return _in_words(found, _entries(found))


def latest(found: Application, most: int) -> list[Told]:
    """What was done last; what was refused stands in the log, and the same thing several times in a row is one."""
    done = [row for row in _entries(found) if row.result == "gedaan"]
    alike = groupby(done, key=lambda row: (row.action, row.actor_kind, row.actor_id, clock.legal_date(row.at)))
    return _in_words(found, [next(rows) for _key, rows in islice(alike, most)])


def _entries(found: Application) -> list[Any]:
    day = found.received_on or clock.legal_date(found.started_at)
    since = found.received_at or datetime.combine(day, time(), clock.AMSTERDAM)
    sent = trail.entries(trail.Filter(object=found.public_id)).filter(at__gte=since)
    return list(sent.exclude(action__in=_OF_THE_APPLICANT)[:_MOST])


def _in_words(found: Application, rows: Iterable[Any]) -> list[Told]:
    names = {row.person: row.name for row in participants_of(found) if row.person and row.name}
    names |= {row.person: row.name for row in found.signatures.exclude(person="").order_by("pk")}
    return [_told(row, names) for row in rows]


def _told(row: Any, names: dict[str, str]) -> Told:
    if row.actor_kind == "person":
        who = _name(row.actor_id, names)
    else:
        who = word_of(ACTORS, row.actor_kind)
    reason = word_of(REASONS, row.reason) if row.reason else ""
    return Told(row, word_of(ACTIONS, row.action), who, reason, tuple(_facts(row.facts, names)))


def _facts(facts: dict[str, Any], names: dict[str, str]) -> list[str]:
    found = []
    if facts.get("state") in _STATES:
        found.append(str(NAMES[State(facts["state"])]))
    if facts.get("task") in Task.values:
        found.append(str(Task(facts["task"]).label))
    if facts.get("person"):
        found.append(_name(str(facts["person"]), names))
    found += [f"{name}: {Money(int(facts[key])).dutch()}" for key, name in _CENTS.items() if facts.get(key) is not None]
    return found + [f"{name}: {_plain(facts[key])}" for key, name in _TOLD.items() if facts.get(key) is not None]


def _name(person: str, names: dict[str, str]) -> str:
    """The name of an account: as it signed or takes part, else as it calls itself; never an address. A closed one keeps its number."""
    if person not in names:
        known = known_person(person)
        names[person] = person if known is None or "@" in known.name else known.name
    return names[person]


def _plain(value: Any) -> str:
    try:
        return day(date.fromisoformat(str(value)), "full")
    except ValueError:
        return str(value)
