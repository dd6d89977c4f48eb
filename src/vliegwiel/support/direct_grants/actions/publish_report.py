"""Publish the yearly report, and record a report on the effects of a scheme."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.direct_grants.actions.make_direct_grant import VERB
from vliegwiel.support.direct_grants.models import EffectReport, YearReport
from vliegwiel.support.direct_grants.queries import report_rows, total_of
from vliegwiel.support.schemes.public import effect_reports


@trail.recorded("publish-year-report", kind="year-report")
@transaction.atomic
def publish_year_report(*, actor: Actor, province: str, year: int) -> YearReport:
    """Publish what was granted in a year on ground a and d (Awb 4:23(4)). From then on its rows stay as they are.

    Raises NotAllowed, NotNow for a year that is not over or was published.
    """
    demand(actor, VERB, Subject(province=province))
    if year >= clock.today().year:
        raise NotNow(_("Dit jaar is nog niet voorbij. Publiceer het verslag daarna."), code="not-over")
    rows = report_rows(province, year)
    try:
        with transaction.atomic():
            made = YearReport.objects.create(
                province=province, year=year, rows=rows, published_on=clock.today(), by=actor.id or actor.kind
            )
    except IntegrityError as error:
        raise NotNow(_("Dit verslag is al gepubliceerd."), code="published") from error
    trail.record(
        actor=actor,
        action="publish-year-report",
        subject=Reference("year-report", f"{province}-{year}", str(year), f"/subsidies-zonder-regeling/{year}"),
        facts={"year": year, "grants": len(rows), "amount": total_of(rows).cents},
        province=province,
    )
    return made


@trail.recorded("record-effect-report", kind="scheme", about=lambda arguments: str(arguments["scheme"]))
@transaction.atomic
def record_effect_report(*, actor: Actor, province: str, scheme: str, published_on: date, place: str) -> EffectReport:
    """Record that the report on the effects of a scheme was published, and where (Awb 4:24). Raises NotAllowed, NotValid."""
    demand(actor, VERB, Subject(province=province))
    problems = [] if scheme in {key for key, _title, _day in effect_reports(province)} else [_("Kies een regeling uit de lijst.")]
    problems += [] if place.strip() else [_("Schrijf op waar het verslag staat.")]
    problems += [_("Deze dag ligt in de toekomst.")] if published_on > clock.today() else []
    known = EffectReport.objects.filter(scheme=scheme, published_on=published_on).exists()
    problems += [_("Dit verslag is al vastgelegd.")] if known else []
    if problems:
        raise NotValid(problems[0], code="not-complete", details=tuple(problems))
    made = EffectReport.objects.create(
        province=province, scheme=scheme, published_on=published_on, place=place.strip()[:240], by=actor.id or actor.kind
    )
    trail.record(
        actor=actor,
        action="record-effect-report",
        subject=Reference("scheme", scheme, "", f"/regelingen/{scheme}"),
        facts={"published": published_on.isoformat()},
        province=province,
    )
    return made
