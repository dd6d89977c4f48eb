"""What waits for researchers: proposals of others to release, and answers in words that a first person looked at."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, Waiting, may_filter, may_somewhere
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.actions.review_run import RELEASE
from vliegwiel.see.surveys.models import OpenAnswer, Review

_FIELDS = Fields(province="run__wave__survey__province")


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Proposals that somebody else made, and answers that somebody else looked at."""
    if may_somewhere(actor, RELEASE):
        every = Review.objects.filter(state=Review.State.PROPOSED).exclude(proposed_by=actor.id)
        proposals = may_filter(actor, RELEASE, every, _FIELDS).order_by().aggregate(count=Count("pk"))
        yield Waiting(_("Cijfers uit een enquête vrijgeven"), "/werk/enquetes", proposals["count"])
    if not may_somewhere(actor, VERB):
        return
    looked = OpenAnswer.objects.filter(state=OpenAnswer.State.ONCE).exclude(first_by=actor.id)
    answers = may_filter(actor, VERB, looked, Fields(province="wave__survey__province")).order_by().aggregate(count=Count("pk"))
    yield Waiting(_("Open antwoorden als tweede bekijken"), "/werk/enquetes", answers["count"])
