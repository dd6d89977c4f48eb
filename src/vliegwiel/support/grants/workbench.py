"""What the workbench keeps until something changes: who takes part with which marks, how strict each was, and who would get what now."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Sum

from vliegwiel.support.grants.actions.divide_call import seed_for
from vliegwiel.support.grants.models import Application, Assessment, Assignment
from vliegwiel.support.grants.ranking import Entrant, Ranking, ceilings_of, entrants_of, rank, strictness_of
from vliegwiel.support.schemes.public import CallFacts

#: So many calls are worked on at the same time.
_MOST = 16


@dataclass(frozen=True)
class Judged:
    """A call as it stands; only to look at."""

    entrants: Sequence[Entrant]
    strict: Sequence[tuple[str, Fraction, int]]
    ranking: Ranking


_kept: dict[str, tuple[Hashable, Judged]] = {}


def judged(call: CallFacts) -> Judged:
    """The call with every application, computed once for as long as nothing of it changes."""
    stamp, found = _stamp(call), _kept.get(call.id)
    if found is not None and found[0] == stamp:
        return found[1]
    entrants = entrants_of(call)
    made = Judged(entrants, strictness_of(call), rank(call, entrants, seed=seed_for(call)))
    if len(_kept) >= _MOST:
        _kept.pop(next(iter(_kept)))
    _kept[call.id] = stamp, made
    return made


def _stamp(call: CallFacts) -> Hashable:
    """What the division rests on: each move of an application gives it a new revision; assessments and assignments are only added to."""
    applications = Application.objects.filter(call=call.id).aggregate(count=Count("pk"), revisions=Sum("revision"))
    assessed = Assessment.objects.filter(application__call=call.id).aggregate(count=Count("pk"), revisions=Sum("revision"))
    assigned = Assignment.objects.filter(application__call=call.id).aggregate(count=Count("pk"), ended=Count("ended_at"))
    counts = (*applications.values(), *assessed.values(), *assigned.values())
    return (counts, ceilings_of(call), seed_for(call), call.version, call.state)
