"""Large questions, worked out in the background with their progress; and by the clock, reports that are over their term."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import Refusal
from vliegwiel.see.facilities.choosing import Choosing, work_out
from vliegwiel.see.facilities.models import ClosureScenario, KeepQuestion
from vliegwiel.see.facilities.outcome import demanded_ground, in_every_way

log = logging.getLogger(__name__)
_EVERY = 1.0
Model = type[ClosureScenario] | type[KeepQuestion]


@task()
def work_out_scenario(name: str) -> None:
    """Answer a saved scenario; harmless when repeated."""
    saved = ClosureScenario.objects.filter(public_id=name, state="waiting").first()
    if saved is not None:
        points = [(float(x), float(y)) for x, y in saved.opens]
        asked = (saved.province, saved.profile, saved.kind, saved.close, points)
        _answer(ClosureScenario, name, lambda: in_every_way(*asked, _steps_of(name)))


@task()
def work_out_choice(name: str) -> None:
    """Answer a question about what to keep, and tell meanwhile how far the proof is; harmless when repeated."""
    saved = KeepQuestion.objects.filter(public_id=name, state="waiting").first()
    if saved is not None:
        _answer(KeepQuestion, name, lambda: work_out(asked_of(saved), _told_to(name)))


@task()
def forget_outcomes() -> int:
    """Destroy reports and saved outcomes whose term is over; returns how many."""
    from vliegwiel.see.facilities.actions.forget_outcomes import forget_outcomes as forgetting

    return forgetting(actor=Actor.system("job"))


SCHEDULE = (Periodic(forget_outcomes, timedelta(days=1)),)


def asked_of(saved: KeepQuestion) -> Choosing:
    """A saved question as it is worked out."""
    lists = (tuple(saved.always), tuple(saved.never))
    about = (saved.number, saved.objective, saved.reach)
    return Choosing(
        saved.province, saved.profile, saved.area, tuple(saved.candidates), *about, *lists, saved.by_capacity, saved.capacities
    )


def _answer(model: Model, name: str, work: Callable[[], dict[str, Any]]) -> None:
    """Keep the answer where there is none yet; what cannot be worked out says why, and does not try for ever."""
    waiting = model.objects.filter(public_id=name, state="waiting")
    try:
        outcome = work()
    except Refusal as refusal:
        log.info("a question could not be worked out: %s", refusal.code)
        waiting.update(state="failed", outcome={"why": [refusal.message]})
        return
    except Exception:
        log.exception("a question could not be worked out")
        waiting.update(state="failed", outcome={"why": [_("Er ging bij ons iets mis. Vraag de beheerder om hulp.")]})
        return
    saved = model.objects.get(public_id=name)
    vintage = demanded_ground(saved.province, saved.profile).vintage
    waiting.update(state="done", outcome=outcome, vintage=vintage, progress={})


def _steps_of(name: str) -> Callable[[int, int], None]:
    """Write which way of travelling is being worked out."""

    def tell(done: int, of: int) -> None:
        ClosureScenario.objects.filter(public_id=name, state="waiting").update(progress={"done": done, "of": of})

    return tell


def _told_to(name: str) -> Callable[[float, float], None]:
    """Write how far it is, at most once a second."""
    last = 0.0

    def tell(objective: float, bound: float) -> None:
        nonlocal last
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            gap = abs(objective - bound) / max(abs(objective), 1e-9)
            KeepQuestion.objects.filter(public_id=name, state="waiting").update(progress={"gap": round(min(gap, 1.0), 4)})

    return tell
