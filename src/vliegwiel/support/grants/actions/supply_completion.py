"""The applicant completes the application: the term runs again."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import papers_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.standing import begin, find, finish, named, reference
from vliegwiel.support.grants.terms import due_of, events_of, note, open_request


@trail.recorded("supply-completion", kind="application", about=named("application"))
@transaction.atomic
def supply_completion(*, actor: Actor, application: str, text: str = "") -> Application:
    """Say that what was asked is there (Awb 4:5, 4:15): documents were added before (`attach_document`), `text` answers the rest.

    From the day of this the term runs again and the date moves. Raises NotAllowed, NotNow after the last day for it, NotValid when there
    is neither a text nor a document since the request.
    """
    found = find(application)
    begin(actor, "supply-completion", found)
    asked = open_request(events_of(found))
    if asked is None or asked.until is None:
        raise NotNow(_("Er is nu niets gevraagd."), code="nothing-asked")
    today = clock.today()
    if today > asked.until:
        late = _("De tijd om aan te vullen was voorbij op {day}. Neem contact op met de behandelaar.")
        raise NotNow(late.format(day=day(asked.until, "week")), code="too-late")
    documents = sum(paper.received_at >= asked.at for paper in papers_of(reference(found)))
    if not text.strip() and not documents:
        raise NotValid(_("Voeg toe wat we vroegen, of schrijf een antwoord."), code="nothing-new")
    note(
        actor=actor,
        application=found,
        kind=ClockKind.COMPLETED,
        on=today,
        article=asked.article,
        reason=text.strip()[:4_000],
        facts={"documents": documents},
    )
    return finish(actor, "supply-completion", found, facts={"documents": documents}, due_on=due_of(found))
