"""Propose that a release is withdrawn; another person confirms it."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.figures.models import Release, Withdrawal

SHORTEST, LONGEST = 10, 400


@trail.recorded("propose-withdrawal", kind="release", about=lambda arguments: str(arguments["release"])[:12])
def propose_withdrawal(*, actor: Actor, release: str, reason: str) -> Withdrawal:
    """Note the reason (public later) for a release (public id). Nothing changes until another person confirms.

    Raises NotAllowed, NotFound, NotValid without a real reason, NotNow when it was proposed already.
    """
    demand(actor, "withdraw-figures")
    reason = " ".join(reason.split())
    found = Release.objects.filter(public_id=release).first()
    if found is None:
        raise NotFound(_("Deze levering bestaat niet."))
    if not SHORTEST <= len(reason) <= LONGEST:
        raise NotValid(
            _("Schrijf de reden op in {shortest} tot {longest} tekens. Iedereen kan haar lezen.").format(
                shortest=SHORTEST, longest=LONGEST
            ),
            code="no-reason",
        )
    with transaction.atomic():
        withdrawal, new = Withdrawal.objects.get_or_create(
            release=found, defaults={"reason": reason, "proposed_by": actor.id, "proposed_at": clock.now()}
        )
        if not new:
            raise NotNow(_("Voor deze levering is al voorgesteld om haar in te trekken."), code="proposed")
        trail.record(actor=actor, action="propose-withdrawal", subject=Reference("release", release, "", ""))
    return withdrawal
