"""Reads of the register: what stands where, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.facilities.models import AddressSet, Facility, FacilityNorm, MistakeReport, RoadNetwork

_FIELDS = Fields(province="facility__province", municipality="facility__municipality")


@Stamp
def stamp() -> tuple[str, ...]:
    """Changes when the register, a norm, the roads or the addresses do; also for a change that is kept after a later one was."""
    changed = Facility.objects.aggregate(last=Max("changed_at"), count=Count("pk"), versions=Sum("version"))
    norms = FacilityNorm.objects.aggregate(last=Max("pk"), ended=Count("ended_on"))
    roads, addresses = RoadNetwork.objects.aggregate(last=Max("pk")), AddressSet.objects.aggregate(last=Max("pk"))
    return tuple(str(value) for found in (changed, norms, roads, addresses) for value in found.values())


@dataclass(frozen=True)
class Filter:
    """What a list of facilities is narrowed to; an empty value is no filter. `open_only` leaves out what closed."""

    kind: str = ""
    group: str = ""
    municipality: str = ""
    accessible: str = ""
    cost: str = ""
    words: str = ""
    open_only: bool = True


def facilities(province: str, asked: Filter) -> QuerySet[Facility]:
    """The facilities of a province that fit, by name."""
    found = Facility.objects.filter(province=province)
    if asked.open_only:
        found = found.filter(closed_on=None)
    for field in ("kind", "municipality", "accessible", "cost"):
        if value := getattr(asked, field):
            found = found.filter(**{field: value})
    if asked.group:
        found = found.filter(kind__in=[kind.key for kind in facility_words().kinds.values() if kind.group == asked.group])
    if asked.words:
        found = found.filter(name__icontains=asked.words)
    return found.order_by("name", "id")


def facility_named(name: str) -> Facility:
    """By public id. Raises NotFound."""
    found = Facility.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Deze voorziening kennen we niet."), nearest=((_("Alle voorzieningen"), "/voorzieningen"),))
    return found


def facilities_named(province: str, names: Iterable[str]) -> list[Facility]:
    """By public id, in the order asked; unknown ones are left out."""
    wanted = list(dict.fromkeys(name[:12] for name in names))
    found = {item.public_id: item for item in Facility.objects.filter(province=province, public_id__in=wanted)}
    return [found[name] for name in wanted if name in found]


def places_to_tie(province: str, point: tuple[int, int], metres: int = 1_000) -> list[Facility]:
    """Open meeting places of the register without a page of their own, within so many metres of a point (RD), the nearest first."""
    x, y = point
    found = Facility.objects.filter(
        province=province, kind="ontmoetingsplek", closed_on=None, more_at="",
        x__range=(x - metres, x + metres), y__range=(y - metres, y + metres),
    )  # fmt: skip
    return sorted(found, key=lambda item: ((item.x - x) ** 2 + (item.y - y) ** 2, item.pk))[:10]


def counts_by_kind(province: str, municipality: str = "") -> dict[str, int]:
    """How many open facilities there are of each kind that is there, in the order of the catalogue."""
    found = Facility.objects.filter(province=province, closed_on=None, **({"municipality": municipality} if municipality else {}))
    counts = dict(found.order_by().values_list("kind").annotate(Count("pk")))
    return {key: counts[key] for key in facility_words().kinds if key in counts}


def holds_made_up(province: str, municipality: str) -> bool:
    """Whether an open facility of a municipality is made up."""
    return Facility.objects.filter(province=province, municipality=municipality, closed_on=None, made_up=True).exists()


def norms_of(province: str, kind: str = "", profile: str = "") -> list[FacilityNorm]:
    """The norms that hold today, the strictest first."""
    today = clock.today()
    found = FacilityNorm.objects.filter(province=province, valid_from__lte=today).exclude(ended_on__lte=today)
    narrowed = {name: value for name, value in (("kind", kind), ("profile", profile)) if value}
    return list(found.filter(**narrowed).order_by("kind", "profile", "minutes", "pk"))


def reports_for(actor: Actor) -> QuerySet[MistakeReport]:
    """What residents reported on facilities that this actor keeps, the oldest first."""
    found = may_filter(actor, "keep-facilities", MistakeReport.objects.select_related("facility"), _FIELDS)
    return found.order_by("made_at", "pk")
