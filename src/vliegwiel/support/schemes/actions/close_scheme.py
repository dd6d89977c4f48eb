"""End a scheme: it takes no calls and no new versions any more; what ran on it runs on."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.schemes.lifecycle import CallState, SchemeState
from vliegwiel.support.schemes.models import Scheme
from vliegwiel.support.schemes.queries import scheme_named

_RUNNING = (CallState.PLANNED, CallState.ANNOUNCED, CallState.OPEN)


@trail.recorded("close-scheme", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def close_scheme(*, actor: Actor, scheme: str) -> Scheme:
    """End a scheme in force. Raises NotAllowed, and NotNow while it is being written or has a call that is planned, coming or open."""
    found = scheme_named(scheme)
    demand(actor, "manage-schemes", Subject(province=found.province))
    if any(call.stands in _RUNNING for call in found.calls.all()):
        raise NotNow(_("Deze regeling heeft nog een openstelling. Wacht tot die dicht is, of haal haar weg."), code="running")
    if hasattr(found, "draft"):
        raise NotNow(_("Er wordt nog een versie gemaakt. Gooi die eerst weg."), code="draft-exists")
    if not Scheme.objects.filter(pk=found.pk, state=SchemeState.IN_FORCE.value).update(state=SchemeState.CLOSED.value):
        raise NotNow(_("Alleen een regeling die geldt, kan stoppen."), code="state")
    found.refresh_from_db()
    trail.record(actor=actor, action="close-scheme", subject=Reference("scheme", found.key, "", ""), province=found.province)
    return found
