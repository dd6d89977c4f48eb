"""What a changed regulation would have done with past rounds: applications come from the rooms that hold them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from vliegwiel.engines.rulebook import Change, Regulation, simulate
from vliegwiel.support.schemes.models import Call, Scheme
from vliegwiel.support.schemes.overview import shared
from vliegwiel.support.schemes.queries import regulation_now

#: From the public id of a call to the facts of each application, by file number: what a room contributes.
PastFacts = Callable[[str], Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Round:
    """A past round under a new version: how many applications there were, and whose outcome changes."""

    call: Call
    applications: int
    changes: tuple[Change, ...]


def rounds_of(scheme: Scheme, after: Regulation) -> list[Round]:
    """Every round of a scheme that took applications, as it would come out by a new version; the latest first."""
    found = []
    for call in scheme.calls.select_related("version", "version__scheme").order_by("-opens_at"):
        facts = _facts_of(call.public_id)
        if not facts:
            continue
        before = regulation_now(call.version)
        on, then = _day(before), _day(after)
        known = {number: shared(before, answers) for number, answers in facts.items()}
        changes = simulate(before, after, known, on=on, then=then)
        found.append(Round(call, len(facts), tuple(changes)))
    return found


def _facts_of(call: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for path in settings.VLIEGWIEL_PAST_ROUNDS:
        contributed: PastFacts = import_string(path)
        found |= contributed(call)
    return found


def _day(regulation: Regulation) -> date:
    """A day on which a version holds: its first."""

    return date.fromisoformat(regulation.version)
