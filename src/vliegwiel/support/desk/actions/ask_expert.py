"""An expert for a case: asked by an adviser, perhaps with an advice, wished by who is helped, and judged by who was helped."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.support.desk.models import Advice, Enquiry, SupportCase
from vliegwiel.support.desk.standing import begin_case, case_reference, find, finish, named
from vliegwiel.support.experts.public import HowItWent, Where, Wish, make_request, requests_about, tell_help, wish_expert


@trail.recorded("ask-expert", kind="enquiry", about=named())
@transaction.atomic
def ask_expert(*, actor: Actor, enquiry: str, wish: Wish, advice: str = "") -> str:
    """Lay a question of this case before the pool of experts; `advice` (public id) is the one it belongs to. Returns the public id of the
    request. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "ask-expert", found)
    there = Advice.objects.filter(case=case, public_id=advice).first() if advice else None
    if advice and there is None:
        raise NotFound(_("Dit advies kennen we niet."))
    if there is not None and there.expert_request:
        raise NotNow(_("Bij dit advies is al een deskundige gevraagd."), code="asked")
    made = make_request(actor=actor, where=_where(found, case), wish=wish)
    if there is not None:
        Advice.objects.filter(pk=there.pk).update(
            expert_request=made.public_id, changed_on=clock.today(), revision=F("revision") + 1
        )
    finish(actor, "ask-expert", found, facts={"request": made.public_id})
    return made.public_id


@trail.recorded("wish-for-expert", kind="enquiry", about=named())
@transaction.atomic
def wish_for_expert(*, actor: Actor, enquiry: str, wish: Wish, link: str = "") -> str:
    """Who is helped would like an expert; the adviser looks at it first. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "wish-for-expert", found, link)
    if any(item.state == "wished" for item in requests_about("support-case", case.public_id)):
        raise NotNow(_("U vroeg al om een deskundige. Uw adviseur kijkt ernaar."), code="asked")
    made = wish_expert(actor=actor, where=_where(found, case), wish=wish)
    finish(actor, "wish-for-expert", found, facts={"request": made.public_id})
    return made.public_id


@trail.recorded("rate-expert", kind="enquiry", about=named())
@transaction.atomic
def rate_expert(*, actor: Actor, enquiry: str, request: str, went: HowItWent, link: str = "") -> None:
    """Whether the expert helped, by who was helped; once. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "rate-expert", found, link)
    if all(item.id != request for item in requests_about("support-case", case.public_id)):
        raise NotFound(_("Dit verzoek kennen we niet."))
    tell_help(actor=actor, request=request, went=went)
    finish(actor, "rate-expert", found, facts={"request": request})


def _where(found: Enquiry, case: SupportCase) -> Where:
    path = f"/werk/loket/{found.number}/traject"
    return Where(case_reference(case), path, found.province, found.organisation, found.adviser, found.place)
