"""Organisations outside the alliance that reach other people: registered with permission, and let go with their contact details."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.inclusion import inclusion
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.initiatives.public import concerns_in
from vliegwiel.support.outreach.models import OutreachPartner
from vliegwiel.support.outreach.standing import PARTNER, PARTNERS, named

_PHONE = 20
_CONTACT = frozenset({"phone", "email", "citizen-number"})


@dataclass(frozen=True)
class PartnerContact:
    """Whom to reach at a partner, and how they said that this may be kept (GDPR article 6(1)(a)); all empty when there is nobody yet."""

    name: str = ""
    email: str = ""
    phone: str = ""
    agreed_how: str = ""

    @property
    def is_there(self) -> bool:
        """Whether anything is filled in."""
        return bool(self.name or self.email or self.phone)


@trail.recorded("register-partner", kind=PARTNER)
@transaction.atomic
def register_partner(
    *, actor: Actor, province: str, name: str, about: str, groups: Sequence[str], contact: PartnerContact = PartnerContact()
) -> OutreachPartner:
    """Register an organisation that reaches people we do not. A contact person only with their permission.

    Raises NotAllowed, NotValid without a name or group, without permission, or for one that is registered.
    """
    demand(actor, PARTNERS, Subject(province=province))
    if not name.strip():
        raise NotValid(_("Schrijf op hoe de organisatie heet."), code="no-name")
    chosen = [group.key for group in inclusion().chosen(groups)]
    if not chosen:
        raise NotValid(_("Kies welke mensen deze organisatie bereikt."), code="no-group")
    if _CONTACT & set(concerns_in([name, about])):
        raise NotValid(
            _("Er staat een nummer of adres in. Zet dat bij de contactpersoon, als die het goed vindt."), code="personal"
        )
    if contact.is_there and not contact.agreed_how.strip():
        raise NotValid(
            _("Schrijf op hoe de contactpersoon dit goed vond. Zonder dat bewaren wij geen naam."), code="no-agreement"
        )
    if len(contact.phone.strip()) > _PHONE:
        raise NotValid(_("Dit telefoonnummer is te lang. Kijk het na."), code="no-phone")
    if contact.email:
        try:
            validate_email(contact.email)
            MaxLengthValidator(254)(contact.email)
        except ValidationError:
            raise NotValid(_("Dit is geen e-mailadres. Schrijf het zo: naam@organisatie.nl."), code="no-email") from None
    try:
        with transaction.atomic():
            made = OutreachPartner.objects.create(
                province=province,
                name=name.strip()[:120],
                about=about.strip(),
                groups=chosen,
                contact=contact.name.strip()[:80],
                email=contact.email,
                phone=contact.phone.strip(),
                agreed_on=clock.today() if contact.is_there else None,
                agreed_how=contact.agreed_how.strip()[:120] if contact.is_there else "",
                made_up=settings.VLIEGWIEL_DEMO,
                added_by=actor.id,
            )
    except IntegrityError:
        raise NotValid(_("Deze organisatie staat er al."), code="known-partner") from None
    trail.record(actor=actor, action="register-partner", subject=_reference(made), province=province)
    return made


@trail.recorded("end-partner", kind=PARTNER, about=named("partner"))
@transaction.atomic
def end_partner(*, actor: Actor, partner: str) -> OutreachPartner:
    """Let a partner go; the contact details go at once, the tasks stay with its name. Raises NotFound, NotAllowed, NotNow."""
    found = OutreachPartner.objects.filter(public_id=partner).first()
    if found is None:
        raise NotFound(_("Deze organisatie kennen we niet."))
    demand(actor, PARTNERS, Subject(province=found.province))
    there = OutreachPartner.objects.filter(pk=found.pk, ended_on=None)
    if not there.update(ended_on=clock.today(), contact="", email="", phone="", agreed_how=""):
        raise NotNow(_("Deze organisatie doet al niet meer mee."), code="ended")
    trail.record(actor=actor, action="end-partner", subject=_reference(found), province=found.province)
    found.refresh_from_db()
    return found


def _reference(partner: OutreachPartner) -> Reference:
    return Reference(PARTNER, partner.public_id, partner.name, "/werk/bereik/partners")
