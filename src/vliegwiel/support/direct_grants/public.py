"""What other rooms may ask of direct grants: prepare one and lay it before who signs."""

from vliegwiel.support.direct_grants.actions.make_direct_grant import Intended, make_direct_grant, propose_direct_grant

__all__ = ["Intended", "make_direct_grant", "propose_direct_grant"]
