"""Apply together: invite someone, accept, say no, leave, or take someone off."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotValid
from vliegwiel.support.grants.models import Application, Participant
from vliegwiel.support.grants.models.application import ParticipantRole
from vliegwiel.support.grants.standing import begin, find, finish, invitation_for, named, reference

_TEXTS = "support/grants/texts"
_AT_MOST = 12
_ABOUT = named("application")


@trail.recorded("invite-participant", kind="application", about=_ABOUT)
@transaction.atomic
def invite_participant(*, actor: Actor, application: str, email: str, role: str) -> Participant:
    """Invite someone by e-mail to apply along or to keep the money (*penvoerder*).

    They accept with the account at that address; until then only the address is kept. Raises NotAllowed, NotNow, and NotValid for an
    address that is none, one's own, or already invited.
    """
    found = find(application)
    begin(actor, "invite-participant", found)
    address = email.strip().lower()
    _demand_address(found, address, role)
    invited = Participant.objects.create(application=found, role=role, email=address)
    finish(actor, "invite-participant", found, facts={"participant": invited.public_id, "role": role})
    tell(
        about=reference(found),
        moment=f"invited-{invited.public_id}",
        template=f"{_TEXTS}/invited",
        facts={"application": found, "role": invited.get_role_display()},
        province=found.province,
        address=address,
        kind="invitations",
    )
    return invited


@trail.recorded("accept-invitation", kind="application", about=_ABOUT)
@transaction.atomic
def accept_invitation(*, actor: Actor, application: str, name: str) -> Participant:
    """Take part, with one's own account and under the name one signs with. The address is not kept any longer.

    Raises NotAllowed for who was not invited at the address of their account, NotNow, and NotValid without a name.
    """
    found = find(application)
    begin(actor, "accept-invitation", found)
    invited = invitation_for(actor, found)
    if invited is None:
        raise NotAllowed(_("Deze uitnodiging is voor een ander e-mailadres. Log in met dat adres."), code="not-invited")
    if found.applicant == actor.id or found.participants.filter(person=actor.id).exists():
        raise NotValid(_("U doet al mee aan deze aanvraag."), code="already")
    if not name.strip():
        raise NotValid(_("Vul uw naam in. Daarmee tekent u straks."), code="no-name")
    invited.person, invited.name, invited.email, invited.accepted_at = actor.id, name.strip()[:80], "", clock.now()
    invited.save(update_fields=["person", "name", "email", "accepted_at"])
    finish(actor, "accept-invitation", found, facts={"participant": invited.public_id})
    if found.applicant:
        tell(
            about=reference(found),
            moment=f"joined-{invited.public_id}",
            template=f"{_TEXTS}/joined",
            facts={"application": found, "name": invited.name},
            province=found.province,
            person=found.applicant,
        )
    return invited


@trail.recorded("decline-invitation", kind="application", about=_ABOUT)
@transaction.atomic
def decline_invitation(*, actor: Actor, application: str) -> None:
    """Say no: the invitation and the address are deleted, and the applicant hears it. Raises NotAllowed, NotNow."""
    found = find(application)
    begin(actor, "accept-invitation", found)
    invited = invitation_for(actor, found)
    if invited is None:
        raise NotAllowed(_("Deze uitnodiging is voor een ander e-mailadres. Log in met dat adres."), code="not-invited")
    _take_off(actor, found, invited, "accept-invitation", "declined")


@trail.recorded("leave-application", kind="application", about=_ABOUT)
@transaction.atomic
def leave_application(*, actor: Actor, application: str) -> None:
    """Apply along no longer, before it was sent; the others sign again, because the application changed. Raises NotAllowed, NotNow."""
    found = find(application)
    begin(actor, "leave-application", found)
    along = found.participants.filter(person=actor.id).exclude(person="").first()
    if along is None:
        raise NotAllowed(_("Dit is uw eigen aanvraag. U kunt haar weggooien."), code="own-application")
    _take_off(actor, found, along, "leave-application", "left")


@trail.recorded("remove-participant", kind="application", about=_ABOUT)
@transaction.atomic
def remove_participant(*, actor: Actor, application: str, participant: str) -> None:
    """Take someone off a draft again (public id of the participation). Raises NotAllowed, NotNow, NotFound."""
    found = find(application)
    begin(actor, "invite-participant", found)
    gone = found.participants.filter(public_id=participant).first()
    if gone is None:
        raise NotFound(_("Deze persoon doet niet mee aan uw aanvraag."))
    person, address = gone.person, gone.email
    gone.delete()
    finish(actor, "invite-participant", found, facts={"removed": participant})
    tell(
        about=reference(found),
        moment=f"removed-{participant}",
        template=f"{_TEXTS}/removed",
        facts={"application": found},
        province=found.province,
        person=person,
        address=address,
        kind="invitations" if address else "file",
    )


def _take_off(actor: Actor, application: Application, gone: Participant, key: str, moment: str) -> None:
    name, participant = gone.name or _("Iemand"), gone.public_id
    gone.delete()
    finish(actor, key, application, facts={"removed": participant})
    if application.applicant:
        tell(
            about=reference(application),
            moment=f"{moment}-{participant}",
            template=f"{_TEXTS}/left",
            facts={"application": application, "name": name},
            province=application.province,
            person=application.applicant,
        )


def _demand_address(application: Application, address: str, role: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotValid(_("Schrijf het e-mailadres zo: naam@voorbeeld.nl."), code="no-address") from error
    if role not in ParticipantRole.values:
        raise NotValid(_("Kies wat deze persoon doet."), code="no-role")
    people = [known_person(person) for person in (application.applicant, *_accepted(application))]
    if address in {person.email for person in people if person} or application.participants.filter(email=address).exists():
        raise NotValid(_("Dit adres hoort al bij deze aanvraag. Vul het adres van iemand anders in."), code="already")
    if application.participants.count() >= _AT_MOST:
        raise NotValid(_("U kunt met hoogstens {count} anderen aanvragen.").format(count=_AT_MOST), code="too-many")


def _accepted(application: Application) -> list[str]:
    return [row.person for row in application.participants.all() if row.person]
