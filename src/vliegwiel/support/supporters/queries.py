"""Reads: who is there for a village, what the public reads of each authority, and what waits for whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.functional import Promise

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.areas.public import codes_inside, home_of
from vliegwiel.support.supporters.authorities import asked_of
from vliegwiel.support.supporters.lifecycle import Backing, Room
from vliegwiel.support.supporters.models import (
    BackingRequest,
    NetworkQuestion,
    PromiseCount,
    PublishedRating,
    RoomRequest,
    Supporter,
)
from vliegwiel.support.supporters.rules import ASKED, SAID, last_day
from vliegwiel.support.supporters.words import SHORT

MOST = 200


@Stamp
def stamp() -> tuple[str, str]:
    """Changes when a supporter is shown or not."""
    last = Supporter.objects.aggregate(last=Max("changed_at"), count=Count("pk"))
    return str(last["last"]), str(last["count"])


@dataclass(frozen=True)
class SupporterFacts:
    """A supporter as others show them: how they are called, what they do, their page and their villages."""

    title: str
    about: str
    path: str
    villages: tuple[str, ...]


def shown(province: str) -> QuerySet[Supporter]:
    """Everyone who chose to be found, by first name."""
    found = Supporter.objects.filter(province=province, shown=True, known_at__isnull=False)
    return found.order_by("first_name", "pk").prefetch_related("villages")


def found_at(area: str, province: str) -> QuerySet[Supporter]:
    """Who is there for a place: for it, for what lies in it, and for the municipality it lies in."""
    place = home_of(area, province)
    if place is None:
        return shown(province).none()
    around = Q(villages__area__in=[*codes_inside(area), place.municipality])
    inside = Q(villages__municipality=area) if area == place.municipality else Q()
    return shown(province).filter(around | inside).distinct()


def supporters_at(area: str, province: str) -> list[SupporterFacts]:
    """The same as facts, at most twenty."""
    return [
        SupporterFacts(one.title, one.about, one.path, tuple(village.place_name for village in one.villages.all()))
        for one in found_at(area, province)[:20]
    ]


def in_network(province: str, theme: str = "") -> list[tuple[Supporter, list[str]]]:
    """Who is in the network, with the names of what they know about; of one theme when it is asked."""
    found = Supporter.objects.filter(province=province, known_at__isnull=False).order_by("first_name", "pk")
    names = {key: one.name for key, one in themes().items()}
    rows = [(one, [names[key] for key in one.knows if key in names]) for one in found.prefetch_related("villages")[:MOST]]
    return [row for row in rows if not theme or theme in row[0].knows]


def network_questions(province: str, theme: str = "") -> QuerySet[NetworkQuestion]:
    """What was asked, the newest first, with how many answers."""
    found = NetworkQuestion.objects.filter(province=province).annotate(number=Count("answers")).order_by("-pk")
    return found.filter(theme=theme) if theme else found


@dataclass
class AuthorityStand:
    """What the public reads of an authority: how many promised answers came in time, and what it did with questions for room."""

    name: str
    kept: int = 0
    missed: int = 0
    open: int = 0
    given: int = 0
    partly: int = 0
    refused: int = 0
    waiting: int = 0
    ratings: list["RatingFacts"] = field(default_factory=list)

    @property
    def was_asked(self) -> bool:
        """Whether anything was promised here, or room asked."""
        return bool(self.promised + self.open + self.given + self.partly + self.refused + self.waiting)

    @property
    def promised(self) -> int:
        """Promises whose day passed or that were answered."""
        return self.kept + self.missed


@dataclass(frozen=True)
class RatingFacts:
    """What was published of an authority in a half-year: how many people, and per question how often each answer was given."""

    period: str
    number: int
    rows: tuple[tuple[Promise, tuple[int, ...]], ...]

    @property
    def year(self) -> int:
        """The year of the half-year."""
        return last_day(self.period).year

    @property
    def half(self) -> str:
        """Which half: 1 or 2."""
        return self.period[-1]


def stands_of(province: str) -> list[AuthorityStand]:
    """Every authority that was asked or rated, by name, in a fixed number of questions."""
    found: dict[str, AuthorityStand] = {}

    def of(key: str, name: str) -> AuthorityStand:
        return found.setdefault(key, AuthorityStand(name))

    today = clock.today()
    late = Q(state=Backing.ANSWERED, ended_on__gt=F("promised_on")) | Q(state=Backing.WITHDRAWN, ended_on__gt=F("promised_on"))
    kept = Count("pk", filter=Q(state=Backing.ANSWERED, ended_on__lte=F("promised_on")))
    missed = Count("pk", filter=late | Q(state=Backing.PROMISED, promised_on__lt=today))
    still = Count("pk", filter=Q(state=Backing.PROMISED, promised_on__gte=today))
    promised = BackingRequest.objects.filter(province=province, promised_on__isnull=False).order_by()
    rows = promised.values_list("authority", "authority_name").annotate(kept=kept, missed=missed, still=still)
    for key, name, in_time, too_late, running in rows:
        stand = of(key, name)
        stand.kept, stand.missed, stand.open = stand.kept + in_time, stand.missed + too_late, stand.open + running
    for past in PromiseCount.objects.filter(province=province):
        stand = of(past.authority, past.authority_name)
        stand.kept, stand.missed = stand.kept + past.kept, stand.missed + past.promised - past.kept
    rooms = RoomRequest.objects.filter(province=province).exclude(state=Room.WITHDRAWN).order_by()
    for key, name, state, count in rooms.values_list("authority", "authority_name", "state").annotate(count=Count("pk")):
        column = "waiting" if state == Room.ASKED else state
        stand = of(key, name)
        setattr(stand, column, getattr(stand, column) + count)
    for rating in PublishedRating.objects.filter(province=province):
        of(rating.authority, rating.authority_name).ratings.append(facts_of(rating))
    return sorted(found.values(), key=lambda stand: stand.name)


def facts_of(rating: PublishedRating) -> RatingFacts:
    """A published rating as pages and files show it."""
    counts: Mapping[str, Mapping[str, int]] = rating.counts
    rows = tuple((SHORT[key], tuple(counts[key][said] for said in SAID)) for key in ASKED)
    return RatingFacts(rating.period, rating.number, rows)


def rooms_of(province: str, state: str = "") -> QuerySet[RoomRequest]:
    """Questions for room, the newest first."""
    found = RoomRequest.objects.filter(province=province).order_by("-asked_on", "-pk")
    return found.filter(state=state) if state in set(Room) else found


def backing_for(actor: Actor) -> QuerySet[BackingRequest]:
    """Questions for backing that this person may answer and that wait, the first promised day first, then the oldest."""
    waiting = asked_of(actor, BackingRequest.objects.filter(state__in=[Backing.ASKED.value, Backing.PROMISED.value]))
    return waiting.order_by(F("promised_on").asc(nulls_last=True), "asked_on", "pk")


def rooms_for(actor: Actor) -> QuerySet[RoomRequest]:
    """Questions for room that this person may answer and that wait, the oldest first."""
    return asked_of(actor, RoomRequest.objects.filter(state=Room.ASKED.value)).order_by("asked_on", "pk")


def unconfirmed(actor: Actor, province: str) -> list[Supporter]:
    """Who waits until somebody says that they know them, the oldest first; for who may say so."""
    if not may_somewhere(actor, "confirm-supporters"):
        return []
    found = Supporter.objects.filter(province=province, known_at=None).exclude(person=actor.id).order_by("pk")
    return list(found.prefetch_related("villages")[:MOST])


def by_place(rows: Iterable[Supporter]) -> list[tuple[str, list[Supporter]]]:
    """Supporters under the municipalities of their villages, by name."""
    found: dict[str, list[Supporter]] = defaultdict(list)
    for one in rows:
        for name in sorted({village.municipality_name or village.place_name for village in one.villages.all()}):
            found[name].append(one)
    return sorted(found.items())
