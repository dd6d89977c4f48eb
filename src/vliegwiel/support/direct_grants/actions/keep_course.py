"""What follows on three years of grants under a scheme: is it the same activity, and the announcement that it will be less (Awb 4:51)."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import prepare_letter
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.direct_grants.courses import Course, course_of, series_for
from vliegwiel.support.direct_grants.models import AdvanceNotice, Continuation, Following, Series
from vliegwiel.support.grants.public import GrantFacts, State, demand_reading, draft_letter_to, may_move_on, send_letter

_OPEN = (State.SUBMITTED, State.INCOMPLETE, State.COMPLETE, State.IN_ASSESSMENT, State.ADVISED)
_RUNNING = (State.GRANTED, State.REPORTED, State.DETERMINED)


@trail.recorded("weigh-continuation", kind="application", about=lambda arguments: str(arguments["application"])[:12])
@transaction.atomic
def weigh_continuation(*, actor: Actor, application: str, kind: str, why: str) -> Continuation:
    """Say of an application whether it is for the same or mainly the same activity as the grants before it (Awb 4:51(1)), and why.

    Raises NotFound, NotAllowed, NotValid without a reason, NotNow where nobody had three years on end or a decision is proposed.
    """
    grant = _may(actor, application)
    if grant.state not in _OPEN:
        raise NotNow(_("Dit kan tot een besluit is voorgesteld."), code="state")
    course = _counting(application, with_itself=False)
    if kind not in Following.values or not why.strip():
        raise NotValid(_("Kies of dit dezelfde activiteit is, en schrijf op waarom."), code="not-complete")
    made = Continuation.objects.create(
        province=grant.province,
        series=series_for(course),
        application=grant.id,
        kind=kind,
        why=why.strip(),
        by=actor.id or actor.kind,
    )
    facts: dict[str, str | int | bool | None] = {"kind": kind, "years": course.years}
    trail.record(actor=actor, action="weigh-continuation", subject=grant.about, facts=facts, province=grant.province)
    return made


@trail.recorded("announce-change", kind="grant-series")
def announce_change(*, actor: Actor, application: str, until: date, reason: str) -> AdvanceNotice:
    """Tell by letter who had a grant under a scheme three years on end that it gets lower or ends, and until which day the reasonable term
    runs (Awb 4:51(1)). `application` is a file of the recipient: the one that runs, or the next that waits.

    Raises NotFound, NotAllowed, NotValid without a reason or for a day that is past, NotNow where it does not hold or was told already.
    """
    grant = _may(actor, application)
    if grant.state not in (*_OPEN, *_RUNNING):
        raise NotNow(_("Aankondigen kan bij een subsidie die loopt, of een aanvraag die nog open is."), code="state")
    course = _counting(application, with_itself=grant.state in _RUNNING)
    today = clock.today()
    if not reason.strip():
        raise NotValid(_("Schrijf op wat er verandert en waarom."), code="no-reason")
    if until <= today:
        raise NotValid(_("De redelijke termijn eindigt na vandaag."), code="past")
    _demand_untold(course)
    facts: dict[str, str | int | date] = {
        "years": course.years,
        "scheme": grant.scheme_title,
        "reason": reason.strip(),
        "until": until,
        "number": grant.number,
    }
    ready = prepare_letter(province=grant.province, draft=draft_letter_to(grant.id, "advance-notice", facts))
    with transaction.atomic():
        series = series_for(course)
        Series.objects.filter(pk=series.pk).update(recipient=F("recipient"))  # who tells it at the same moment waits here
        _demand_untold(_counting(application, with_itself=grant.state in _RUNNING))
        letter = send_letter(actor, grant.id, ready)
        made = AdvanceNotice.objects.create(
            series=series, told_on=today, until=until, reason=reason.strip(), letter=letter.id, by=actor.id or actor.kind
        )
        subject = Reference("grant-series", series.public_id, series.title, f"/werk/directe-subsidies/vervolg/{grant.number}")
        told: dict[str, str | int | bool | None] = {"until": until.isoformat(), "letter": letter.id, "application": grant.id}
        trail.record(actor=actor, action="announce-change", subject=subject, facts=told, province=grant.province)
    return made


def _demand_untold(course: Course) -> None:
    if course.announced is not None:
        text = _("Dit is al verteld. De redelijke termijn loopt tot en met {until}.")
        raise NotNow(text.format(until=f"{course.announced:%d-%m-%Y}"), code="told")


def _may(actor: Actor, application: str) -> GrantFacts:
    """Whoever decides on the file does this too; never on their own."""
    verdict = may_move_on(actor, "propose-decision", application)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return demand_reading(actor, application)


def _counting(application: str, *, with_itself: bool) -> Course:
    course = course_of(application, with_itself=with_itself)
    if course is None or not course.counts:
        raise NotNow(_("Deze ontvanger kreeg geen drie jaar op rij subsidie uit deze regeling."), code="not-three")
    return course
