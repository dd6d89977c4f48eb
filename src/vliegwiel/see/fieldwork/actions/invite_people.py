"""Invite people: from a file of addresses, or by a fair draw from a panel. Names stay apart from the doors that their codes open."""

import random
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.plan_fielding import record
from vliegwiel.see.fieldwork.addresses import addresses_in
from vliegwiel.see.fieldwork.document import AGE, AREA
from vliegwiel.see.fieldwork.models import Door, Fielding, Invitation, PanelMember
from vliegwiel.see.fieldwork.queries import INVITE, fielding_named
from vliegwiel.see.fieldwork.rules import SMALLEST_GROUP, drawn_from


@dataclass(frozen=True)
class _Invited:
    lines: tuple[str, ...]
    facts: Mapping[str, str | float]
    member: PanelMember | None = None
    pseudonym: str = ""


@trail.recorded("load-addresses", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def load_addresses(*, actor: Actor, fielding: str, data: bytes) -> int:
    """Invite everybody in a file (CSV or spreadsheet); returns how many. A new file takes the place of the one before.

    Raises NotValid with a sentence per mistake, NotNow when people can answer already or come in another way.
    """
    found = _planned(actor, fielding, Fielding.Route.LETTER)
    people = [_Invited(one.lines, one.facts) for one in addresses_in(data, found.area_year)]
    with transaction.atomic():
        _alone(found, len(people))
        _invite(found, people)
        record(actor, "load-addresses", found, {"invited": len(people)})
    return len(people)


@trail.recorded("draw-members", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def draw_members(*, actor: Actor, fielding: str, size: int) -> int:
    """Draw `size` members of the panel by lot, each age group with its share; returns how many. Who was asked often enough this year is
    left alone. A new draw takes the place of the one before.

    Raises NotValid for fewer than ten, NotNow when too few members may be asked.
    """
    found = _planned(actor, fielding, Fielding.Route.PANEL)
    panel = found.panel
    if panel is None or size < SMALLEST_GROUP:
        raise NotValid(_("Trek ten minste {least} mensen.").format(least=SMALLEST_GROUP), code="too-few")
    seed, year = secrets.randbits(64), clock.today().year
    with transaction.atomic():
        _alone(found, size)
        _give_back(found)
        free = PanelMember.objects.filter(panel=panel, until__gte=clock.today())
        free = free.filter(~Q(asked_year=year) | Q(asked_times__lt=panel.most_per_year)).order_by("public_id")
        chance = random.Random(seed)  # noqa: S311  a draw that can be done again from its recorded seed, not a secret
        drawn = drawn_from(list(free), size, lambda one: one.age_group, chance)
        if len(drawn) < size:
            raise NotNow(
                _("Er zijn nu maar {count} leden die u mag vragen. Kies een lager aantal.").format(count=len(drawn)),
                code="too-few",
            )
        _invite(found, _as_invited(drawn, panel.salt))
        chosen = PanelMember.objects.filter(pk__in=[member.pk for member in drawn])
        chosen.exclude(asked_year=year).update(asked_year=year, asked_times=0)
        if chosen.filter(asked_times__lt=panel.most_per_year).update(asked_times=F("asked_times") + 1) < len(drawn):
            raise NotNow(_("Een collega vroeg intussen dezelfde leden. Loot opnieuw."), code="asked-meanwhile")
        record(actor, "draw-members", found, {"invited": len(drawn), "seed": str(seed)})
    return len(drawn)


def _planned(actor: Actor, fielding: str, route: str) -> Fielding:
    found = fielding_named(fielding)
    demand(actor, INVITE, Subject(province=found.province))
    if found.state != Fielding.State.PLANNED or found.route != route:
        raise NotNow(_("Uitnodigen kan alleen voordat de enquête open gaat, en op de manier van het plan."), code="state")
    return found


def _alone(fielding: Fielding, people: int) -> None:
    """Before anything else, so that who invites at the same moment, or opens, waits for the other."""
    if not Fielding.objects.filter(pk=fielding.pk, state=Fielding.State.PLANNED).update(invited=people):
        raise NotNow(_("De enquête is intussen open gegaan."), code="state")


def _give_back(fielding: Fielding) -> None:
    """Who was drawn before and is not asked after all, was not asked."""
    before = fielding.invitations.exclude(member=None).values("member")
    PanelMember.objects.filter(pk__in=before, asked_times__gt=0).update(asked_times=F("asked_times") - 1)


def _as_invited(members: Iterable[PanelMember], salt: str) -> list[_Invited]:
    """What goes along of a member is shared with at least ten others who were drawn; otherwise it stays behind."""
    members = list(members)
    places = Counter((one.age_group, one.municipality) for one in members)
    ages = Counter(one.age_group for one in members)
    found = []
    for one in members:
        facts: dict[str, str | float] = {}
        if ages[one.age_group] >= SMALLEST_GROUP:
            facts[AGE] = one.age_group
            if places[one.age_group, one.municipality] >= SMALLEST_GROUP:
                facts[AREA] = one.municipality
        found.append(_Invited(one.lines, facts, one, codes.pseudonym_of(salt, one.public_id)))
    small = {key for key, count in Counter(tuple(sorted(one.facts.items())) for one in found).items() if count < SMALLEST_GROUP}
    return [
        _Invited(one.lines, {}, one.member, one.pseudonym) if tuple(sorted(one.facts.items())) in small else one for one in found
    ]


def _invite(fielding: Fielding, people: list[_Invited]) -> None:
    """Invitations and doors are written in orders of their own, so that neither follows from the other."""
    fielding.invitations.all().delete()
    fielding.doors.all().delete()
    invitations = [Invitation(fielding=fielding, member=one.member, lines=list(one.lines)) for one in people]
    doors = [
        Door(
            mark=codes.door_mark(fielding.salt, codes.code_of(fielding.salt, invitation.handle)), fielding=fielding,
            facts=dict(one.facts), pseudonym=one.pseudonym,
        )
        for one, invitation in zip(people, invitations, strict=True)
    ]  # fmt: skip
    Invitation.objects.bulk_create(sorted(invitations, key=lambda one: one.handle))
    Door.objects.bulk_create(sorted(doors, key=lambda one: one.mark))
