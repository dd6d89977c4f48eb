"""Reach someone whose message could not go on paper, because nobody knew where to."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.queries import unreached
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid

#: How someone may have been told without a letter.
WAYS = ("phone", "desk")
_LONGEST_ADDRESS = 6


@recorded("reach-otherwise", kind="message", about=lambda arguments: str(arguments["message"])[:12])
def reach_otherwise(*, actor: Actor, message: str, post: Sequence[str] = (), told: str = "") -> None:
    """Give the address to which a message (public id) is posted, or say that the person was told by "phone" or at the "desk".

    Raises NotFound, NotAllowed for who does not send letters in its province, NotValid without one of the two, and NotNow when it was
    reached before.
    """
    found = Notice.objects.filter(public_id=message).first()
    if found is None:
        raise NotFound(_("Dit bericht kennen we niet."))
    demand(actor, "send-letters", Subject(province=found.province))
    lines = [line.strip() for line in post if line.strip()]
    if bool(lines) == bool(told) or (told and told not in WAYS) or len(lines) > _LONGEST_ADDRESS:
        raise NotValid(_("Geef een adres van hoogstens zes regels, of zeg hoe u het bericht doorgaf."), code="no-way")
    with transaction.atomic():
        if not unreached(found.province).filter(pk=found.pk).update(postal="\n".join(lines), told=told):
            raise NotNow(_("Dit bericht is al op weg."), code="reached")
        subject = Reference("message", found.public_id, "", "")
        record(actor=actor, action="reach-otherwise", subject=subject, facts={"told": told}, province=found.province)
        if lines:
            from vliegwiel.foundation.notices.tasks import put_on_paper

            put_on_paper.enqueue()
