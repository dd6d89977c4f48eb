"""Give and end a mandate."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.roles import mandate_matters
from vliegwiel.foundation.people.models import Mandate, Organisation, Person, Role
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.people.queries import current
from vliegwiel.foundation.people.scopes import check_scope
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money


@recorded("give-mandate", kind="mandate", about=lambda arguments: str(arguments["matter"]))
def give_mandate(
    *,
    actor: Actor,
    person: str,
    organisation: str,
    province: str,
    matter: str,
    resolution: str,
    most: Money | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Mandate:
    """A mandate (Awb 10:1) for a person (public id) who has a role at this organisation, resting on a resolution (10:5).

    `most` is the highest amount per decision, None for no highest. Nobody gives a mandate to themselves. Raises NotAllowed, NotFound
    for an unknown person or organisation, NotValid for an unknown matter, an amount or day that cannot be, or a missing resolution.
    """
    demand(actor, "manage-mandates", Subject(province=province))
    check_scope(province, "")
    begin = since or clock.today()
    problems = [
        text
        for wrong, text in (
            (matter not in mandate_matters(), _("Kies waar het mandaat over gaat.")),
            (not resolution.strip(), _("Noem het besluit waarin dit mandaat staat, met nummer en datum.")),
            (most is not None and most.cents <= 0, _("Het hoogste bedrag is groter dan nul, of leeg.")),
            (until is not None and until < begin, _("De laatste dag ligt voor de eerste dag.")),
        )
        if wrong
    ]
    if problems:
        raise NotValid(problems[0], details=tuple(problems), code="no-mandate")
    with transaction.atomic():
        holder = Person.objects.filter(public_id=person, is_active=True).first()
        at = Organisation.objects.filter(public_id=organisation).first()
        if holder is None or at is None:
            raise NotFound(_("Deze persoon of organisatie kennen we niet."))
        if actor.kind == "person" and actor.id == holder.public_id:
            raise NotAllowed(_("U kunt uzelf geen mandaat geven. Vraag het een andere beheerder."), code="self")
        if not Role.objects.filter(current(), person=holder, organisation=at).exists():
            raise NotValid(_("Deze persoon heeft geen rol bij deze organisatie. Geef eerst een rol."), code="no-role")
        given = Mandate.objects.create(
            person=holder,
            organisation=at,
            province=province,
            matter=matter,
            most=None if most is None else most.cents,
            resolution=resolution.strip(),
            since=begin,
            until=until,
        )
        record(
            actor=actor,
            action="give-mandate",
            subject=Reference("mandate", given.public_id, "", ""),
            facts={"person": holder.public_id, "matter": matter, "most": given.most, "since": begin.isoformat()},
            province=province,
        )
    return given


@recorded("end-mandate", kind="mandate", about=lambda arguments: str(arguments["mandate"])[:12])
def end_mandate(*, actor: Actor, mandate: str) -> Mandate:
    """End a mandate (public id): today is its last day. Raises NotFound, NotAllowed, or NotNow when it had ended."""
    with transaction.atomic():
        found = Mandate.objects.filter(public_id=mandate).first()
        if found is None:
            raise NotFound(_("Dit mandaat kennen we niet."))
        demand(actor, "manage-mandates", Subject(province=found.province))
        today = clock.today()
        if not Mandate.objects.filter(pk=found.pk).exclude(until__lte=today).update(until=today):
            raise NotNow(_("Dit mandaat is al beëindigd."), code="ended")
        found.refresh_from_db()
        record(actor=actor, action="end-mandate", subject=Reference("mandate", found.public_id, "", ""), province=found.province)
    return found
