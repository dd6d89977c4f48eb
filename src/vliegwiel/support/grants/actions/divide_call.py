"""Divide the ceiling of a call: publish the seed of a draw, and write down the division that counts."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines import allocation
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.reading import once
from vliegwiel.support.grants.models import Division, Seed
from vliegwiel.support.grants.ranking import (
    Entrant,
    ceilings_of,
    divided,
    entrants_of,
    not_ready,
    rank,
    rules_of,
)
from vliegwiel.support.schemes.public import CallFacts, call_of, mark_divided

VERB = "decide-applications"
#: Divided by the clock of their day of completeness; the call itself stays open.
_FIRST_COME = "first-come"


@trail.recorded("publish-seed", kind="call", about=lambda arguments: str(arguments["call"]))
@transaction.atomic
def publish_seed(*, actor: Actor, call: str, day: date | None = None) -> Seed:
    """Publish the seed of a draw (*startgetal*), once nobody can come in any more: after closing, or after the `day` of completeness that
    is drawn. It is random, given once, and decides together with the public ids. Given again, it is the one that is there.

    Raises NotFound, NotAllowed, or NotNow while someone can still come in.
    """
    found = call_of(call)
    demand(actor, VERB, Subject(province=found.province))
    _demand_everyone_in(found, day)
    if seed := seed_of(call, day):
        return seed
    value = f"{clock.today().isoformat()}/{secrets.token_hex(8)}"
    seed = Seed.objects.create(call=call, province=found.province, day=day, value=value, by=actor.id or actor.kind)
    facts = {"seed": value, "day": day.isoformat() if day else None}
    trail.record(actor=actor, action="publish-seed", subject=_reference(found), facts=facts, province=found.province)
    return seed


@trail.recorded("divide-call", kind="call", about=lambda arguments: str(arguments["call"]))
@transaction.atomic
def divide_call(*, actor: Actor, call: str, seen: str) -> Division:
    """Write down how the ceiling is divided among everyone on whom nothing was proposed yet (Awb 4:25, 4:26). From then on decisions follow
    it. `seen` is the hash of the trial that was looked at: what differs from it is refused.

    Raises NotFound, NotAllowed; NotNow while files are not judged, scores are not in, a draw has no published seed, or something changed
    since the trial, with one line per file.
    """
    found = call_of(call)
    demand(actor, VERB, Subject(province=found.province))
    _demand_everyone_in(found, None)
    entrants = entrants_of(found)
    lacking = not_ready(entrants)
    if lacking and found.method != _FIRST_COME:
        raise NotNow(_("Er kan nog niet worden verdeeld."), code="not-ready", details=tuple(lacking))
    taking = [item for item in entrants if item.takes_part]
    if not taking:
        raise NotNow(_("Er is niets te verdelen."), code="nobody")
    published = seed_for(found)
    made = divided(found, taking, rules_of(found), ceilings_of(found), seed=published)
    if made.receipt.hash != seen:
        raise NotNow(_("Er is intussen iets veranderd. Kijk opnieuw naar de rangschikking."), code="stale")
    if made.drawn and not published:
        raise NotNow(_("Publiceer eerst het startgetal van de loting."), code="no-seed")
    division = Division.objects.create(
        call=call,
        province=found.province,
        receipt=made.receipt.to_json(),
        awards={key: _award(award) for key, award in made.awards.items()},
        order=list(made.order),
        drawn=[list(group) for group in made.drawn],
        seed=published,
        by=actor.id or actor.kind,
    )
    if found.method != _FIRST_COME:
        mark_divided(actor=actor, call=call)
    facts: dict[str, str | int | bool | None] = {
        "division": division.public_id,
        "receipt": made.receipt.hash,
        "applications": len(taking),
        "awarded": sum(award.amount.cents for award in made.awards.values()),
        "seed": published,
    }
    trail.record(actor=actor, action="divide-call", subject=_reference(found), facts=facts, province=found.province)
    return division


def trial_hash(call: CallFacts, entrants: list[Entrant]) -> str:
    """The hash of the division as it would be written down now."""
    return rank(call, entrants, seed=seed_for(call)).hash


def seed_of(call: str, day: date | None = None) -> Seed | None:
    """The seed that was published for this call, or this day of completeness."""
    return Seed.objects.filter(call=call, day=day).first()


def seeds_of(call: str) -> list[Seed]:
    """Every seed that was published for this call, in order."""
    return list(Seed.objects.filter(call=call).order_by("pk"))


def seed_for(call: CallFacts) -> str:
    """The value that draws now: that of the call, or of the last day of completeness that was drawn; empty when nothing is published."""
    found = once(("seed", call.id), lambda: Seed.objects.filter(call=call.id).order_by("-pk").first())
    return found.value if found else ""


def _award(award: allocation.Award) -> dict[str, Any]:
    """An award as it is kept; a total as an exact fraction."""
    return {
        "outcome": award.outcome.value,
        "amount": award.amount.cents,
        "place": award.place,
        "total": None if award.total is None else str(award.total),
        "reasons": [{"code": reason.code, "text": reason.text, "article": reason.article} for reason in award.reasons],
    }


def _demand_everyone_in(call: CallFacts, day: date | None) -> None:
    if call.method == "direct":
        raise NotNow(_("Deze subsidie wordt niet verdeeld."), code="direct")
    if day is None and call.method != _FIRST_COME and call.state not in ("closed", "divided", "decided"):
        raise NotNow(_("De openstelling is nog niet gesloten. Er kan nog iemand bij komen."), code="open")
    if day is not None and day >= clock.today():
        raise NotNow(_("Deze dag is nog niet voorbij. Er kan nog iemand bij komen."), code="open")


def _reference(call: CallFacts) -> Reference:
    return Reference("call", call.id, call.name, f"/werk/openstellingen/{call.id}/rangschikking")
