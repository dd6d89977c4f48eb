"""People of an initiative: invite someone by e-mail for a role, take part, or leave."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, count_use, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.initiatives.models import InitiativePerson
from vliegwiel.support.initiatives.standing import begin, find, finish, named, reference
from vliegwiel.support.initiatives.tokens import hashed, new_token
from vliegwiel.support.initiatives.words import ROLES

_ABOUT = named("initiative")
_AT_MOST = 30
_INVITED_A_DAY = 10


@trail.recorded("invite-person", kind="initiative", about=_ABOUT)
@transaction.atomic
def invite_person(*, actor: Actor, initiative: str, email: str, role: str) -> InitiativePerson:
    """Send someone a link with which they take a role; the address itself is kept nowhere. Raises NotAllowed, NotNow, NotValid."""
    found = find(initiative)
    begin(actor, "invite-person", found)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise NotValid(_("Dit is geen e-mailadres. Kijk het na."), code="address") from fault
    if role not in ROLES:
        raise NotValid(_("Kies een rol uit de lijst."), code="role")
    if found.people.count() >= _AT_MOST:
        raise NotNow(_("Er horen al veel mensen bij dit initiatief. Haal eerst iemand weg."), code="full")
    count_use(what="initiatives.invite", whose=found.public_id, most=_INVITED_A_DAY)
    token, code = new_token()
    invited = InitiativePerson.objects.create(initiative=found, role=role, token=code)
    finish(actor, "invite-person", found, facts={"participant": invited.public_id, "role": role})
    tell(
        about=reference(found),
        moment=f"invited-{invited.public_id}",
        template="support/initiatives/texts/invited",
        facts={"initiative": found, "role": invited.get_role_display(), "path": f"{found.own_path}/meedoen/{token}"},
        province=found.province,
        address=address,
        kind="invitations",
    )
    return invited


def invitation_of(initiative: str, token: str) -> InitiativePerson:
    """The open invitation behind a link. Raises NotFound when it was used, taken back, or never there."""
    found = InitiativePerson.objects.filter(initiative__public_id=initiative[:12], token=hashed(token), person="").first()
    if found is None:
        raise NotFound(_("Deze uitnodiging geldt niet meer. Vraag om een nieuwe."))
    return found


@trail.recorded("join-initiative", kind="initiative", about=_ABOUT)
@transaction.atomic
def join_initiative(*, actor: Actor, initiative: str, token: str) -> InitiativePerson:
    """Take the role of an invitation, with one's own account; the link works once. Raises NotAllowed, NotFound, NotNow."""
    demand(actor, "follow-own-initiative", Subject(person=actor.id))
    invited = invitation_of(initiative, token)
    try:
        with transaction.atomic():
            taken = InitiativePerson.objects.filter(pk=invited.pk, person="").update(person=actor.id, token="")
    except IntegrityError as fault:
        raise NotNow(_("U hebt deze rol al in dit initiatief."), code="already") from fault
    if not taken:
        raise NotFound(_("Deze uitnodiging geldt niet meer. Vraag om een nieuwe."))
    invited.refresh_from_db()
    found = invited.initiative
    subject = Reference("initiative", found.public_id, "", "")
    facts = {"participant": invited.public_id, "role": invited.role}
    trail.record(actor=actor, action="join-initiative", subject=subject, facts=facts, province=found.province)
    return invited


@trail.recorded("remove-person", kind="initiative", about=_ABOUT)
@transaction.atomic
def remove_person(*, actor: Actor, initiative: str, participant: str) -> None:
    """Take a person or an invitation off (public id of the role); everyone may leave by themselves, but the last taker stays.

    Raises NotAllowed, NotFound, NotNow.
    """
    found = find(initiative)
    gone = found.people.filter(public_id=participant[:12]).first()
    leaves = gone is not None and actor.kind == "person" and gone.person == actor.id
    if not leaves:
        begin(actor, "remove-person", found)
    if gone is None:
        raise NotFound(_("Deze persoon hoort niet bij dit initiatief."))
    others = found.people.filter(role="taker").exclude(person="").exclude(pk=gone.pk)
    if gone.role == "taker" and gone.person and not others.exists():
        raise NotNow(
            _("U bent de enige initiatiefnemer. Vraag eerst iemand anders, of haal het initiatief van de site."), code="last"
        )
    gone.delete()
    if leaves:
        subject = Reference("initiative", found.public_id, "", "")
        facts = {"removed": participant}
        trail.record(actor=actor, action="remove-person", subject=subject, facts=facts, province=found.province)
    else:
        finish(actor, "remove-person", found, facts={"removed": participant})
