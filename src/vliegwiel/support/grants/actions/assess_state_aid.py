"""Assess whether a grant is state aid, from its file."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from vliegwiel.foundation.people.public import organisation_with
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import begin, find, finish, named, reference
from vliegwiel.support.state_aid.public import Answered, assess_aid


@trail.recorded("assess-aid", kind="application", about=named("application"))
@transaction.atomic
def assess_state_aid(
    *,
    actor: Actor,
    application: str,
    answers: Mapping[str, Answered],
    route: str,
    why: str,
    article: str = "",
    undertaking: str = "",
    declared_on: date | None = None,
    file: Mapping[str, str] | None = None,
) -> Application:
    """Keep the four answers and the route for this file; see `state_aid.assess_aid`. The undertaking is the organisation that applies,
    known by its number in the trade register when it has no account here, unless another is named. Raises NotAllowed, NotNow, NotValid."""
    found = find(application)
    begin(actor, "assess-aid", found)
    kept = assess_aid(
        actor=actor,
        about=reference(found),
        province=found.province,
        answers=answers,
        route=route,
        why=why,
        article=article,
        undertaking=undertaking or found.organisation or organisation_with(found.kvk) or found.kvk,
        declared_on=declared_on,
        file=file,
    )
    return finish(actor, "assess-aid", found, facts={"assessment": kept.public_id, "route": route})
