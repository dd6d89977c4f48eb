"""Name a later date for the decision, in time and with the reason."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants import letters
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named
from vliegwiel.support.grants.terms import due_of, note

ARTICLE = "4:14 Awb"


@trail.recorded("extend-term", kind="application", about=named("application"))
def extend_term(
    *, actor: Actor, application: str, until: date, reason: str, article: str = ARTICLE, revision: int | None = None
) -> Application:
    """The decision comes later: until this day, told by letter before the term is over, with the reason (*verdagen*, Awb 4:14).

    Raises NotAllowed, NotNow after the last day or while there is no term, NotValid for a day that is not later or without a reason.
    """
    found = find(application)
    begin(actor, "extend-term", found)
    demand_revision(found, revision)
    if found.due_on is None:
        raise NotNow(_("Deze aanvraag heeft nog geen termijn."), code="no-term")
    if clock.today() > found.due_on:
        raise NotNow(_("De termijn is voorbij. Verdagen kan niet meer. Beslis zo snel mogelijk."), code="too-late")
    if until <= found.due_on:
        raise NotValid(_("Kies een dag na {day}.").format(day=found.due_on.isoformat()), code="not-later")
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom het langer duurt. De aanvrager leest dit."), code="no-reason")
    facts: dict[str, letters.Fact] = {
        "reason": reason.strip(),
        "was": found.due_on,
        "decide_by": until,
        "basis": f"artikel {article}",
    }
    letter = letters.prepared(found, letters.draft_of(found, "extension", facts))
    with transaction.atomic():
        issued = letters.send(actor, found, letter)
        note(
            actor=actor,
            application=found,
            kind=ClockKind.EXTENDED,
            on=clock.today(),
            until=until,
            article=article,
            reason=reason.strip(),
            facts={"letter": issued.id},
        )
        facts_kept = {"until": until.isoformat(), "letter": issued.id}
        return finish(actor, "extend-term", found, facts=facts_kept, due_on=due_of(found))
