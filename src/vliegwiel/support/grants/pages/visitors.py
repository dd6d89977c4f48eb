"""Who may open a page of an application, and where to go otherwise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import find, may_read, takes_part


def signed_in(request: HttpRequest) -> Actor | None:
    """Who signed in, or None."""
    actor = actor_of(request)
    return actor if actor.kind == "person" else None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """First sign in; afterwards back to this page with everything in its address."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def readable(actor: Actor, name: str) -> Application:
    """The application, for who may read it; raises NotFound and NotAllowed."""
    found = find(name)
    verdict = may_read(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return found


def is_own(actor: Actor, application: Application) -> bool:
    """Whether this is the applicant's side, not an officer who typed it in."""
    return takes_part(actor.id, application)
