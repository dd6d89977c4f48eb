"""What the law asks by a day: announce that a recurring grant gets less, and say whether the budget proviso is invoked."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.direct_grants.actions.make_direct_grant import VERB, reference
from vliegwiel.support.direct_grants.models import AdvanceNotice, DirectGrant
from vliegwiel.support.direct_grants.queries import grant_named, series_named
from vliegwiel.support.direct_grants.rules import PROVISO_TERM


@trail.recorded("give-advance-notice", kind="grant-series", about=lambda arguments: str(arguments["series"])[:12])
@transaction.atomic
def give_notice(*, actor: Actor, series: str, told_on: date, until: date, reason: str) -> AdvanceNotice:
    """Record that the recipient was told that the grant gets lower or ends, and until which day the reasonable term runs (Awb 4:51(1)).

    Raises NotFound, NotAllowed, NotValid without a reason, for a day to come, or a term that is over before it was told; NotNow when it
    was recorded before.
    """
    found = series_named(series)
    demand(actor, VERB, Subject(province=found.province))
    problems = [] if reason.strip() else [_("Schrijf op wat er verandert en waarom.")]
    problems += (
        [_("Deze dag ligt in de toekomst. Leg de aankondiging vast als zij is verstuurd.")] if told_on > clock.today() else []
    )
    problems += [_("De redelijke termijn eindigt na de dag van de aankondiging.")] if until <= told_on else []
    if problems:
        raise NotValid(problems[0], code="not-complete", details=tuple(problems))
    made, fresh = AdvanceNotice.objects.get_or_create(
        series=found, told_on=told_on, until=until, defaults={"reason": reason.strip(), "by": actor.id or actor.kind}
    )
    if not fresh:
        raise NotNow(_("Deze aankondiging staat er al."), code="told")
    trail.record(
        actor=actor,
        action="give-advance-notice",
        subject=Reference("grant-series", found.public_id, found.title, f"/werk/directe-subsidies/reeksen/{found.public_id}"),
        facts={"told": told_on.isoformat(), "until": until.isoformat()},
        province=found.province,
    )
    return made


@trail.recorded("settle-proviso", kind="direct-grant", about=lambda arguments: str(arguments["grant"])[:12])
@transaction.atomic
def settle_proviso(*, actor: Actor, grant: str, invoke: bool) -> DirectGrant:
    """Say whether the province invokes the budget proviso: within four weeks after the budget was adopted, later it lapsed (Awb 4:34(5)).

    Raises NotFound, NotAllowed, NotNow before the budget was adopted, when it was said before, or when it lapsed and is invoked.
    """
    found = grant_named(grant)
    demand(actor, VERB, Subject(province=found.province))
    today = clock.today()
    if found.adopted_on is None or today < found.adopted_on:
        raise NotNow(_("De begroting is nog niet vastgesteld."), code="not-adopted")
    if invoke and today > found.adopted_on + PROVISO_TERM:
        text = _("Het voorbehoud is vervallen: het moest binnen vier weken na de begroting (Awb 4:34, vijfde lid).")
        raise NotNow(text, code="lapsed")
    open_one = DirectGrant.objects.filter(pk=found.pk, proviso_settled_on=None)
    if not open_one.update(proviso_settled_on=today, proviso_invoked=invoke):
        raise NotNow(_("Over dit voorbehoud is al beslist."), code="settled")
    found.refresh_from_db()
    trail.record(
        actor=actor, action="settle-proviso", subject=reference(found), facts={"invoked": invoke}, province=found.province
    )
    return found
