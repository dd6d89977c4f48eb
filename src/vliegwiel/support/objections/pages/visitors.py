"""Who may open a page of an objection."""

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.standing import find, may_read


def readable(actor: Actor, name: str) -> Objection:
    """The objection, for who may read it; raises NotFound and NotAllowed."""
    found = find(name)
    verdict = may_read(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return found
