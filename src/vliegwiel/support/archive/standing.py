"""Who may do what with a list, and what is not the same person's to do."""

from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.support.archive.lifecycle import MOVES
from vliegwiel.support.archive.models import DestructionList, Keeping


def reference(found: DestructionList) -> Reference:
    """How the trail points at a list."""
    return Reference("destruction-list", found.public_id, found.number, f"/beheer/bewaren/lijsten/{found.public_id}")


def of_keeping(found: Keeping) -> Reference:
    """How the trail points at a file that stays longer."""
    return Reference("keeping", found.public_id, found.number, "/beheer/bewaren")


def begin(actor: Actor, key: str, found: DestructionList) -> None:
    """Go on only when this actor may make this move and the list allows it; raises NotAllowed or NotNow."""
    move = MOVES[key]
    demand(actor, move.verb, Subject(province=found.province))
    if move.another and actor.id == found.proposed_by:
        raise NotAllowed(_("U hebt deze lijst zelf voorgesteld. Laat een ander meekijken."), code="own-list")
    if found.state != move.source:
        raise NotNow(_("Dit kan nu niet: deze lijst {state}.").format(state=found.get_state_display()), code="state")
