"""Reads of initiatives and meeting places: what the public sees, by published points only, and what makers and advisers see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.areas.public import PlaceFacts, codes_inside, home_of
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import (
    Initiative,
    InitiativeTheme,
    InitiativeWant,
    MeetingPlace,
    VolunteerOffer,
)
from vliegwiel.support.initiatives.rules import RADII, distance
from vliegwiel.support.initiatives.words import PHASES, PLACE_KINDS, WANTS

#: A count stops here: "more than" is all that a reader needs.
MOST_COUNTED = 10_000
#: So many points are drawn at most.
MOST_DRAWN = 600
Row = TypeVar("Row", bound=Model)
SORTS = ("nieuw", "naam", "dichtbij")


@dataclass(frozen=True)
class Filter:
    """What is asked of the list: a place (area code) and how far around it (metres; None: in it), a theme, a phase, what is sought or
    offered ("seeks-hands", "offers-room"), and the order."""

    place: str = ""
    radius: int | None = None
    theme: str = ""
    phase: str = ""
    want: str = ""
    sort: str = "nieuw"

    @classmethod
    def asked(cls, place: str, radius: str, theme: str, phase: str, want: str, sort: str) -> "Filter":
        """From the address: what is no choice is left out."""
        side, _dash, what = want.partition("-")
        return cls(
            place=place.strip().upper()[:12] if place.strip().isalnum() and place.isascii() else "",
            radius=int(radius) if radius.isdecimal() and len(radius) < 6 and int(radius) in RADII else None,
            theme=theme if theme in themes() else "",
            phase=phase if phase in PHASES else "",
            want=want if side in ("seeks", "offers") and what in WANTS else "",
            sort=sort if sort in SORTS else "nieuw",
        )


@Stamp
def stamp() -> tuple[str, str]:
    """Changes when an initiative or meeting place does."""
    initiative = Initiative.objects.aggregate(last=Max("changed_at"))["last"]
    place = MeetingPlace.objects.aggregate(last=Max("changed_at"))["last"]
    return str(initiative), str(place)


def shown(province: str) -> QuerySet[Initiative]:
    """Everything on the site."""
    return Initiative.objects.filter(province=province, state=State.PUBLIC.value, hidden=False)


def shown_places(province: str) -> QuerySet[MeetingPlace]:
    """Every meeting place that is open."""
    found = MeetingPlace.objects.filter(province=province, closed_at=None, hidden=False, facility__closed_on=None)
    return found.select_related("facility")


def found_by(province: str, asked: Filter, middle: PlaceFacts | None) -> QuerySet[Initiative]:
    """The initiatives that fit, in the order asked; `middle` is the place of the question. Distance is from the published point."""
    found = shown(province)
    if asked.place:
        found = _near(found, middle, asked.radius) if asked.radius else found.filter(_inside(asked.place))
    if asked.theme:
        found = found.filter(Exists(InitiativeTheme.objects.filter(theme=asked.theme, initiative=OuterRef("pk"))))
    if asked.phase:
        found = found.filter(phase=asked.phase)
    if asked.want:
        side, _dash, what = asked.want.partition("-")
        wants = InitiativeWant.objects.filter(offers=side == "offers", what=what, initiative=OuterRef("pk"))
        found = found.filter(Exists(wants))
    if asked.sort == "naam":
        return found.order_by("title", "pk")
    if asked.sort == "dichtbij" and middle is not None and middle.point is not None:
        return _by_distance(found, middle.point)
    return found.order_by("-published_at", "-pk")


def places_found(province: str, asked: Filter, middle: PlaceFacts | None, kind: str = "") -> QuerySet[MeetingPlace]:
    """The meeting places that fit, by name, or the nearest first."""
    found = shown_places(province)
    if asked.place:
        near = asked.radius and middle is not None
        found = _near(found, middle, asked.radius) if near else found.filter(_inside(asked.place))
    if kind in PLACE_KINDS:
        found = found.filter(kind=kind)
    if asked.sort == "dichtbij" and middle is not None and middle.point is not None:
        return _by_distance(found, middle.point)
    return found.order_by("name", "pk")


def middle_of(province: str, asked: Filter) -> PlaceFacts | None:
    """The place that a question is about."""
    return home_of(asked.place, province) if asked.place else None


def counted(found: QuerySet[Initiative] | QuerySet[MeetingPlace], counts: Mapping[str, int] | None = None) -> tuple[int, bool]:
    """How many, and whether there are more: a count stops at a number nobody pages through. `counts` are those per municipality, when they
    are known already."""
    number = sum(counts.values()) if counts is not None else found.order_by()[: MOST_COUNTED + 1].count()
    return min(number, MOST_COUNTED), number > MOST_COUNTED


def points_of(found: QuerySet[Initiative] | QuerySet[MeetingPlace]) -> list[tuple[int, int, int]]:
    """The published points with how many lie there, the most first."""
    rows = found.order_by().values("x", "y").annotate(number=Count("pk")).order_by("-number", "x", "y")
    return [(row["x"] or 0, row["y"] or 0, row["number"]) for row in rows[:MOST_DRAWN]]


def per_municipality(found: QuerySet[Initiative] | QuerySet[MeetingPlace]) -> dict[str, int]:
    """How many in each municipality (code; "" for what lies in none)."""
    rows = found.order_by().values("municipality").annotate(number=Count("pk"))
    return {row["municipality"]: row["number"] for row in rows}


def all_of(found: QuerySet[Initiative]) -> Iterator[Initiative]:
    """Every initiative, piece by piece, for a download."""
    yield from found.prefetch_related("themes", "wants").iterator(chunk_size=1000)


@dataclass(frozen=True)
class MadeFacts:
    """An initiative on the site that someone makes: public id, title, place and municipality (code and name)."""

    id: str
    title: str
    place_name: str
    municipality: str
    municipality_name: str


def made_by(person: str, province: str) -> list[MadeFacts]:
    """What someone (public id) makes or helps to make in a province and is on the site, by title."""
    found = shown(province).filter(people__person=person).exclude(people__person="").order_by("title", "pk").distinct()
    rows = found.values_list("public_id", "title", "place_name", "municipality", "municipality_name")
    return [MadeFacts(*row) for row in rows]


def mine(actor: Actor) -> list[tuple[Initiative, str]]:
    """The initiatives of a person with their role, newest first."""
    rows = Initiative.objects.filter(people__person=actor.id).exclude(people__person="").distinct().order_by("-pk")
    roles = {item.pk: "" for item in rows}
    found = list(rows.prefetch_related("people"))
    for item in found:
        own = [person for person in item.people.all() if person.person == actor.id]
        roles[item.pk] = ", ".join(str(person.get_role_display()) for person in own)
    return [(item, roles[item.pk]) for item in found]


def kept_places(actor: Actor) -> QuerySet[MeetingPlace]:
    """The meeting places of whose board this person is, by name; what closed is left out."""
    found = MeetingPlace.objects.filter(keepers__person=actor.id, closed_at=None, facility__closed_on=None).exclude(
        keepers__person=""
    )
    return found.select_related("facility").distinct().order_by("name", "pk")


def flagged(actor: Actor) -> QuerySet[Initiative]:
    """What an adviser has to look at: on the site but hidden, oldest first."""
    waiting = Initiative.objects.filter(state=State.PUBLIC.value, hidden=True).order_by("changed_at", "pk")
    return may_filter(actor, "guard-initiatives", waiting, Fields(province="province", municipality="municipality"))


def guarded(actor: Actor) -> QuerySet[Initiative]:
    """Every initiative on the site that this adviser guards, newest first."""
    found = Initiative.objects.filter(state=State.PUBLIC.value).order_by("-published_at", "-pk")
    return may_filter(actor, "guard-initiatives", found, Fields(province="province", municipality="municipality"))


def likeness(one: Initiative, limit: int = 8) -> list[Initiative]:
    """What may be the same as this one: within two kilometres with a theme in common, the nearest first."""
    if one.x is None or one.y is None:
        return []
    themes_of = [item.theme for item in one.themes.all()]
    near = (
        shown(one.province)
        .exclude(pk=one.pk)
        .filter(x__range=(one.x - 2000, one.x + 2000), y__range=(one.y - 2000, one.y + 2000))
    )
    near = near.filter(Exists(InitiativeTheme.objects.filter(theme__in=themes_of, initiative=OuterRef("pk"))))
    return sorted(near[:60], key=lambda item: (distance((one.x or 0, one.y or 0), (item.x or 0, item.y or 0)), item.pk))[:limit]


def coming_offers(province: str) -> QuerySet[VolunteerOffer]:
    """What volunteers are offered from today on, soonest first."""
    return VolunteerOffer.objects.filter(province=province, on__gte=clock.today(), cancelled_at=None).order_by("on", "pk")


def _inside(place: str) -> Q:
    if place.startswith("GM"):
        return Q(municipality=place)
    return Q(area__in=codes_inside(place))


def _near(found: QuerySet[Row], middle: PlaceFacts | None, radius: int | None) -> QuerySet[Row]:
    """Within a radius of a place: a box that the index finds, then the circle."""
    if middle is None or middle.point is None or not radius:
        return found.none()
    x, y = middle.point
    box = found.filter(x__range=(x - radius, x + radius), y__range=(y - radius, y + radius))
    far = (F("x") - x) * (F("x") - x) + (F("y") - y) * (F("y") - y)
    return cast("QuerySet[Row]", box.alias(far=far).filter(far__lte=radius * radius))


def _by_distance(found: QuerySet[Row], point: tuple[int, int]) -> QuerySet[Row]:
    x, y = point
    far = (F("x") - x) * (F("x") - x) + (F("y") - y) * (F("y") - y)
    name = "title" if found.model is Initiative else "name"
    return cast("QuerySet[Row]", found.alias(how_far=far).order_by("how_far", name, "pk"))
