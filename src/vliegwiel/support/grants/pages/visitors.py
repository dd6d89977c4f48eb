"""Who may open a page of an application."""

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.kernel.reading import known
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import find, may_read, takes_part


def readable(actor: Actor, name: str) -> Application:
    """The application, for who may read it; raises NotFound and NotAllowed."""
    found = find(name)
    verdict = may_read(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return known(("application", found.public_id), found)


def is_own(actor: Actor, application: Application) -> bool:
    """Whether this is the applicant's side, not an officer who typed it in."""
    return takes_part(actor.id, application)
