"""Destroy the answers of waves whose term is over: what was made of them stays, and says so."""

from django.db import transaction

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.models import Wave

RETENTION = "survey-answers"


def forget_old_answers(*, actor: Actor) -> int:
    """Destroy answers that were kept for as long as `catalogue/retention.yml` says (AVG 5(1)(e)); returns of how many waves.

    A wave is marked first and its file goes after that: who is cut off in between takes the file away the next time. A file that another
    wave holds too stays for as long as that one keeps it.
    """
    term, today, gone = retentions()[RETENTION].on(clock.today()), clock.today(), 0
    for wave in Wave.objects.filter(answers_gone_at=None).select_related("survey").order_by("pk"):
        if term.ends(wave.imported_at.astimezone(clock.AMSTERDAM).date()) > today:
            continue
        with transaction.atomic():
            if not Wave.objects.filter(pk=wave.pk, answers_gone_at=None).update(answers_gone_at=clock.now()):
                continue
            wave.open_answers.all().delete()
            subject = Reference("wave", wave.public_id, "", "")
            facts: dict[str, str | int] = {"answers": wave.answers, "rows": wave.rows}
            trail.record(actor=actor, action="forget-answers", subject=subject, facts=facts, province=wave.survey.province)
        gone += 1
    kept = set(Wave.objects.filter(answers_gone_at=None).values_list("answers", flat=True))
    for digest in set(Wave.objects.exclude(answers_gone_at=None).values_list("answers", flat=True)) - kept:
        stored.destroy(digest, "parquet")
    return gone
