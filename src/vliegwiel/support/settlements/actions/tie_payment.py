"""Let a payment of the plan wait for an obligation, or wait no longer (Awb 4:37, 4:95(6))."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.grants.public import move_on, tie_instalment
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.naming import named


@trail.recorded("tie-instalment", kind="application", about=named("application"))
@transaction.atomic
def tie_payment(*, actor: Actor, application: str, instalment: int, duty: int | None, why: str) -> GrantFile:
    """An advance waits until an obligation was met (a rule attached to the advance, Awb 4:95(6)), or with None waits no longer. The
    recipient hears at once what it waits for and why.

    Raises NotFound, NotAllowed; NotNow when it was ordered, nothing changes or the obligation was met; NotValid without a reason.
    """
    file = GrantFile(application)
    begin(actor, "tie-instalment", file)
    item = next((row for row in file.instalments if row.id == instalment), None)
    found = next((row for row in file.duties if row.id == duty), None)
    if item is None or (duty is not None and found is None):
        raise NotFound(_("Deze betaling of verplichting hoort niet bij dit besluit."))
    if item.ordered:
        raise NotNow(_("Deze betaling is al klaargezet."), code="ordered")
    if item.after == duty:
        raise NotNow(_("Zo is het al."), code="same")
    if found is not None and found.met_on:
        raise NotNow(_("Hieraan is al voldaan. Betaal gewoon."), code="met")
    if not why.strip():
        raise NotValid(_("Schrijf op waarom. De ontvanger leest dit."), code="no-reason")
    tie_instalment(file.name, instalment, duty)
    done = move_on(actor, "tie-instalment", file.name, facts={"instalment": instalment, "duty": duty})
    for person in file.grant.applicants:
        if known_person(person):
            tell(
                about=file.papers_about,
                moment=f"tied-{instalment}-{done.changed_at.isoformat() if done.changed_at else ''}"[:80],
                template="support/settlements/texts/tied",
                facts={"grant": file.grant, "instalment": item, "duty": found, "why": why.strip()},
                province=file.grant.province,
                person=person,
                post=file.grant.post if person == file.grant.applicant else (),
            )
    return GrantFile(application)
