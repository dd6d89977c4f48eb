"""Who may open a page of a grant."""

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.grants.public import demand_reading
from vliegwiel.support.settlements.files import GrantFile


def own_file(actor: Actor, name: str) -> GrantFile:
    """The grant of this recipient; raises NotFound, and NotAllowed for who is not of their side."""
    grant = demand_reading(actor, name)
    if actor.id not in grant.applicants:
        raise NotAllowed("Deze pagina is voor de ontvanger van de subsidie.", code="not-own")
    return GrantFile(grant.id)
