"""Take back a proposal to withdraw a release, or say no to that of another; nothing was withdrawn yet."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.figures.models import Withdrawal


@trail.recorded("drop-withdrawal", kind="release", about=lambda arguments: str(arguments["release"])[:12])
def drop_withdrawal(*, actor: Actor, release: str) -> None:
    """The proposal for a release (public id) is gone, so that a new one can be made; the trail keeps who proposed and who dropped it.

    Who proposed may do so, and everyone else who may withdraw. Raises NotAllowed, NotFound when nothing was proposed, and NotNow when
    the release is withdrawn already: that is never undone.
    """
    demand(actor, "withdraw-figures")
    with transaction.atomic():
        found = Withdrawal.objects.filter(release__public_id=release).first()
        if found is None:
            raise NotFound(_("Voor deze levering is niet voorgesteld om haar in te trekken."))
        if found.confirmed_at is not None or not Withdrawal.objects.filter(pk=found.pk, confirmed_at=None).delete()[0]:
            raise NotNow(_("Deze levering is al ingetrokken. Dat kan niet terug."), code="withdrawn")
        facts = {"proposed-by": found.proposed_by}
        trail.record(actor=actor, action="drop-withdrawal", subject=Reference("release", release, "", ""), facts=facts)
