"""What returns by the clock: closing a half-year of ratings, and forgetting what is over its term."""

from datetime import timedelta

from django.conf import settings

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.supporters.actions.leave_supporters import forget_asked
from vliegwiel.support.supporters.actions.rate_authority import close_ratings


@task()
def close_half_years() -> int:
    """Publish what may be shown of a half-year that is over, and destroy the answers."""
    return close_ratings(actor=Actor.system("job"), province=settings.VLIEGWIEL_PROVINCE)


@task()
def forget_what_was_asked() -> int:
    """Forget what is over its term."""
    return forget_asked(actor=Actor.system("job"))


SCHEDULE = (Periodic(close_half_years, timedelta(days=1)), Periodic(forget_what_was_asked, timedelta(days=1)))
