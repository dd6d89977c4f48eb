"""Confirm that a release is withdrawn, as the second person."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.models import Withdrawal

log = logging.getLogger(__name__)


@trail.recorded("confirm-withdrawal", kind="release", about=lambda arguments: str(arguments["release"])[:12])
def confirm_withdrawal(*, actor: Actor, release: str) -> Withdrawal:
    """Withdraw a release (public id): from now on no page, file or answer gives its figures. Its file and its columns stay on disk.

    Raises NotAllowed for who proposed it or is no person, NotFound when nothing was proposed, NotNow when it was done already.
    """
    demand(actor, "withdraw-figures")
    with transaction.atomic():
        found = Withdrawal.objects.filter(release__public_id=release).first()
        if found is None:
            raise NotFound(_("Voor deze levering is niet voorgesteld om haar in te trekken."))
        if found.confirmed_at is not None:
            raise NotNow(_("Deze levering is al ingetrokken."), code="withdrawn")
        if actor.kind != "person" or found.proposed_by == actor.id:
            raise NotAllowed(
                _("Een ander dan wie het voorstelde, bevestigt dat de levering wordt ingetrokken."), code="same-person"
            )
        found.confirmed_by, found.confirmed_at = actor.id, clock.now()
        open_still = Withdrawal.objects.filter(pk=found.pk, confirmed_at=None, proposed_by=found.proposed_by)
        if not open_still.update(confirmed_by=found.confirmed_by, confirmed_at=found.confirmed_at):
            raise NotNow(_("Dit voorstel is er niet meer. Laad de pagina opnieuw."), code="changed")
        facts = {"proposed-by": found.proposed_by}
        trail.record(actor=actor, action="confirm-withdrawal", subject=Reference("release", release, "", ""), facts=facts)
    queries.stamp.forget()
    log.info("withdrew release %s for %s", release, actor.id)
    return found
