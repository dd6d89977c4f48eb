"""Which periodic tasks are due, claimed so that each turn is enqueued once."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from vliegwiel.foundation.jobs.models import Turn
from vliegwiel.foundation.jobs.public import Periodic
from vliegwiel.kernel import clock


class Schedule:
    """Remembers the last turn it looked at, so that an idle worker asks the database nothing."""

    def __init__(self, periodics: Sequence[Periodic]) -> None:
        self._periodics = tuple(periodics)
        self._seen: dict[str, int] = {}

    def enqueue_due(self) -> list[str]:
        """Enqueue what is due and not yet claimed by another worker; returns the names."""
        enqueued = []
        for periodic in self._periodics:
            slot = int(clock.now().timestamp() // periodic.every.total_seconds())
            if self._seen.get(periodic.name) == slot:
                continue
            self._seen[periodic.name] = slot
            with transaction.atomic():
                if _claim(periodic.name, slot):
                    periodic.task.enqueue()
                    enqueued.append(periodic.name)
        return enqueued


def _claim(name: str, slot: int) -> bool:
    """One conditional update decides; the row is made the first time."""
    if Turn.objects.filter(name=name, slot__lt=slot).update(slot=slot):
        return True
    if Turn.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Turn.objects.create(name=name, slot=slot)
    except IntegrityError:
        return False
    return True
