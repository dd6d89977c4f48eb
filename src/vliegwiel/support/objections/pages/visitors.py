"""Who may open a page of an objection, and where to go otherwise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.standing import find, may_read


def signed_in(request: HttpRequest) -> Actor | None:
    """Who signed in, or None."""
    actor = actor_of(request)
    return actor if actor.kind == "person" else None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """First sign in; afterwards back to this page with everything in its address."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def readable(actor: Actor, name: str) -> Objection:
    """The objection, for who may read it; raises NotFound and NotAllowed."""
    found = find(name)
    verdict = may_read(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return found
