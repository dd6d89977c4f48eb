"""Who was refused for a full ceiling waits in line for money that comes free, unless they said that they no longer want it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.freed import refusal_of
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named


@trail.recorded("leave-line", kind="application", about=named("application"))
@transaction.atomic
def leave_line(*, actor: Actor, application: str, on: date | None, revision: int | None = None) -> Application:
    """Note that the applicant said, on this day, that they no longer want money that comes free: who comes next moves up (*wachtlijst*,
    Awb 4:25). The refusal stands, and they may come back in line.

    Raises NotFound, NotAllowed; NotNow when they are not in line, a proposal waits for its signature or something changed since;
    NotValid without a day, or for one before the refusal or after today.
    """
    found = find(application)
    begin(actor, "leave-line", found)
    demand_revision(found, revision)
    if refusal_of(found) is None:
        raise NotNow(_("Deze aanvraag staat niet op de wachtlijst."), code="not-in-line")
    if found.left_line_on is not None:
        raise NotNow(_("De aanvrager had al laten weten dit geld niet meer te willen."), code="left")
    if found.decisions.filter(taken_at=None, returned_at=None).exists():
        raise NotNow(_("Er ligt een voorstel voor deze aanvraag. Geef dat eerst terug."), code="waits")
    if on is None or on > clock.today() or (found.decided_on and on < found.decided_on):
        raise NotValid(
            _("Vul de dag in waarop de aanvrager dit liet weten, na de afwijzing en niet later dan vandaag."), code="day"
        )
    return finish(actor, "leave-line", found, left_line_on=on)


@trail.recorded("rejoin-line", kind="application", about=named("application"))
@transaction.atomic
def rejoin_line(*, actor: Actor, application: str, revision: int | None = None) -> Application:
    """Note that the applicant wants the money after all: they stand in line again, where they stood.

    Raises NotFound, NotAllowed; NotNow when they had not left the line, or something changed since.
    """
    found = find(application)
    begin(actor, "rejoin-line", found)
    demand_revision(found, revision)
    if found.left_line_on is None:
        raise NotNow(_("Deze aanvraag was niet van de wachtlijst af."), code="in-line")
    return finish(actor, "rejoin-line", found, left_line_on=None)
