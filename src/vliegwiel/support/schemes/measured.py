"""What the counts say about a check: how long it takes, and where people stop."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from vliegwiel.support.schemes.models import OutcomeCount, Scheme, StepCount

#: Under this number a share says nothing and is not shown.
ENOUGH = 10


@dataclass(frozen=True)
class Step:
    """A question or block: how many saw it, how many went on, and the share that stopped there (None: too few to say)."""

    key: str
    question: str
    reached: int
    answered: int

    @property
    def stopped(self) -> float | None:
        """The percentage that stopped here."""
        return None if self.reached < ENOUGH else max(self.reached - self.answered, 0) / self.reached * 100


@dataclass(frozen=True)
class Measured:
    """The burden of a check as measured: how many began and ended, and the median minutes (None: too few to say)."""

    began: int
    ended: int
    minutes: int | None
    steps: tuple[Step, ...]


def measured(scheme: Scheme, questions: Sequence[tuple[str, str]], part: str = "check") -> Measured:
    """Counted over all days. `questions` are the steps as they are now: key and words, in order."""
    rows = StepCount.objects.filter(scheme=scheme, part=part).values_list("step").annotate(Sum("reached"), Sum("answered"))
    counted = {step: (reached, answered) for step, reached, answered in rows}
    steps = tuple(Step(key, words, *counted.get(key, (0, 0))) for key, words in questions)
    ends = OutcomeCount.objects.filter(scheme=scheme, part=part).values_list("minutes").annotate(Sum("times"))
    times = sorted((minutes, times) for minutes, times in ends)
    ended = sum(number for _minutes, number in times)
    return Measured(steps[0].reached if steps else 0, ended, _median(times, ended), steps)


def counted_in(scheme: Scheme, part: str) -> list[tuple[str, str]]:
    """The steps of a part as they were counted, most seen first: for a part whose steps another room knows."""
    rows = StepCount.objects.filter(scheme=scheme, part=part).values_list("step").annotate(seen=Sum("reached")).order_by("-seen")
    return [(step, step.replace("_", " ").replace("-", " ").capitalize()) for step, _seen in rows]


def _median(times: list[tuple[int, int]], ended: int) -> int | None:
    if ended < ENOUGH:
        return None
    passed = 0
    for minutes, number in times:
        passed += number
        if 2 * passed >= ended:
            return minutes
    return None
