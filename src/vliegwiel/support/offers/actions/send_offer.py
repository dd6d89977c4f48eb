"""Send one offer of help to all municipalities."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, demand, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.offers.models import HelpOffer, OfferedTo
from vliegwiel.support.offers.queries import ANSWERS
from vliegwiel.support.schemes.public import crisis_of


def reference(offer: HelpOffer, municipality: str) -> Reference:
    """How messages point at an offer, as one municipality reads it."""
    return Reference("help-offer", offer.public_id, offer.title, f"/gemeente/aanbod/{offer.public_id}/{municipality}")


@trail.recorded("send-offer", kind="help-offer")
@transaction.atomic
def send_offer(*, actor: Actor, province: str, title: str, text: str, due: date | None) -> HelpOffer:
    """Send an offer to every municipality that the province has now, and tell everybody who may answer for one.

    Only while the province is in a crisis. Raises NotAllowed, NotNow without a crisis or without known municipalities, NotValid.
    """
    demand(actor, "manage-schemes", Subject(province=province))
    crisis = crisis_of(province)
    if crisis is None:
        raise NotNow(_("Een aanbod aan alle gemeenten hoort bij een crisis. Begin die eerst."), code="no-crisis")
    if not title.strip() or not text.strip():
        raise NotValid(_("Schrijf op welke hulp u aanbiedt."), code="no-text")
    if due is None or due <= clock.today():
        raise NotValid(_("Kies een laatste dag die nog komt."), code="no-day")
    municipalities = municipalities_of(province)
    if not municipalities:
        raise NotNow(_("Wij kennen de gemeenten van deze provincie niet. Lees eerst de gebieden in."), code="no-municipalities")
    offer = HelpOffer.objects.create(
        province=province,
        crisis=crisis,
        title=title.strip()[:120],
        text=text.strip(),
        sent_on=clock.today(),
        due=due,
        by=actor.id,
        made_up=settings.VLIEGWIEL_DEMO,
    )
    for code, name in municipalities:
        people = who_may(ANSWERS, Subject(province=province, municipality=code))
        OfferedTo.objects.create(offer=offer, municipality=code, name=name, people=len(people))
        for person in people:
            tell(
                about=reference(offer, code),
                moment=f"offered-{code}",
                template="support/offers/texts/offered",
                facts={"offer": offer, "name": name},
                province=province,
                person=person,
                kind="work",
            )
    subject = Reference("help-offer", offer.public_id, "", "")
    trail.record(actor=actor, action="send-offer", subject=subject, facts={"count": len(municipalities)}, province=province)
    return offer
