"""Count what a public funder gives to a plan that the province handles as aid of the undertaking."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.state_aid import aid_routes
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.support.funders.aid import key_of, uncounted
from vliegwiel.support.funders.models import FundAnswer
from vliegwiel.support.funders.standing import AGREE, demand_act
from vliegwiel.support.grants.public import demand_reading
from vliegwiel.support.state_aid.public import AidEntry, aid_of, declare_aid


@trail.recorded("count-aid-of-fund", kind="application")
@transaction.atomic
def count_aid_of_fund(*, actor: Actor, answer: str) -> AidEntry:
    """Enter the fund's part in the de-minimis ledger of the undertaking, as aid of another public giver on the day it said yes. The fund
    reports its own aid to the European register. Raises NotFound, NotAllowed, NotNow when it is no aid, not public, or counted already.
    """
    found = FundAnswer.objects.select_related("agreement").filter(public_id=answer[:12], agrees=True).first()
    if found is None or found.answered_on is None:
        raise NotFound(_("Aan dit plan betaalt het fonds niet mee."))
    demand_act(actor, AGREE, found.agreement)
    grant = demand_reading(actor, found.application)
    route = aid_of(grant.about)
    if route is None or found.public_id not in {item.public_id for item in uncounted(found.application)}:
        raise NotNow(_("Dit telt niet mee als de-minimissteun, of het is al geteld."), code="not-aid")
    entry = declare_aid(
        actor=actor,
        organisation=route.undertaking,
        province=grant.province,
        ledger=aid_routes()[route.route].ledger,
        amount=found.money,
        on=found.answered_on,
        authority=found.agreement.funder_name,
        key=key_of(found),
    )
    facts: dict[str, str | int | bool | None] = {"agreement": found.agreement.public_id, "amount": found.cents}
    trail.record(actor=actor, action="count-aid-of-fund", subject=grant.about, facts=facts, province=grant.province)
    return entry
