"""Shuffle what came in, so that neither the order of rows nor the moment of writing tells which answers go with which door."""

from django.db import transaction

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.fieldwork.actions.plan_fielding import record
from vliegwiel.see.fieldwork.models import Door, Fielding, SentAnswers, WrittenAnswer


@trail.recorded("shuffle-answers", kind="fielding")
def shuffle_answers(*, actor: Actor) -> int:
    """Write all answers, open answers and doors anew of fieldwork in which something came in; returns of how many."""
    count = 0
    for found in Fielding.objects.filter(unmixed__gt=0).order_by("pk"):
        with transaction.atomic():
            shuffle(found)
            record(actor, "shuffle-answers", found, {})
        count += 1
    return count


def shuffle(fielding: Fielding) -> None:
    """In the transaction of the caller: every row anew, by its random key, so that one act wrote them all."""
    Fielding.objects.filter(pk=fielding.pk).update(unmixed=0)
    answers = sorted(SentAnswers.objects.filter(fielding=fielding), key=lambda one: one.key)
    SentAnswers.objects.filter(fielding=fielding).delete()
    SentAnswers.objects.bulk_create(answers, batch_size=500)
    texts = sorted(WrittenAnswer.objects.filter(fielding=fielding), key=lambda one: one.key)
    WrittenAnswer.objects.filter(fielding=fielding).delete()
    WrittenAnswer.objects.bulk_create(texts, batch_size=500)
    doors = sorted(Door.objects.filter(fielding=fielding), key=lambda one: one.mark)
    Door.objects.filter(fielding=fielding).delete()
    Door.objects.bulk_create(doors, batch_size=500)
