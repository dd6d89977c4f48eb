"""Hours on a case against what an organisation may work in a year."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand, organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.desk.actions.answer_enquiry import organisation_name
from vliegwiel.support.desk.models import HourEntry, YearHours
from vliegwiel.support.desk.standing import begin, begin_case, find, finish, named
from vliegwiel.support.grants.public import grant_of

_DAY, _LATE = 24 * 60, timedelta(days=62)


@trail.recorded("note-hours", kind="enquiry", about=named())
@transaction.atomic
def note_hours(*, actor: Actor, enquiry: str, minutes: int, on: date, what: str) -> HourEntry:
    """Minutes that the actor worked on a case for their organisation, on a day of the last two months. Raises NotFound, NotAllowed, NotNow,
    NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "note-hours", found)
    demand(actor, "record-hours", Subject(organisation=actor.organisation))
    today = clock.today()
    if not 0 < minutes <= _DAY or not today - _LATE <= on <= today or not what.strip():
        raise NotValid(_("Schrijf hoe lang u werkte, op welke dag en waaraan. Tot twee maanden terug."), code="hours")
    entry = HourEntry.objects.create(
        case=case,
        province=found.province,
        organisation=actor.organisation,
        organisation_name=organisation_name(actor),
        person=actor.id,
        on=on,
        minutes=minutes,
        what=what.strip()[:120],
    )
    finish(actor, "note-hours", found, facts={"minutes": minutes})
    return entry


@trail.recorded("correct-hours", kind="enquiry", about=named())
def correct_hours(*, actor: Actor, enquiry: str, entry: int, why: str) -> HourEntry:
    """Set an entry of one's own organisation right by a counter-entry; the first stays. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "note-hours", found)
    demand(actor, "record-hours", Subject(organisation=actor.organisation))
    wrong = HourEntry.objects.filter(case__enquiry=found, pk=entry, organisation=actor.organisation, corrects=None).first()
    if wrong is None:
        raise NotFound(_("Deze uren kennen we niet."))
    if not why.strip():
        raise NotValid(_("Schrijf waarom de uren niet kloppen."), code="why")
    try:
        with transaction.atomic():
            undone = HourEntry.objects.create(
                case=wrong.case,
                province=wrong.province,
                organisation=wrong.organisation,
                organisation_name=wrong.organisation_name,
                person=actor.id,
                on=wrong.on,
                minutes=-wrong.minutes,
                what=why.strip()[:120],
                corrects=wrong,
            )
            finish(actor, "note-hours", found, facts={"minutes": -wrong.minutes})
    except IntegrityError:
        raise NotNow(_("Deze uren zijn al rechtgezet."), code="corrected") from None
    return undone


@trail.recorded("agree-year-hours", kind="organisation", about=named("organisation"))
@transaction.atomic
def agree_year_hours(
    *, actor: Actor, province: str, organisation: str, year: int, hours: int, grant: str = "", seen: int | None = None
) -> YearHours:
    """How many hours an organisation may work on cases in a year, and the number of the grant that pays them (empty: none yet). The latest
    counts. `seen` is how many agreements of the year there were when the form was shown. Raises NotAllowed, NotFound for an unknown grant,
    NotNow when somebody agreed on this organisation since, NotValid."""
    demand(actor, "agree-support-hours", Subject(province=province))
    name = organisation_names([organisation]).get(organisation, "")
    if not name or hours < 0 or not 2000 <= year <= 2100:
        raise NotValid(_("Kies een organisatie, een jaar en een aantal uren."), code="hours")
    if seen is not None:
        since = list(agreed_in(province, year)[seen:])
        newer = next((row for row in reversed(since) if row.organisation == organisation), None)
        if newer is not None:
            text = _("Iemand anders legde net {hours} uur vast voor {name}. Klopt dat niet? Leg dan opnieuw vast.")
            raise NotNow(text.format(hours=newer.hours, name=name), code="stale")
    number = (grant_of(grant.strip()).number or "") if grant.strip() else ""
    agreed = YearHours.objects.create(
        province=province,
        organisation=organisation,
        organisation_name=name,
        year=year,
        hours=hours,
        grant=number,
        agreed_by=actor.id,
    )
    trail.record(
        actor=actor,
        action="agree-year-hours",
        subject=Reference("organisation", organisation, "", ""),
        facts={"year": year, "hours": hours},
        province=province,
    )
    return agreed


def agreed_in(province: str, year: int) -> QuerySet[YearHours]:
    """Every agreement of a year, in the order in which they were made; none is ever taken away."""
    return YearHours.objects.filter(province=province, year=year).order_by("pk")
