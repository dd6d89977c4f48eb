"""Who may open a page of a grant, and where to go otherwise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.grants.public import demand_reading
from vliegwiel.support.settlements.files import GrantFile


def signed_in(request: HttpRequest) -> Actor | None:
    """Who signed in, or None."""
    actor = actor_of(request)
    return actor if actor.kind == "person" else None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """First sign in; afterwards back to this page."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def own_file(actor: Actor, name: str) -> GrantFile:
    """The grant of this recipient; raises NotFound, and NotAllowed for who is not of their side."""
    grant = demand_reading(actor, name)
    if actor.id not in grant.applicants:
        raise NotAllowed("Deze pagina is voor de ontvanger van de subsidie.", code="not-own")
    return GrantFile(grant.id)
