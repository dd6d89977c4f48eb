"""When a challenge ends, what this room holds of it, and whom it still needs."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from vliegwiel.kernel import clock
from vliegwiel.kernel.retention import Ended, Holding, References, RetentionRule, Rows, ids_of
from vliegwiel.support.challenges.actions.leave_challenges import leave_challenges
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import (
    Challenge,
    ChallengeEvent,
    ChallengeGround,
    ChallengeRules,
    ChallengeTalk,
    ChallengeWeighing,
)

KIND, _KEY = "challenge", "challenge"
_DONE = (State.INADMISSIBLE.value, State.REFUSED.value, State.WITHDRAWN.value, State.ENDED.value)


def _done() -> QuerySet[Challenge]:
    return Challenge.objects.filter(state__in=_DONE)


def _ended(province: str, _key: str, until: date) -> Iterator[Ended]:
    before = datetime.combine(until + timedelta(days=1), time(), clock.AMSTERDAM)
    found = _done().filter(province=province, changed_at__lt=before).order_by("changed_at", "pk")
    return (_as_ended(row) for row in found.iterator(chunk_size=500))


def _ended_one(name: str) -> Ended | None:
    found = _done().filter(public_id=name).first()
    return _as_ended(found) if found else None


def _as_ended(row: Challenge) -> Ended:
    return Ended(row.public_id, row.number or "", row.province, _KEY, clock.legal_date(row.changed_at))


def _find(number: str) -> tuple[str, str] | None:
    return Challenge.objects.filter(number=number).values_list("public_id", "province").first()


def _rows(about: References) -> Sequence[Rows]:
    found = Challenge.objects.filter(public_id__in=ids_of(about, KIND))
    parts = (ChallengeEvent, ChallengeGround, ChallengeWeighing, ChallengeTalk)
    return [*(model.objects.filter(challenge__in=found) for model in parts), found]


def _needs(people: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for rows, field in (
        (Challenge.objects.filter(person__in=people), "person"),
        (ChallengeEvent.objects.filter(by__in=people), "by"),
        (ChallengeRules.objects.filter(kept_by__in=people), "kept_by"),
    ):
        found |= set(rows.order_by().values_list(field, flat=True))
    return found


RULES = [RetentionRule(KIND, (_KEY,), _ended, _ended_one, _find)]
HOLDINGS = [Holding("challenges", "uitdaging van inwoners", _rows, needs=_needs, leave=leave_challenges)]
