"""Count, without a person and without an answer, how far people come in a check or an application."""

from django.db import IntegrityError, transaction
from django.db.models import F

from vliegwiel.foundation.people.public import demand
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.schemes.models import OutcomeCount, StepCount
from vliegwiel.support.schemes.queries import scheme_named

#: Longer than this is one group: who went for coffee tells us nothing.
LONGEST = 30


def count_steps(*, actor: Actor, scheme: str, part: str, reached: tuple[str, ...] = (), answered: tuple[str, ...] = ()) -> None:
    """Add one to the steps that were shown and answered today. `part` is "check" or "application". Raises NotFound, NotAllowed."""
    demand(actor, "read-public")
    found, today = scheme_named(scheme), clock.today()
    for step in dict.fromkeys((*reached, *answered)):
        _add(
            StepCount,
            {"scheme": found, "part": part, "step": step[:60], "on": today},
            {"reached": int(step in reached), "answered": int(step in answered)},
        )


def count_outcome(*, actor: Actor, scheme: str, part: str, verdict: str, seconds: int) -> None:
    """Add one to the outcomes of today, after so many seconds. Raises NotFound, NotAllowed."""
    demand(actor, "read-public")
    minutes = min(max(-(-seconds // 60), 1), LONGEST)
    key = {"scheme": scheme_named(scheme), "part": part, "verdict": verdict, "minutes": minutes, "on": clock.today()}
    _add(OutcomeCount, key, {"times": 1})


def _add(model: type[StepCount] | type[OutcomeCount], key: dict[str, object], more: dict[str, int]) -> None:
    """One update that adds; the row is made by who comes first."""
    grow = {name: F(name) + value for name, value in more.items()}
    if model.objects.filter(**key).update(**grow):
        return
    try:
        with transaction.atomic():
            model.objects.create(**key, **more)
    except IntegrityError:
        model.objects.filter(**key).update(**grow)
