"""Who gets a question: a pure decision on plain values, with the reason that the page shows."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Seat = tuple[str, str]
#: A telephone number as people write it.
PHONE = re.compile(r"\+?[\d\s()-]{8,20}")


@dataclass(frozen=True)
class RouteFacts:
    """A rule as the decision sees it; empty tuples are everything, `adviser` "" the whole organisation, `most` None no limit."""

    id: str
    organisation: str
    organisation_name: str
    adviser: str = ""
    adviser_name: str = ""
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    most: int | None = None

    @property
    def seat(self) -> Seat:
        """Whose open files count: the adviser at the organisation."""
        return self.organisation, self.adviser


@dataclass(frozen=True)
class Wanted:
    """What a question is about, by key and code, with the words for the reason."""

    theme: str
    kind: str
    municipality: str
    theme_name: str = ""
    municipality_name: str = ""


@dataclass(frozen=True)
class Choice:
    """Who gets it: organisation and adviser (empty: whoever there has time), and why in Dutch."""

    organisation: str
    organisation_name: str
    adviser: str
    adviser_name: str
    why: str


def choose(
    routes: Iterable[RouteFacts],
    wanted: Wanted,
    *,
    loads: Mapping[Seat, int],
    away: Mapping[Seat, tuple[str, str]],
    there: Set[Seat],
) -> Choice | None:
    """The rule that says most about this question and whose adviser has room, then the one with the fewest open files.

    `loads` counts open files per (organisation, adviser), `away` names who stands in for whom, `there` holds the advisers who work there
    now. When nobody of those who fit has room, the organisation of the best rule gets it. None when no rule fits.
    """
    fitting = [route for route in routes if _fits(route, wanted)]
    if not fitting:
        return None
    order = sorted(fitting, key=lambda route: (-_said(route), loads.get(route.seat, 0), route.organisation_name, route.id))
    for route in order:
        if not route.adviser:
            return _to_all(route, wanted)
        if route.seat in away:
            other, name = away[route.seat]
            if _has_room(route, loads.get((route.organisation, other), 0)):
                why = _("{reason} {absent} is er nu niet. {other} neemt waar.").format(
                    reason=_reason(route, wanted), absent=route.adviser_name, other=name
                )
                return Choice(route.organisation, route.organisation_name, other, name, why)
        elif route.seat in there and _has_room(route, loads.get(route.seat, 0)):
            return Choice(
                route.organisation, route.organisation_name, route.adviser, route.adviser_name, _named(route, wanted, loads)
            )
    best = order[0]
    why = _("{reason} Alle adviseurs hebben het nu druk. Wie het eerst tijd heeft, neemt de vraag.").format(
        reason=_reason(best, wanted)
    )
    return Choice(best.organisation, best.organisation_name, "", "", why)


def _fits(route: RouteFacts, wanted: Wanted) -> bool:
    return (
        (not route.themes or wanted.theme in route.themes)
        and (not route.kinds or wanted.kind in route.kinds)
        and (not route.municipalities or wanted.municipality in route.municipalities)
    )


def _said(route: RouteFacts) -> int:
    """How much a rule says: a place says more than a theme, a theme more than a kind of help."""
    return 4 * bool(route.municipalities) + 2 * bool(route.themes) + bool(route.kinds)


def _has_room(route: RouteFacts, load: int) -> bool:
    return route.most is None or load < route.most


def _to_all(route: RouteFacts, wanted: Wanted) -> Choice:
    why = _("{reason} Wie daar het eerst tijd heeft, neemt de vraag.").format(reason=_reason(route, wanted))
    return Choice(route.organisation, route.organisation_name, "", "", why)


def _named(route: RouteFacts, wanted: Wanted, loads: Mapping[Seat, int]) -> str:
    load = loads.get(route.seat, 0)
    count = ngettext("%(count)s open vraag", "%(count)s open vragen", load) % {"count": load}
    return _("{reason} {name} heeft {count}.").format(reason=_reason(route, wanted), name=route.adviser_name, count=count)


def _reason(route: RouteFacts, wanted: Wanted) -> str:
    """In which respect the rule fits."""
    place = wanted.municipality_name if route.municipalities and wanted.municipality_name else ""
    theme = wanted.theme_name if route.themes and wanted.theme_name else ""
    if place and theme:
        return _("{name} helpt in {place} bij {theme}.").format(name=route.organisation_name, place=place, theme=theme.lower())
    if place:
        return _("{name} helpt in {place}.").format(name=route.organisation_name, place=place)
    if theme:
        return _("{name} helpt bij {theme}.").format(name=route.organisation_name, theme=theme.lower())
    return _("{name} helpt in de hele provincie.").format(name=route.organisation_name)
