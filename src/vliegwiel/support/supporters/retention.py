"""Whom this room still needs, and what goes with an account. Its own records go by the clock, not by a list."""

from collections.abc import Sequence

from vliegwiel.kernel.retention import Holding, References, Rows
from vliegwiel.support.supporters.actions.leave_supporters import leave_supporters
from vliegwiel.support.supporters.models import BackingRequest, Supporter


def _rows(_about: References) -> Sequence[Rows]:
    return ()


def _needs(people: Sequence[str]) -> set[str]:
    """Who is a supporter, who asked something, and who promised an answer."""
    found = set(Supporter.objects.filter(person__in=people).values_list("person", flat=True))
    found |= set(BackingRequest.objects.filter(person__in=people).values_list("person", flat=True))
    return found | set(BackingRequest.objects.filter(promised_by__in=people).values_list("promised_by", flat=True))


HOLDINGS = [Holding("supporters", "dorpsondersteuners", _rows, needs=_needs, leave=leave_supporters)]
