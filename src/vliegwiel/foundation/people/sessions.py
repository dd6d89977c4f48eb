"""Who is behind a request: the person, the organisation they chose, and whether the second step was taken."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode

from vliegwiel.foundation.people import queries
from vliegwiel.foundation.people.models import Organisation, Person
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor

CHOSEN = "organisation"
SECOND_STEP = "second_step"
_RECORDS = "account_authentication_methods"


def has_session(request: HttpRequest) -> bool:
    """Whether the browser sent a session; asking this does not make the answer private."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def person_of(request: HttpRequest) -> Person | None:
    """Who signed in, or None. Without a session nothing is looked up, so that a public page stays the same for everyone."""
    if not has_session(request) or not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    return request.user


def organisation_of(request: HttpRequest) -> Organisation | None:
    """The organisation the person acts for: the one they chose, else the first; None for a resident."""
    person = person_of(request)
    if person is None:
        return None
    found = queries.organisations_of(person)
    chosen = request.session.get(CHOSEN)
    return next((item for item in found if item.public_id == chosen), found[0] if found else None)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request. A person who still owes the second step acts for no organisation."""
    person = person_of(request)
    if person is None:
        return Actor("visitor")
    organisation = None if owes_second_step(request) else organisation_of(request)
    if organisation is None:
        return Actor("person", person.public_id)
    return Actor("person", person.public_id, organisation.public_id, province=organisation.province)


def signed_in(request: HttpRequest) -> Actor | None:
    """The actor of a request when that is a person, or None."""
    actor = actor_of(request)
    return actor if actor.kind == "person" else None


def network_code(request: HttpRequest) -> str:
    """A code of the network address a request came from, to count how often; another one every day, and no way back to the address."""
    address = get_adapter(request).get_client_ip(request)
    return salted_hmac("network", f"{clock.today().isoformat()} {address}").hexdigest()[:32]


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """First sign in; afterwards back to this page with everything in its address."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def owes_second_step(request: HttpRequest) -> bool:
    """Whether this person has a role that asks a second step and did not take it in this session."""
    person = person_of(request)
    return person is not None and not _took_second_step(request) and queries.needs_second_factor(person)


def _took_second_step(request: HttpRequest) -> bool:
    """By passkey or app at signing in, at the organisation's own sign-in, or by just setting it up; or by a button of the demo."""
    if request.session.get(SECOND_STEP) == "demo":
        return bool(settings.VLIEGWIEL_DEMO)
    if request.session.get(SECOND_STEP) == "removed":
        return False
    methods = {record.get("method") for record in request.session.get(_RECORDS, [])}
    return request.session.get(SECOND_STEP) == "set-up" or bool(methods & {"mfa", "socialaccount"})
