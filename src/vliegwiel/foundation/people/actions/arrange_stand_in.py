"""Let a colleague do the work of someone who is away."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.models import Organisation, Person, Role, StandIn
from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.people.queries import current
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid

LONGEST = timedelta(days=365)


@recorded("arrange-stand-in", kind="stand-in")
def arrange_stand_in(
    *, actor: Actor, absent: str, replacement: str, organisation: str, first_day: date, last_day: date
) -> StandIn:
    """From the first up to and including the last day the replacement has the roles and mandates of who is away (public ids).

    A person arranges it for themselves, a manager of roles for anyone in their province. Both have a role at the organisation. Raises
    NotAllowed, NotFound, or NotValid for days that cannot be or someone who has no role there.
    """
    with transaction.atomic():
        at = Organisation.objects.filter(public_id=organisation).first()
        away = Person.objects.filter(public_id=absent, is_active=True).first()
        other = Person.objects.filter(public_id=replacement, is_active=True).first()
        if at is None or away is None or other is None:
            raise NotFound(_("Deze persoon of organisatie kennen we niet."))
        _demand(actor, at, away)
        if last_day < first_day or last_day < clock.today() or last_day - first_day > LONGEST:
            raise NotValid(
                "Kies een eerste en een laatste dag, samen ten hoogste een jaar, die nog niet voorbij zijn.", code="days"
            )
        if away == other:
            raise NotValid(_("Kies een collega: iemand vervangt niet zichzelf."), code="self")
        with_role = set(Role.objects.filter(current(), organisation=at).values_list("person", flat=True))
        if not {away.pk, other.pk} <= with_role:
            raise NotValid(_("Beide personen hebben een rol nodig bij deze organisatie."), code="no-role")
        arranged = StandIn.objects.create(absent=away, replacement=other, organisation=at, first_day=first_day, last_day=last_day)
        record(
            actor=actor,
            action="arrange-stand-in",
            subject=Reference("stand-in", arranged.public_id, "", ""),
            facts={"absent": absent, "replacement": replacement, "from": first_day.isoformat(), "until": last_day.isoformat()},
            province=at.province,
        )
    return arranged


@recorded("end-stand-in", kind="stand-in", about=lambda arguments: str(arguments["stand_in"])[:12])
def end_stand_in(*, actor: Actor, stand_in: str) -> None:
    """Stop today. One that has not begun is taken away; one that runs keeps the days it had. Raises NotFound, NotAllowed, NotNow."""
    with transaction.atomic():
        found = StandIn.objects.filter(public_id=stand_in).select_related("absent", "organisation").first()
        if found is None:
            raise NotFound(_("Deze vervanging kennen we niet."))
        _demand(actor, found.organisation, found.absent)
        today = clock.today()
        if found.last_day < today:
            raise NotNow(_("Deze vervanging is al voorbij."), code="ended")
        if found.first_day >= today:
            found.delete()
        else:
            StandIn.objects.filter(pk=found.pk).update(last_day=today - timedelta(days=1))
        record(
            actor=actor,
            action="end-stand-in",
            subject=Reference("stand-in", stand_in, "", ""),
            province=found.organisation.province,
        )


def _demand(actor: Actor, at: Organisation, away: Person) -> None:
    own = may(actor, "manage-own-account", Subject(person=away.public_id))
    if not own and not may(actor, "manage-roles", Subject(province=at.province, municipality=at.municipality)):
        raise NotAllowed(_("U kunt alleen uw eigen vervanging regelen. Vraag een beheerder voor een collega."), code="not-own")
