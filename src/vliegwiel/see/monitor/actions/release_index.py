"""Release an outcome of the index: the municipalities see it first."""

import logging

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.terms import after_ordinary_days
from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.monitor import outcomes, pressure
from vliegwiel.see.monitor.models import IndexRelease
from vliegwiel.see.monitor.shown_first import tell_municipalities

log = logging.getLogger(__name__)


@trail.recorded("release-index", kind="index-release")
def release_index(*, actor: Actor, province: str, year: int) -> IndexRelease:
    """Show the outcome of the figures that are loaded now to the municipalities today, and to everybody ten working days later.

    Each official who may write the note of a municipality in the province hears so once. Raises NotAllowed, or NotNow when there is
    nothing to show or this very outcome was released already.
    """
    demand(actor, "publish-figures")
    picture = pressure.picture_of(year, province)
    if not picture.known_areas:
        raise NotNow(
            _("Van {year} weten we te weinig. Er is geen uitkomst om vrij te geven.").format(year=year), code="no-outcome"
        )
    today = clock.today()
    release = IndexRelease(
        province=province,
        year=year,
        receipt=picture.receipt.hash,
        shown_on=today,
        public_from=after_ordinary_days(today, outcomes.AHEAD),
        made_up=picture.made_up,
        released_by=actor.id,
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                release.save(force_insert=True)
        except IntegrityError as error:
            raise NotNow(_("Deze uitkomst is al vrijgegeven."), code="released") from error
        tell_municipalities(release, "see/monitor/texts/outcome_shown", {"year": release.year})
        facts: dict[str, str | int | bool | None] = {
            "year": year,
            "receipt": release.receipt,
            "public-from": release.public_from.isoformat(),
        }
        subject = Reference("index-release", release.public_id, "", "")
        trail.record(actor=actor, action="release-index", subject=subject, facts=facts, province=province)
    outcomes.stamp.forget()
    log.info("released the index of %s %s, public from %s", province, year, release.public_from)
    return release
