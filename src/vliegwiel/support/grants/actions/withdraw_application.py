"""The applicant takes an application back."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import release
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.consents import public as consents
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import begin, find, finish, named, reference
from vliegwiel.support.grants.tasks import confirm_withdrawal


@trail.recorded("withdraw-application", kind="application", about=named("application"))
@transaction.atomic
def withdraw_application(*, actor: Actor, application: str) -> Application:
    """Stop before there is a decision: a proposal that waits for its signature falls and its money is free again, the municipality is
    asked nothing any more, and everyone on the applicant's side hears it.

    Raises NotAllowed, and NotNow when it was decided.
    """
    found = find(application)
    begin(actor, "withdraw-application", found)
    finish(actor, "withdraw-application", found, facts={"from": found.state})
    _stop_proposal(actor, found)
    consents.close(actor=Actor.system(actor.origin), about=reference(found))
    for person in Draft(found).signers:
        tell(
            about=reference(found),
            moment="withdrawn",
            template="support/grants/texts/withdrawn",
            facts={"application": found},
            province=found.province,
            person=person,
        )
    confirm_withdrawal.enqueue(application=found.public_id)
    return found


def _stop_proposal(actor: Actor, found: Application) -> None:
    """A proposal that nobody signed yet is returned with this as its reason."""
    why = _("De aanvrager trok de aanvraag in.")
    for decision in found.decisions.filter(taken_at=None, returned_at=None):
        found.decisions.filter(pk=decision.pk).update(returned_at=clock.now(), returned_why=why)
        if decision.awarded and not decision.beyond:
            key = f"{decision.public_id}-u"
            release(actor=actor, about=reference(found), amount=decision.awarded_money, key=key, reason=why)
