"""The secret link of a question withdrawn, and contact details that were someone else's taken away."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.desk import telling
from vliegwiel.support.desk.models import Enquiry
from vliegwiel.support.desk.standing import begin, find, finish, named, reference


@trail.recorded("renew-link", kind="enquiry", about=named())
@transaction.atomic
def renew_link(*, actor: Actor, enquiry: str, link: str = "") -> Enquiry:
    """Who asked makes a new link, and the old one opens nothing from then on. The new one goes to their address; with an account it goes
    nowhere, so that only the account opens the page. Raises NotFound, NotAllowed."""
    found = find(enquiry)
    begin(actor, "renew-link", found, link)
    return _next_link(actor, "renew-link", found)


@trail.recorded("withdraw-link", kind="enquiry", about=named())
@transaction.atomic
def withdraw_link(*, actor: Actor, enquiry: str) -> Enquiry:
    """The same by an adviser, when the link came to someone else. Raises NotFound, NotAllowed."""
    found = find(enquiry)
    begin(actor, "withdraw-link", found)
    return _next_link(actor, "withdraw-link", found)


@trail.recorded("forget-contact", kind="enquiry", about=named())
@transaction.atomic
def forget_contact(*, actor: Actor, enquiry: str) -> Enquiry:
    """Name, number and addresses were of someone who did not ask this, as an adviser heard on the phone: they go, with what was sent, and
    no link of this question works any more. The question itself stays. Raises NotFound, NotAllowed, NotNow for a question with an
    account."""
    found = find(enquiry)
    begin(actor, "forget-contact", found)
    if found.person:
        raise NotNow(_("Deze vraag hoort bij een account. Wie haar stelde, kan zelf de gegevens wijzigen."), code="claimed")
    if not (found.email or found.phone or found.name or found.post):
        raise NotNow(_("Er staan geen gegevens meer bij deze vraag."), code="no-address")
    if found.email:
        forget(about=reference(found), address=found.email)
    return finish(actor, "forget-contact", found, link_number=F("link_number") + 1, name="", email="", phone="", post="")


def _next_link(actor: Actor, key: str, found: Enquiry) -> Enquiry:
    done = finish(actor, key, found, link_number=F("link_number") + 1)
    if not done.person:
        telling.to_resident(done, f"link-{done.link_number}", "link")
    return done
