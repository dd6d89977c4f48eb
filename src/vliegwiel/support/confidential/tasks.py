"""What returns by the clock: the counts of the year before, once they may be published, and names of who left a team."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.confidential.actions.keep_team import forget_members
from vliegwiel.support.confidential.actions.publish_counts import publish_counts


@task()
def publish_last_year() -> int:
    """Publish the counts of last year when their day has come; nothing when they are there, or without a province."""
    if not settings.VLIEGWIEL_PROVINCE:
        return 0
    with suppress(NotNow):
        year = clock.today().year - 1
        return publish_counts(actor=Actor.system("job"), province=settings.VLIEGWIEL_PROVINCE, year=year)
    return 0


@task()
def forget_former_members() -> int:
    """Forget the names of who left a team long ago."""
    return forget_members(actor=Actor.system("job"))


SCHEDULE = (Periodic(publish_last_year, timedelta(days=1)), Periodic(forget_former_members, timedelta(days=1)))
