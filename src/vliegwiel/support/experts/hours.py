"""The hours of the pool in a year: taken when a request is given, given back when it ends with some left; part of the caller's act."""

from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.experts.models import ExpertTask, PaidBy, PoolYear


def take(province: str, year: int, hours: int) -> None:
    """Take so many hours of a year; raises NotNow when they are not there. The row count of one conditional update decides."""
    pool = PoolYear.objects.filter(province=province, year=year)
    if pool.filter(taken__lte=F("hours") - hours).update(taken=F("taken") + hours):
        return
    found = pool.first()
    if found is None:
        text = _("Voor {year} zijn nog geen uren voor de pool afgesproken. Vraag het de provincie.").format(year=year)
        raise NotNow(text, code="no-pool")
    text = _("In de pool zijn voor {year} nog {left} uur over. Vraag minder uren, of vraag de provincie om meer.")
    raise NotNow(text.format(year=year, left=found.left), code="pool-empty")


def free_the_rest(task: ExpertTask) -> None:
    """Give back to the year what a task that ended did not use; a part of an hour counts as a whole one."""
    task.refresh_from_db()
    left = task.agreed - -(-task.minutes // 60)
    if task.paid_by == PaidBy.POOL and left:
        pool = PoolYear.objects.filter(province=task.request.province, year=task.year)
        pool.update(taken=F("taken") - left)
