"""How many hours the pool may give in a year, and from which budget line."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import position
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.experts.models import PoolYear


@trail.recorded("agree-pool-hours", kind="pool-year")
@transaction.atomic
def agree_pool_hours(*, actor: Actor, province: str, year: int, hours: int, line: str = "") -> PoolYear:
    """The hours of a year, and the budget line (public id) that pays them; never under what is taken. Raises NotAllowed, NotFound for an
    unknown budget line, NotValid, NotNow."""
    demand(actor, "agree-support-hours", Subject(province=province))
    if not 0 <= hours <= 100_000 or not 2000 <= year <= 2100:
        raise NotValid(_("Kies een jaar en een aantal uren."), code="hours")
    if line:
        position(line)
    words = {"hours": hours, "line": line, "agreed_by": actor.id, "agreed_at": clock.now()}
    there = PoolYear.objects.filter(province=province, year=year)
    if not there.filter(taken__lte=hours).update(**words):
        try:
            with transaction.atomic():
                PoolYear.objects.create(province=province, year=year, **words)
        except IntegrityError:
            text = _("Er zijn al meer uren gegeven. Kies minstens {taken} uur.").format(taken=there.get().taken)
            raise NotNow(text, code="taken") from None
    kept = there.get()
    subject = Reference("pool-year", f"{province}-{year}", "", "")
    trail.record(actor=actor, action="agree-pool-hours", subject=subject, facts={"year": year, "hours": hours}, province=province)
    return kept
