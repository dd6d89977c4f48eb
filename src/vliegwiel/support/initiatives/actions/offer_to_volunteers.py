"""What volunteers are offered by an organisation, for all of them: announce, call off, register, and thank."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, demand, organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.initiatives.models import OfferRegistration, Thanks, VolunteerOffer
from vliegwiel.support.initiatives.standing import begin, find, finish, named, reference
from vliegwiel.support.initiatives.words import OFFER_KINDS, THANKS_KINDS

_TEXTS = "support/initiatives/texts"
_OFFER = named("offer")
_MOST_SEATS = 10_000


def find_offer(name: str) -> VolunteerOffer:
    """By public id; raises NotFound."""
    found = VolunteerOffer.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Dit aanbod kennen we niet."), nearest=((_("Al het aanbod"), "/vrijwilligers"),))
    return found


@trail.recorded("make-offer", kind="volunteer-offer")
@transaction.atomic
def make_offer(
    *,
    actor: Actor,
    province: str,
    kind: str,
    title: str,
    about: str,
    on: date | None,
    time: str = "",
    where: str = "",
    seats: int | None = None,
    made_up: bool = False,
) -> VolunteerOffer:
    """Announce a training, evening, festival or thank-you. Every volunteer sees it, of whichever organisation.

    Raises NotAllowed, and NotValid without a title, for a day that is past, or for seats that cannot be.
    """
    demand(actor, "share-offers", Subject(organisation=actor.organisation))
    if not title.strip() or kind not in OFFER_KINDS:
        raise NotValid(_("Geef het een naam en een soort."), code="title")
    if on is None or on < clock.today():
        raise NotValid(_("Kies een dag die nog komt."), code="on")
    if seats is not None and not 1 <= seats <= _MOST_SEATS:
        raise NotValid(_("Schrijf hoeveel plaatsen er zijn, of laat het leeg."), code="seats")
    found = VolunteerOffer.objects.create(
        province=province,
        organisation=actor.organisation,
        organisation_name=organisation_names([actor.organisation]).get(actor.organisation, "")[:120],
        kind=kind,
        title=title.strip()[:120],
        about=about.strip()[:2000],
        on=on,
        time=time.strip()[:20],
        where=where.strip()[:160],
        seats=seats,
        made_up=made_up,
    )
    _record(actor, "make-offer", found)
    return found


@trail.recorded("cancel-offer", kind="volunteer-offer", about=_OFFER)
@transaction.atomic
def cancel_offer(*, actor: Actor, offer: str) -> VolunteerOffer:
    """Call it off; everybody who would come hears it. Raises NotAllowed, NotFound, NotNow."""
    found = find_offer(offer)
    demand(actor, "share-offers", Subject(organisation=found.organisation))
    if not VolunteerOffer.objects.filter(pk=found.pk, cancelled_at=None).update(cancelled_at=clock.now()):
        raise NotNow(_("Dit was al afgezegd."), code="state")
    found.refresh_from_db()
    _record(actor, "cancel-offer", found)
    for person in found.registrations.values_list("person", flat=True):
        _tell(found, person, "cancelled", "offer_cancelled")
    return found


@trail.recorded("register-for-offer", kind="volunteer-offer", about=_OFFER)
@transaction.atomic
def register_for_offer(*, actor: Actor, offer: str) -> OfferRegistration:
    """Come to it: a seat is taken, never more than there are. Raises NotAllowed without an account, NotFound, and NotNow when it is
    full, past, called off, or one already comes."""
    demand(actor, "follow-own-initiative", Subject(person=actor.id))
    found = find_offer(offer)
    _demand_open(found)
    try:
        with transaction.atomic():
            made = OfferRegistration.objects.create(offer=found, person=actor.id)
    except IntegrityError as fault:
        raise NotNow(_("U staat al op de lijst. Tot dan!"), code="already") from fault
    room = VolunteerOffer.objects.filter(pk=found.pk, cancelled_at=None)
    free = room.filter(seats=None) if found.seats is None else room.filter(taken__lt=F("seats"))
    if not free.update(taken=F("taken") + 1):
        raise NotNow(_("Alle plaatsen zijn bezet. Vraag de organisatie of er nog een keer komt."), code="full")
    _record(actor, "register-for-offer", found)
    _tell(found, actor.id, "registered", "offer_registered")
    return made


@trail.recorded("unregister-from-offer", kind="volunteer-offer", about=_OFFER)
@transaction.atomic
def unregister_from_offer(*, actor: Actor, offer: str) -> None:
    """Not come after all: the seat is free for someone else. Raises NotAllowed, NotFound."""
    demand(actor, "follow-own-initiative", Subject(person=actor.id))
    found = find_offer(offer)
    gone, _rows = found.registrations.filter(person=actor.id).delete()
    if not gone:
        raise NotFound(_("U staat niet op de lijst."))
    VolunteerOffer.objects.filter(pk=found.pk, taken__gt=0).update(taken=F("taken") - 1)
    _record(actor, "unregister-from-offer", found)


@trail.recorded("thank-initiative", kind="initiative", about=named("initiative"))
@transaction.atomic
def thank_initiative(*, actor: Actor, initiative: str, kind: str, text: str, skills: str = "", offer: str = "") -> Thanks:
    """Thank the people of an initiative, once a year: with words, an invitation to an offer, or a certificate of skills gained.

    Raises NotAllowed, NotFound, NotNow when it was thanked this year, NotValid.
    """
    found = find(initiative)
    begin(actor, "thank-initiative", found)
    if kind not in THANKS_KINDS or not text.strip():
        raise NotValid(_("Schrijf waarvoor u bedankt."), code="text")
    if kind == "certificate" and not skills.strip():
        raise NotValid(_("Schrijf op het certificaat wat de mensen leerden."), code="skills")
    invited = find_offer(offer) if kind == "invitation" else None
    if invited is not None:
        _demand_open(invited)
    year = clock.today().year
    name = organisation_names([actor.organisation]).get(actor.organisation, "")[:120]
    try:
        with transaction.atomic():
            made = Thanks.objects.create(
                initiative=found,
                year=year,
                kind=kind,
                text=text.strip()[:2000],
                skills=skills.strip()[:240],
                offer=invited,
                organisation_name=name,
                by=actor.id,
            )
    except IntegrityError as fault:
        raise NotNow(_("Dit initiatief is dit jaar al bedankt. Volgend jaar kan het weer."), code="thanked") from fault
    finish(actor, "thank-initiative", found, facts={"year": year, "kind": kind})
    for person in found.people.exclude(person="").values_list("person", flat=True).distinct():
        tell(
            about=reference(found),
            moment=f"thanks-{year}",
            template=f"{_TEXTS}/thanks",
            facts={"initiative": found, "thanks": made},
            province=found.province,
            person=person,
            kind="initiatives",
        )
    return made


def _demand_open(found: VolunteerOffer) -> None:
    if found.cancelled_at is not None:
        raise NotNow(_("Dit gaat niet door."), code="state")
    if found.on < clock.today():
        raise NotNow(_("Dit is al geweest."), code="past-end")


def _tell(found: VolunteerOffer, person: str, moment: str, text: str) -> None:
    tell(
        about=Reference("volunteer-offer", found.public_id, found.title, found.path),
        moment=moment,
        template=f"{_TEXTS}/{text}",
        facts={"offer": found},
        province=found.province,
        person=person,
        kind="initiatives",
    )


def _record(actor: Actor, action: str, found: VolunteerOffer) -> None:
    subject = Reference("volunteer-offer", found.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, province=found.province)
