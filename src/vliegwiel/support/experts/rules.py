"""Whether an expert and a request fit: on plain values, with a reason per point. No score: each reason is read as it is."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.foundation.design.dutch import day, number

DAY = 8 * 60


class Ground(StrEnum):
    """On what a match rests."""

    SKILL = "skill"
    PLACE = "place"
    TIME = "time"
    LANGUAGE = "language"
    LOAD = "load"


@dataclass(frozen=True)
class Why:
    """One reason: yes, no, or None when we do not know; and the sentence."""

    ground: Ground
    good: bool | None
    text: str


@dataclass(frozen=True)
class Candidate:
    """An expert as the match sees them. `point` in metres (RD), None unknown; `reach` in kilometres, 0 everywhere; `minutes` free until
    the day of the request, None when they named no time then; `running` how many requests they have now."""

    id: str
    skills: frozenset[str]
    languages: frozenset[str]
    place_name: str
    point: tuple[int, int] | None
    reach: int
    remote: bool
    minutes: int | None
    running: int


@dataclass(frozen=True)
class Need:
    """A request as the match sees it; `remote`: help from afar is fine too."""

    skills: tuple[str, ...]
    language: str
    place_name: str
    point: tuple[int, int] | None
    remote: bool
    hours: int
    by: date


@dataclass(frozen=True)
class Match:
    """The reasons, how many of the skills asked are there, and the distance in metres (None: unknown)."""

    whys: tuple[Why, ...]
    matched: int
    metres: float | None
    running: int
    id: str

    @property
    def fits(self) -> bool:
        """No reason says no."""
        return all(why.good is not False for why in self.whys)

    @property
    def nearly(self) -> bool:
        """Not everything fits, and yet someone who can do it would look."""
        return not self.fits and self.matched > 0

    @property
    def order(self) -> tuple[bool, int, int, int, float, str]:
        """What fits first; then who can do most of it, of whom most is known, who has least to do, who is nearest. The last word is the
        id, so that the same list always stands in the same order."""
        unknown = sum(why.good is None for why in self.whys)
        return (not self.fits, -self.matched, unknown, self.running, math.inf if self.metres is None else self.metres, self.id)


def match(one: Candidate, need: Need, *, skills: dict[str, str], languages: dict[str, str]) -> Match:
    """Lay an expert beside a request. `skills` and `languages` are their names by key."""
    can = [key for key in need.skills if key in one.skills]
    metres = math.dist(one.point, need.point) if one.point and need.point else None
    whys = (
        _skill(need, can, skills),
        _place(one, need, metres),
        _time(one, need),
        _language(one, need, languages),
        _load(one),
    )
    return Match(whys, len(can), metres, one.running, one.id)


def free_minutes(times: Iterable[tuple[date, date, int]], held: int, today: date, by: date) -> int | None:
    """Minutes free from today up to and including a day: of each period (first day, last day, hours) the part that lies there, less what
    is `held` for requests that run. None when no period reaches into it.

    >>> free_minutes([(date(2026, 3, 1), date(2026, 3, 10), 20)], 120, date(2026, 3, 6), date(2026, 4, 1))
    480
    """
    found = [_part(first, last, hours, today, by) for first, last, hours in times if first <= by and last >= today]
    return max(sum(found) - held, 0) if found else None


def _part(first: date, last: date, hours: int, today: date, by: date) -> int:
    whole = (last - first).days + 1
    inside = (min(last, by) - max(first, today)).days + 1
    return hours * 60 * inside // whole


def told_hours(minutes: int) -> str:
    """Minutes as hours, the Dutch way.

    >>> told_hours(90), told_hours(60)
    ('1,5 uur', '1 uur')
    """
    return _("{hours} uur").format(hours=number(minutes / 60, 0 if minutes % 60 == 0 else 1))


def _named(keys: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(key, key).lower() for key in keys)


def _skill(need: Need, can: list[str], names: dict[str, str]) -> Why:
    lacks = [key for key in need.skills if key not in can]
    if not can:
        return Why(Ground.SKILL, False, _("Kan dit niet: {skills}.").format(skills=_named(lacks, names)))
    if lacks:
        text = _("Kan: {skills}. Niet: {lacks}.").format(skills=_named(can, names), lacks=_named(lacks, names))
        return Why(Ground.SKILL, True, text)
    return Why(Ground.SKILL, True, _("Kan: {skills}.").format(skills=_named(can, names)))


def _place(one: Candidate, need: Need, metres: float | None) -> Why:
    if one.reach == 0:
        return Why(Ground.PLACE, True, _("Komt overal in de provincie."))
    if metres is None:
        if need.remote and one.remote:
            return Why(Ground.PLACE, True, _("Kan op afstand helpen, en dat mag."))
        return Why(Ground.PLACE, None, _("Wij weten niet hoe ver het is."))
    far = number(max(round(metres / 1000), 1))
    facts = {"far": far, "from": one.place_name or _("de eigen plaats"), "to": need.place_name, "reach": one.reach}
    if metres <= one.reach * 1000:
        return Why(Ground.PLACE, True, _("Van {from} naar {to} is {far} km. Komt tot {reach} km.").format(**facts))
    if need.remote and one.remote:
        return Why(Ground.PLACE, True, _("Het is {far} km. Kan op afstand helpen, en dat mag.").format(**facts))
    return Why(Ground.PLACE, False, _("Het is {far} km. Komt tot {reach} km.").format(**facts))


def _time(one: Candidate, need: Need) -> Why:
    until = day(need.by)
    if one.minutes is None:
        return Why(Ground.TIME, None, _("Gaf geen vrije tijd op tot en met {until}.").format(until=until))
    facts = {"free": told_hours(one.minutes), "until": until, "hours": number(need.hours)}
    text = _("Heeft {free} vrij tot en met {until}. Gevraagd: {hours} uur.").format(**facts)
    return Why(Ground.TIME, one.minutes >= need.hours * 60, text)


def _language(one: Candidate, need: Need, names: dict[str, str]) -> Why:
    name = names.get(need.language, need.language)
    if need.language in one.languages:
        return Why(Ground.LANGUAGE, True, _("Spreekt {language}.").format(language=name))
    return Why(Ground.LANGUAGE, False, _("Spreekt geen {language}.").format(language=name))


def _load(one: Candidate) -> Why:
    if not one.running:
        return Why(Ground.LOAD, True, _("Heeft nu geen ander verzoek."))
    text = ngettext("Heeft nu %(count)s ander verzoek.", "Heeft nu %(count)s andere verzoeken.", one.running)
    return Why(Ground.LOAD, True, text % {"count": one.running})
