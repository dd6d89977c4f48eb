"""Live a history again, step by step at its own moments."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from vliegwiel.catalogue.history import History
from vliegwiel.entry.history.steps import steps_of
from vliegwiel.entry.history.world import SYSTEM, World
from vliegwiel.foundation.budgets.models import Programme
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.trail import public as trail
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.errors import NotNow

#: Told after every step: how many are done, of how many, and what it was.
Told = Callable[[int, int, str], None]


def was_lived(history: History) -> bool:
    """Whether this history was lived to its end here."""
    return Entry.objects.filter(action="relive-history", object_id=history.key).exists()


def relive(history: History, told: Told = lambda done, total, text: None) -> int:
    """Every step of a history through the real actions, each at its own moment; how many there were. Harmless when repeated.

    Only in a demo. Raises NotNow outside one, and when an earlier attempt stopped half-way: then begin in an empty folder.
    """
    if not settings.VLIEGWIEL_DEMO:
        raise NotNow("Een verzonnen geschiedenis hoort alleen in een voorbeeld.", code="no-demo")
    if was_lived(history):
        return 0
    if Programme.objects.filter(province=history.province, title=history.programme).exists():
        raise NotNow("Deze geschiedenis stopte halverwege. Begin opnieuw in een lege map.", code="half-way")
    steps = steps_of(World(history))
    for done, step in enumerate(steps, start=1):
        with clock.at(step.at):
            step.act()
        told(done, len(steps), f"{day(step.at, 'full')}: {step.text}")
    with transaction.atomic():
        subject = Reference("history", history.key, history.title, "")
        trail.record(
            actor=SYSTEM, action="relive-history", subject=subject, facts={"steps": len(steps)}, province=history.province
        )
    return len(steps)
