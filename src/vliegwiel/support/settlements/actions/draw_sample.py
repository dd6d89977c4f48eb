"""Draw a sample of light accounts, so that trust is tested (*steekproef*)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.settlements.models import Draw, Report, ReportKind
from vliegwiel.support.settlements.rules import drawn_from


@trail.recorded("draw-sample", kind="sample")
def draw_sample(*, actor: Actor, province: str, percent: int, seed: str, until: date | None = None) -> Draw:
    """Draw this percentage of the completion notes that came in up to a day and were in no draw before. Seed, population and outcome are
    kept: with them anybody can do it again.

    Raises NotAllowed, NotValid for a percentage that is none or without a seed, NotNow when nothing waits or the seed was used.
    """
    demand(actor, "pay-and-settle", Subject(province=province))
    if not 1 <= percent <= 100 or not seed.strip():
        raise NotValid(_("Kies een percentage van 1 tot en met 100, en een startwaarde."), code="no-draw")
    last = until or clock.today()
    rows = Report.objects.filter(province=province, kind=ReportKind.COMPLETION, sent_on__lte=last, draw=None, checked_on=None)
    before = {name for draw in Draw.objects.filter(province=province) for name in draw.population}
    population = sorted(set(rows.values_list("public_id", flat=True)) - before)
    if not population:
        raise NotNow(_("Er zijn geen nieuwe gereedmeldingen om uit te trekken."), code="nothing")
    drawn = drawn_from(population, percent, seed.strip())
    try:
        with transaction.atomic():
            draw = Draw.objects.create(
                province=province,
                seed=seed.strip()[:80],
                percent=percent,
                until=last,
                population=population,
                drawn=list(drawn),
                by=actor.id,
            )
            Report.objects.filter(public_id__in=drawn).update(draw=draw)
            trail.record(
                actor=actor,
                action="draw-sample",
                subject=Reference("sample", draw.public_id, "", ""),
                facts={"percent": percent, "population": len(population), "drawn": len(drawn)},
                province=province,
            )
    except IntegrityError as clash:
        raise NotNow(_("Deze startwaarde is al gebruikt. Neem een andere."), code="seed-used") from clash
    return draw
