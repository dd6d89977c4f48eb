"""What is due, what stands on lists, what is kept longer, and what became of a file that is gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Count, Q, QuerySet

from vliegwiel.catalogue.retention import retentions
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.retention import Ended
from vliegwiel.support.archive import files
from vliegwiel.support.archive.lifecycle import How, RowState
from vliegwiel.support.archive.models import DestructionList, Keeping, ListedFile, Tombstone

#: So many files on one list: a person can still read it.
MOST = 500
#: Years that count by the calendar are at most so many days shorter or longer than their days.
_LEAP = timedelta(days=10)


@dataclass(frozen=True)
class Candidate:
    """A file whose term is over, or nearly (*dossier dat aan de beurt is*). `obstacles` say why it may not go yet."""

    kind: str
    id: str
    number: str
    province: str
    key: str
    since: date
    ends: date
    ground: str
    obstacles: tuple[str, ...] = ()
    for_ever: bool = False

    @property
    def over(self) -> bool:
        """Whether its term is over today."""
        return self.ends <= clock.today()

    @property
    def how(self) -> How:
        """What is to happen with it."""
        return How.TRANSFER if self.for_ever else How.DESTROY

    @property
    def ready(self) -> bool:
        """Whether it can be put on a list now."""
        return self.over and not self.obstacles

    @property
    def name(self) -> str:
        """The name of its kind of record."""
        return retentions()[self.key].name


def candidates(province: str, *, soon: bool = False, most: int = MOST) -> list[Candidate]:
    """Files of a province whose term is over, the oldest first; with `soon` also those whose term ends within the time of warning.

    Files on a list that waits are left out. At most `most` of each kind of record are weighed.
    """
    today, found = clock.today(), list[tuple[str, Ended]]()
    for rule in files.rules():
        listed = set(ListedFile.objects.filter(kind=rule.kind, state=RowState.WAITING).values_list("object_id", flat=True))
        for key in rule.keys:
            term = retentions()[key].on(today)
            until = today + (term.warned if soon else timedelta(0))
            ended = rule.ended(province, key, until - term.kept + _LEAP)
            due = (item for item in ended if item.id not in listed and term.ends(item.since) <= until)
            found += [(rule.kind, item) for item in islice(due, most)]
    return [item for item in _weighed(found) if item.over or soon]


def weighed(kind: str, name: str) -> Candidate | None:
    """One file as it is now; None while it still runs or is not there."""
    ended = files.rule_of(kind).ended_one(name)
    return _weighed([(kind, ended)])[0] if ended else None


def _weighed(found: list[tuple[str, Ended]]) -> list[Candidate]:
    ids = [item.id for _kind, item in found]
    blocked, latest = files.blocked(ids), files.latest(ids)
    kept = {keeping.object_id: keeping for keeping in standing_keepings().filter(object_id__in=ids)}
    return [_candidate(kind, item, blocked.get(item.id, []), latest.get(item.id), kept.get(item.id)) for kind, item in found]


def _candidate(kind: str, item: Ended, blocked: list[str], last: date | None, keeping: Keeping | None) -> Candidate:
    term = retentions()[item.key].on(clock.today())
    since = max(item.since, last or item.since)
    for_ever = keeping is not None and keeping.until is None
    obstacles = [*blocked, *([f"blijft bewaard: {keeping.why}"] if keeping and keeping.until else [])]
    return Candidate(
        kind=kind,
        id=item.id,
        number=item.number,
        province=item.province,
        key=item.key,
        since=since,
        ends=term.ends(since),
        ground=term.source,
        obstacles=tuple(obstacles),
        for_ever=for_ever,
    )


def standing_keepings() -> QuerySet[Keeping]:
    """What is kept longer today."""
    return Keeping.objects.filter(Q(until=None) | Q(until__gte=clock.today()), lifted_on=None)


def lists_of(province: str) -> QuerySet[DestructionList]:
    """Lists with how many files stand on them and how many are done, the newest first."""
    return (
        DestructionList.objects.filter(province=province)
        .annotate(
            count=Count("files", filter=~Q(files__state=RowState.LEFT_OUT)),
            gone=Count("files", filter=Q(files__state=RowState.DONE)),
        )
        .order_by("-pk")
    )


def list_named(name: str) -> DestructionList:
    """A list by its public id; raises NotFound."""
    found = DestructionList.objects.filter(public_id=name).first()
    if found is None:
        raise NotFound("Deze lijst bestaat niet.", nearest=(("Bewaren en vernietigen", "/beheer/bewaren"),))
    return found


def tombstone_of(names: Iterable[str]) -> ListedFile | None:
    """What became of a file, by any of these names: an id or a number of it or of what hung on it."""
    found = Tombstone.objects.filter(name__in=list(names), file__state=RowState.DONE).select_related("file__on").first()
    return found.file if found else None
