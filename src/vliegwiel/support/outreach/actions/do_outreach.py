"""An adviser goes, notes each contact without names, and links what came of it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.desk.public import enquiry_facts
from vliegwiel.support.initiatives.public import initiative_facts
from vliegwiel.support.outreach.models import ContactMoment, OutreachTask
from vliegwiel.support.outreach.standing import TASK, begin, finish, named, without_persons

_MOST_PEOPLE = 10_000


@trail.recorded("take-outreach", kind=TASK, about=named("task"))
@transaction.atomic
def take_outreach(*, actor: Actor, task: str) -> OutreachTask:
    """Say that the adviser goes there. Raises NotFound, NotAllowed, NotNow."""
    found = begin(actor, "take-outreach", task)
    return finish(actor, "take-outreach", found)


@trail.recorded("note-contact", kind=TASK, about=named("task"))
@transaction.atomic
def note_contact(*, actor: Actor, task: str, on: date, how: str, told: str, people: int | None = None) -> ContactMoment:
    """Note a moment of contact: when, how, with how many people, what they told; never who.

    Raises NotFound, NotAllowed, NotNow, NotValid.
    """
    found = begin(actor, "note-contact", task)
    if how not in ContactMoment.How.values:
        raise NotValid(_("Kies hoe het contact was."), code="no-how")
    if on > clock.today():
        raise NotValid(_("Die dag moet nog komen. Kies de dag van het gesprek."), code="future")
    if not told.strip():
        raise NotValid(_("Schrijf kort op wat u hoorde."), code="no-text")
    if people is not None and not 0 < people <= _MOST_PEOPLE:
        raise NotValid(_("Vul een aantal mensen in, of laat het leeg."), code="no-number")
    without_persons(told)
    moment = ContactMoment.objects.create(task=found, on=on, how=how, told=told.strip(), people=people, by=actor.id)
    finish(actor, "note-contact", found)
    return moment


@trail.recorded("link-result", kind=TASK, about=named("task"))
@transaction.atomic
def link_result(*, actor: Actor, task: str, result: str, came_of_it: str = "") -> OutreachTask:
    """Link what came of it: the number of a question at the desk, or the public id (or the address) of an initiative on the site.

    It has to lie in the same municipality. Raises NotFound, NotAllowed, NotNow, NotValid.
    """
    found = begin(actor, "link-result", task)
    name = result.strip().rstrip("/").rsplit("/", 1)[-1][:20]
    initiative = initiative_facts(found.province, name)
    enquiry = None if initiative else enquiry_facts(actor, name)
    if initiative is not None:
        kind, key, title, where = "initiative", initiative.id, initiative.title, initiative.municipality
    elif enquiry is not None:
        kind, key, title, where = (
            "enquiry",
            enquiry.number,
            _("Vraag {number}").format(number=enquiry.number),
            enquiry.municipality,
        )
    else:
        raise NotValid(
            _("Dit nummer kennen we niet. Neem het nummer van de vraag, of de link van het initiatief."), code="no-result"
        )
    if where not in ("", found.municipality):
        raise NotValid(_("Dit hoort bij een andere gemeente dan {name}.").format(name=found.municipality_name), code="elsewhere")
    without_persons(came_of_it)
    return finish(
        actor,
        "link-result",
        found,
        facts={"kind": kind, "outcome": key},
        result_kind=kind,
        result=key,
        result_title=title[:120],
        came_of_it=came_of_it.strip(),
        ended_on=clock.today(),
    )


@trail.recorded("stop-outreach", kind=TASK, about=named("task"))
@transaction.atomic
def stop_outreach(*, actor: Actor, task: str, reason: str) -> OutreachTask:
    """Stop with the reason, such as that people there want nothing now. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = begin(actor, "stop-outreach", task)
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom u stopt."), code="no-reason")
    without_persons(reason)
    return finish(actor, "stop-outreach", found, reason=reason.strip(), ended_on=clock.today())
