"""Finding who serves a place and theme: the rules as they are kept, how busy everyone is, and who is away."""

from collections.abc import Iterable

from django.db.models import Count

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.people.public import Subject, colleagues, stand_ins
from vliegwiel.kernel import clock
from vliegwiel.support.desk.lifecycle import OPEN
from vliegwiel.support.desk.models import Enquiry, Route
from vliegwiel.support.desk.rules import Choice, RouteFacts, Seat, Wanted, choose


def wanted_for(kind: str, theme: str, municipality: str, municipality_name: str) -> Wanted:
    """What a question is about, with the words for the reason."""
    found = desk().themes.get(theme)
    return Wanted(theme, kind, municipality, found.name if found else "", municipality_name)


def route(province: str, wanted: Wanted) -> Choice | None:
    """Who gets a question now, with the reason; None when no rule fits."""
    routes = [facts_of(row) for row in Route.objects.filter(province=province, ended_at=None)]
    if not routes:
        return None
    loads = open_files(seat.organisation for seat in routes)
    away = {(at, absent): (facts.id, facts.name) for (absent, at), facts in stand_ins(clock.today()).items()}
    return choose(routes, wanted, loads=loads, away=away, there=seats(province, wanted.municipality))


def seats(province: str, municipality: str = "") -> set[Seat]:
    """Who may do casework there now, by organisation."""
    found = colleagues(["do-casework"], Subject(province=province, municipality=municipality))
    return {(person.organisation, person.id) for person in found}


def open_files(organisations: Iterable[str]) -> dict[Seat, int]:
    """How many open files each adviser of these organisations has."""
    open_states = [state.value for state in OPEN]
    rows = Enquiry.objects.filter(organisation__in=set(organisations), state__in=open_states).order_by()
    counted = rows.values_list("organisation", "adviser").annotate(count=Count("pk"))
    return {(organisation, adviser): count for organisation, adviser, count in counted}


def facts_of(row: Route) -> RouteFacts:
    """A rule as the decision sees it."""
    return RouteFacts(
        row.public_id,
        row.organisation,
        row.organisation_name,
        row.adviser,
        row.adviser_name,
        tuple(row.themes),
        tuple(row.kinds),
        tuple(row.municipalities),
        row.most,
    )
