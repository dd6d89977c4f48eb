"""What returns by the clock: telling followers once a day, and forgetting what is no longer needed."""

from datetime import timedelta

from django.conf import settings

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.initiatives.actions.follow_place import clear_unconfirmed, tell_followers
from vliegwiel.support.initiatives.actions.forget_terms import forget_terms
from vliegwiel.support.initiatives.actions.send_message import clean_messages


@task()
def tell_who_follows() -> int:
    """Tell who follows a place or theme what is new."""
    return tell_followers(actor=Actor.system("job"), province=settings.VLIEGWIEL_PROVINCE)


@task()
def forget_what_is_done() -> int:
    """Forget addresses that nobody confirmed, messages that were done with, and what is over its term."""
    actor = Actor.system("job")
    return clean_messages(actor=actor) + clear_unconfirmed(actor=actor) + forget_terms(actor=actor)


SCHEDULE = (Periodic(tell_who_follows, timedelta(days=1)), Periodic(forget_what_is_done, timedelta(days=1)))
