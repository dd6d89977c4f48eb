"""Take a question, hand it over with the whole file, or hand over everything someone has."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Colleague, Subject, colleagues, demand, known_person, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotValid
from vliegwiel.support.desk import telling
from vliegwiel.support.desk.actions.answer_enquiry import organisation_name, say
from vliegwiel.support.desk.lifecycle import OPEN
from vliegwiel.support.desk.models import Enquiry, FileMember, FileRole, Route, Voice
from vliegwiel.support.desk.standing import begin, case_of, case_reference, find, finish, named
from vliegwiel.support.experts.public import follow_case


@trail.recorded("take-enquiry", kind="enquiry", about=named())
@transaction.atomic
def take_enquiry(*, actor: Actor, enquiry: str) -> Enquiry:
    """From now on the actor is the adviser on this file. Raises NotFound, NotAllowed, NotNow."""
    found = find(enquiry)
    begin(actor, "take-enquiry", found)
    known = known_person(actor.id)
    if known is None or not actor.organisation:
        raise NotAllowed(_("Alleen een adviseur neemt een vraag aan."), code="no-adviser")
    return finish(
        actor,
        "take-enquiry",
        found,
        adviser=actor.id,
        adviser_name=known.name,
        organisation=actor.organisation,
        organisation_name=organisation_name(actor),
        routed_why="",
    )


@trail.recorded("hand-over", kind="enquiry", about=named())
@transaction.atomic
def hand_over(*, actor: Actor, enquiry: str, person: str, note: str) -> Enquiry:
    """Give the whole file to another adviser (public id), here or at another organisation, with a note. Who gives it to another
    organisation stays on it as adviser, so that nothing falls between; who asked hears who helps from now on.

    Raises NotFound, NotAllowed, NotNow, and NotValid for who does no casework there.
    """
    found = find(enquiry)
    begin(actor, "hand-over", found)
    to = adviser_named(person, found.province, found.municipality)
    if to.id == found.adviser and to.organisation == found.organisation:
        raise NotValid(_("Kies iemand anders: dit dossier is al van deze adviseur."), code="same")
    say(found, actor, note, voice=Voice.NOTE)
    done = _given(actor, found, to)
    telling.to_adviser(done, f"handed-{done.revision}", "handed_work", but=actor.id)
    return done


@trail.recorded("hand-over-all", kind="organisation", about=named("organisation"))
@transaction.atomic
def hand_over_all(*, actor: Actor, organisation: str, person: str, to: str, note: str) -> int:
    """Give every open file and routing rule of an adviser (public id) to a colleague of the same organisation, in one act: all of it or
    nothing. For a colleague there, or who keeps the routing of the province. Returns how many files.

    Raises NotAllowed and NotValid.
    """
    province = actor.province
    if not may(actor, "keep-own-routing", Subject(organisation=organisation)):
        demand(actor, "keep-routing", Subject(province=province))
    chosen = adviser_named(to, province)
    if chosen.organisation != organisation or chosen.id == person:
        raise NotValid(_("Kies een andere adviseur van dezelfde organisatie."), code="organisation")
    if not note.strip():
        raise NotValid(_("Schrijf in een zin waarom u overdraagt."), code="text")
    open_states = [state.value for state in OPEN]
    files = list(Enquiry.objects.filter(organisation=organisation, adviser=person, state__in=open_states).order_by("pk"))
    given = []
    for found in files:
        say(found, actor, note, voice=Voice.NOTE)
        given.append(_given(actor, found, chosen))
    if chosen.id != actor.id:
        telling.everything_handed(given)
    rules = Route.objects.filter(organisation=organisation, adviser=person, ended_at=None)
    rules.update(adviser=chosen.id, adviser_name=chosen.name, changed_at=clock.now())
    trail.record(
        actor=actor,
        action="hand-over-all",
        subject=Reference("organisation", organisation, "", ""),
        facts={"count": len(files)},
        province=province,
    )
    return len(files)


def adviser_named(person: str, province: str, municipality: str = "") -> Colleague:
    """Someone who does casework there now; raises NotValid."""
    found = colleagues(["do-casework"], Subject(province=province, municipality=municipality))
    chosen = next((item for item in found if item.id == person), None)
    if chosen is None:
        raise NotValid(_("Kies een adviseur die daar nu werkt."), code="no-adviser")
    return chosen


def _given(actor: Actor, found: Enquiry, to: Colleague) -> Enquiry:
    before, name = found.organisation, found.organisation_name
    if before and before != to.organisation:
        found.members.filter(organisation=to.organisation, until=None).update(until=clock.now())
        FileMember.objects.get_or_create(
            enquiry=found,
            organisation=before,
            person="",
            until=None,
            defaults={
                "organisation_name": name,
                "role": FileRole.ADVISER,
                "why": _("Had dit dossier en droeg het over."),
            },
        )
    done = finish(
        actor,
        "hand-over",
        found,
        facts={"to": to.id},
        adviser=to.id,
        adviser_name=to.name,
        organisation=to.organisation,
        organisation_name=to.organisation_name,
        routed_why="",
    )
    case = case_of(done)
    if case is not None:
        follow_case(
            case_reference(case),
            organisation=to.organisation,
            organisation_name=to.organisation_name,
            adviser=to.id,
            adviser_name=to.name,
        )
    telling.to_resident(done, f"handed-{done.revision}", "handed", {"who": to.name, "where": to.organisation_name})
    return done
