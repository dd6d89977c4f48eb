"""A municipality answers an offer of help."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.support.offers.models import OfferAnswer, OfferAnswerKind
from vliegwiel.support.offers.queries import ANSWERS, offer_named


@trail.recorded("answer-offer", kind="help-offer", about=lambda arguments: str(arguments["offer"])[:12])
@transaction.atomic
def answer_offer(*, actor: Actor, offer: str, municipality: str, kind: str, need: str = "") -> OfferAnswer:
    """Answer for a municipality; who needs something else says what. A later answer counts in its place, also after the last day.

    Raises NotFound, NotAllowed, NotValid.
    """
    found = offer_named(offer)
    demand(actor, ANSWERS, Subject(province=found.province, municipality=municipality))
    offered = found.offered.filter(municipality=municipality).first()
    if offered is None:
        raise NotFound(_("Dit aanbod ging niet naar deze gemeente."))
    if kind not in OfferAnswerKind.values:
        raise NotValid(_("Kies een antwoord."), code="no-answer")
    if kind == OfferAnswerKind.OTHER and not need.strip():
        raise NotValid(_("Schrijf op wat uw gemeente nodig heeft."), code="no-need")
    answer = OfferAnswer.objects.create(
        offered=offered,
        kind=kind,
        need=need.strip(),
        person=actor.id,
        organisation=actor.organisation,
        late=clock.today() > found.due,
    )
    subject = Reference("help-offer", found.public_id, "", "")
    trail.record(
        actor=actor,
        action="answer-offer",
        subject=subject,
        facts={"answer": kind, "late": answer.late, "municipality": municipality},
        province=found.province,
    )
    return answer
