"""What each part of a confidential file shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.catalogue.confidential import Party, purposes, rules_on, shareable
from vliegwiel.foundation.people.pages.logbook.words import ACTIONS
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.confidential.lifecycle import MOVES
from vliegwiel.support.confidential.models import ConfidentialCase, ConfidentialMember
from vliegwiel.support.confidential.queries import active_members, kept_until
from vliegwiel.support.confidential.standing import KIND

Part = Callable[[Actor, ConfidentialCase, HttpRequest], dict[str, Any]]
_SHOWN = 100


@dataclass(frozen=True)
class PartyChoice:
    """A party as the form shows it, with what may go along in words."""

    party: Party
    may_share: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReadLine:
    """One line of who looked: the entry, what was done in Dutch, why, and who by name when they are or were in the team."""

    entry: Entry
    action: str
    purpose: str
    who: str


def around(actor: Actor, found: ConfidentialCase) -> dict[str, Any]:
    """What stands around every part."""
    rules = rules_on(clock.today())
    kind = rules.kind(found.kind)
    members = active_members(found.team)
    until = kept_until(found)
    return {
        "case": found,
        "kind_name": kind.name if kind else found.kind,
        "can": {key for key, move in MOVES.items() if found.stands in move.sources},
        "members": members,
        "has_keeper": found.keeper in {member.person for member in members},
        "others": [member for member in members if member.person != found.keeper],
        "mine": found.keeper == actor.id,
        "kept_until": until,
        "over": until is not None and until <= clock.today(),
        "today": clock.today(),
        "made_up": found.made_up,
    }


def _case(actor: Actor, found: ConfidentialCase, request: HttpRequest) -> dict[str, Any]:
    return {"steps": list(found.steps.all())}


def _signals(actor: Actor, found: ConfidentialCase, request: HttpRequest) -> dict[str, Any]:
    rules = rules_on(clock.today())
    fitting = [party for party in rules.parties if party.fits(found.about)]
    asked = request.GET.get("partij", request.POST.get("partij", ""))
    chosen = next((party for party in fitting if party.key == asked), None)
    rows = [
        (
            signal,
            rules.seen_by.get(signal.seen_by, signal.seen_by),
            [(item, [shareable().get(key, key) for key in item.shared]) for item in signal.handovers.all()],
        )
        for signal in found.signals.prefetch_related("handovers")
    ]
    return {
        "signals": rows,
        "seen_by": rules.seen_by,
        "parties": fitting,
        "chosen": PartyChoice(chosen, tuple((key, shareable()[key]) for key in chosen.may_share)) if chosen else None,
        "about_signal": request.GET.get("signaal", request.POST.get("signaal", "")),
        "ticked": request.POST.getlist("delen"),
    }


def _end(actor: Actor, found: ConfidentialCase, request: HttpRequest) -> dict[str, Any]:
    outcomes = rules_on(clock.today()).outcomes
    return {
        "outcomes": outcomes,
        "outcome_name": outcomes.get(found.outcome, ""),
        "own_proposal": found.proposed_by == actor.id,
    }


def _access(actor: Actor, found: ConfidentialCase, request: HttpRequest) -> dict[str, Any]:
    rules = rules_on(clock.today())
    return {
        "requests": [(item, rules.checked_by.get(item.checked_how, "")) for item in found.requests.all()],
        "signals": list(found.signals.all()),
        "checked_by": rules.checked_by,
        "withheld": rules.withheld,
    }


def _readers(actor: Actor, found: ConfidentialCase, request: HttpRequest) -> dict[str, Any]:
    names = dict(ConfidentialMember.objects.filter(team=found.team).values_list("person", "name"))
    lines = [
        ReadLine(
            entry,
            str(ACTIONS.get(entry.action, entry.action)),
            purposes().get(str(entry.facts.get("purpose", "")), ""),
            names.get(entry.actor_id, entry.actor_id),
        )
        for entry in trail.entries_about(KIND, found.public_id)[:_SHOWN]
    ]
    return {"lines": lines}


PARTS: Mapping[str, tuple[Promise, Part]] = MappingProxyType(
    {
        "zaak": (_("De zaak"), _case),
        "signalen": (_("Signalen"), _signals),
        "afsluiten": (_("Afsluiten en bewaren"), _end),
        "inzage": (_("Inzage"), _access),
        "inzien": (_("Wie keek"), _readers),
    }
)
