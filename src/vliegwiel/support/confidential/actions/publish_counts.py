"""The counts of a finished year become public, once, and never change: nobody can tell from them that a case came or went."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.confidential import published_from, threshold
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.confidential.models import ConfidentialCount
from vliegwiel.support.confidential.queries import team_counts
from vliegwiel.support.confidential.rules import told

COUNTS = "confidential-counts"


@trail.recorded("publish-counts", kind=COUNTS)
@transaction.atomic
def publish_counts(*, actor: Actor, province: str, year: int) -> int:
    """Publish the counts of a year for every municipality that the province has; returns for how many, 0 when they were there.

    Only the installation does this. Raises NotAllowed, NotNow before the day of the catalogue.
    """
    if actor.kind != "system":
        raise NotAllowed(_("Alleen de installatie zelf telt vertrouwelijke zaken."), code="not-allowed")
    if clock.today() < published_from(year):
        raise NotNow(_("Dit jaar is nog niet klaar om te tellen."), code="too-early")
    if ConfidentialCount.objects.filter(province=province, year=year).exists():
        return 0
    counts = team_counts(province, year)
    begun, ended = _told(counts, 1), _told(counts, 2)
    rows = [
        ConfidentialCount(
            province=province,
            year=year,
            municipality=code,
            municipality_name=name,
            begun=begun.get(code),
            ended=ended.get(code),
            published_on=clock.today(),
            made_up=settings.VLIEGWIEL_DEMO,
        )
        for code, name in municipalities_of(province)
    ]
    ConfidentialCount.objects.bulk_create(rows)
    trail.record(
        actor=actor,
        action="publish-counts",
        subject=Reference(COUNTS, str(year), "", ""),
        facts={"year": year},
        province=province,
    )
    return len(rows)


def _told(counts: Mapping[str, list[tuple[int, int, int]]], column: int) -> dict[str, int]:
    by_team = {place: [(str(row[0]), row[column]) for row in rows] for place, rows in counts.items()}
    return told(by_team, threshold())
