"""Reads of teams and cases. Everything about cases begins at `standing.visible_to`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.people.public import Colleague, Subject, colleagues, may
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.confidential.lifecycle import State
from vliegwiel.support.confidential.models import (
    AccessRequest,
    ConfidentialCase,
    ConfidentialCount,
    ConfidentialMember,
    ConfidentialStep,
    ConfidentialTeam,
    DestroyedCase,
    SignalHandover,
)
from vliegwiel.support.confidential.standing import COORDINATE, WORK, teams_of, visible_to

RETENTION = "confidential-case"
#: Heaps of the list, with their names.
HEAPS: Mapping[str, Promise] = {
    "open": _("lopen"),
    "mij": _("van mij"),
    "niemand": _("van niemand"),
    "nakijken": _("nakijken of zij weg kunnen"),
    "klaar": _("afgesloten"),
    "weg": _("vernietigd"),
}


def candidates(team: ConfidentialTeam) -> list[Colleague]:
    """Who has the role for this work at the organisation of a team, by name."""
    return [
        item
        for item in colleagues([WORK], Subject(province=team.province, organisation=team.organisation))
        if item.organisation == team.organisation
    ]


def active_members(team: ConfidentialTeam) -> list[ConfidentialMember]:
    """Who is in a team and still has the role for it, by name."""
    able = {item.id for item in candidates(team)}
    return [member for member in team.members.filter(until=None) if member.person in able]


@dataclass(frozen=True)
class TeamStand:
    """A team as its coordinator sees it: who is in it, who can be added, and whether work waits while nobody is left. Never how much."""

    team: ConfidentialTeam
    members: tuple[ConfidentialMember, ...]
    others: tuple[Colleague, ...]
    work_waits: bool


def teams_kept_by(actor: Actor) -> list[TeamStand]:
    """The teams of the organisation of a coordinator, in a fixed number of questions; nothing for everybody else."""
    if not may(actor, COORDINATE, Subject(province=actor.province, organisation=actor.organisation)):
        return []
    teams = list(ConfidentialTeam.objects.filter(organisation=actor.organisation))
    able = _able(actor)
    inside = _inside(teams, able)
    empty = [team.pk for team in teams if not inside[team.pk]]
    waits = set(
        ConfidentialCase.objects.filter(team__in=empty, state=State.OPEN).order_by().values_list("team_id", flat=True).distinct()
    )
    return [
        TeamStand(
            team,
            tuple(inside[team.pk]),
            tuple(item for item in able if item.id not in {member.person for member in inside[team.pk]} | {actor.id}),
            team.pk in waits,
        )
        for team in teams
    ]


def own_teams(actor: Actor) -> list[tuple[ConfidentialTeam, list[ConfidentialMember]]]:
    """The teams this person is in with who else is in it, in a fixed number of questions."""
    teams = list(teams_of(actor))
    inside = _inside(teams, _able(actor))
    return [(team, [member for member in inside[team.pk] if member.person != actor.id]) for team in teams]


def _able(actor: Actor) -> list[Colleague]:
    """Who has the role for this work at the organisation that this person acts for, by name."""
    there = colleagues([WORK], Subject(province=actor.province, organisation=actor.organisation))
    return [item for item in there if item.organisation == actor.organisation]


def _inside(teams: Sequence[ConfidentialTeam], able: Iterable[Colleague]) -> dict[int, list[ConfidentialMember]]:
    """Who of these is in each of these teams (by key)."""
    known = {item.id for item in able}
    inside: dict[int, list[ConfidentialMember]] = {team.pk: [] for team in teams}
    for member in ConfidentialMember.objects.filter(team__in=teams, until=None):
        if member.person in known:
            inside[member.team_id].append(member)
    return inside


def kept_until(found: ConfidentialCase) -> date | None:
    """The first day on which a closed case may go: its term, or the later day until which the team keeps it."""
    if found.closed_on is None:
        return None
    ends = retentions()[RETENTION].on(clock.today()).ends(found.closed_on)
    return max(ends, found.kept_until or ends)


def to_review(found: QuerySet[ConfidentialCase]) -> list[ConfidentialCase]:
    """Closed cases whose term is over, the oldest first."""
    today = clock.today()
    closed = found.exclude(state=State.OPEN).order_by("closed_on", "pk")
    return [case for case in closed if (until := kept_until(case)) is not None and until <= today]


def heap_of(actor: Actor, heap: str) -> list[ConfidentialCase]:
    """One heap of the list of this person's teams."""
    found = visible_to(actor).select_related("team")
    running = found.filter(state=State.OPEN)
    if heap == "mij":
        return list(running.filter(keeper=actor.id))
    if heap == "niemand":
        return without_keeper(actor, list(running))
    if heap == "nakijken":
        return to_review(found)
    if heap == "klaar":
        return list(found.exclude(state=State.OPEN))
    return [] if heap == "weg" else list(running)


def destroyed_for(actor: Actor) -> list[DestroyedCase]:
    """What stays of cases of this person's teams that went: days, ground and hash, the latest first."""
    return list(DestroyedCase.objects.filter(team__in=teams_of(actor)).select_related("team"))


def without_keeper(actor: Actor, running: Iterable[ConfidentialCase]) -> list[ConfidentialCase]:
    """Those that nobody handles: nobody was named, or who was named is not in the team any more."""
    able = {item.id for item in colleagues([WORK], Subject(province=actor.province, organisation=actor.organisation))}
    inside = set(
        ConfidentialMember.objects.filter(team__in=teams_of(actor), until=None, person__in=able).values_list("team_id", "person")
    )
    return [case for case in running if (case.team_id, case.keeper) not in inside]


@dataclass(frozen=True)
class Due:
    """What waits in the cases of a person's teams: answers of parties, steps and requests whose day has come."""

    answers: int
    steps: int
    requests: int


def due_for(actor: Actor) -> Due:
    """Counted in three questions."""
    today, running = clock.today(), visible_to(actor).filter(state=State.OPEN)
    return Due(
        SignalHandover.objects.filter(signal__case__in=running, answered_on=None, answer_due__lte=today).count(),
        ConfidentialStep.objects.filter(case__in=running, done_on=None, due_on__lte=today).count(),
        AccessRequest.objects.filter(case__in=visible_to(actor), answered_on=None).count(),
    )


def team_counts(province: str, year: int) -> dict[str, list[tuple[int, int, int]]]:
    """Per municipality the teams with how many cases they began and ended in a year; only `publish_counts` asks this."""
    cases = ConfidentialCase.objects.filter(province=province).order_by()
    rows = cases.values("municipality", "team_id").annotate(
        begun=Count("pk", filter=Q(opened_on__year=year)), ended=Count("pk", filter=Q(closed_on__year=year))
    )
    found: dict[str, list[tuple[int, int, int]]] = {}
    for row in rows.order_by("municipality", "team_id"):
        found.setdefault(row["municipality"], []).append((row["team_id"], row["begun"], row["ended"]))
    return found


def public_counts(province: str) -> QuerySet[ConfidentialCount]:
    """What everybody may read, the newest year first, by name."""
    return ConfidentialCount.objects.filter(province=province)
