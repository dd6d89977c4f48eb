"""The applicant takes an application back."""

from django.db import transaction

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.consents import public as consents
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import begin, find, finish, named, reference
from vliegwiel.support.grants.tasks import confirm_withdrawal


@trail.recorded("withdraw-application", kind="application", about=named("application"))
@transaction.atomic
def withdraw_application(*, actor: Actor, application: str) -> Application:
    """Stop before there is a decision; the municipality is asked nothing any more, and everyone on the applicant's side hears it.

    Raises NotAllowed, and NotNow when it was decided.
    """
    found = find(application)
    begin(actor, "withdraw-application", found)
    finish(actor, "withdraw-application", found, facts={"from": found.state})
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
