"""Give a recipient a term to ask for the determination (Awb 4:44(3))."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import prepare_letter
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.public import draft_letter_to, move_on, send_letter
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.models import ReportRequest
from vliegwiel.support.settlements.naming import named

#: The least time to ask for the determination: long enough to gather what is needed.
LEAST = timedelta(days=14)


@trail.recorded("ask-report", kind="application", about=named("application"))
def ask_report(*, actor: Actor, application: str, until: date) -> ReportRequest:
    """Set a term by letter to account for the grant and so to ask for its determination (*aanvraag tot vaststelling*, Awb 4:44(3)): when
    the day for it passed, or none was set. Only after this term it can be determined ex officio (4:44(4), 4:47).

    Raises NotFound, NotAllowed; NotNow while there is time, a report is there or none is asked; NotValid for less than two weeks.
    """
    file, today = GrantFile(application), clock.today()
    begin(actor, "ask-report", file)
    if file.report_kind is None or file.report is not None:
        raise NotNow(_("Er hoeft geen verslag meer te komen."), code="not-asked")
    last = file.report_by
    if last is not None and today <= last:
        raise NotNow(
            _("De ontvanger heeft nog tijd: tot en met {day}.").format(day=f"{last.day}-{last.month}-{last.year}"), code="in-time"
        )
    if until < today + LEAST:
        raise NotValid(_("Geef ten minste twee weken."), code="too-short")
    facts = {
        "activity": f"‘{file.grant.title}’",
        "kind": file.report_kind.label,
        "was_due": last,
        "answer_by": until,
    }
    ready = prepare_letter(province=file.grant.province, draft=draft_letter_to(file.name, "report-request", facts))
    with transaction.atomic():
        letter = send_letter(actor, file.name, ready)
        asked = ReportRequest.objects.create(
            application=file.name,
            number=file.grant.number,
            province=file.grant.province,
            asked_on=today,
            until=until,
            letter=letter.id,
            by=actor.id,
        )
        move_on(actor, "ask-report", file.name, facts={"until": until.isoformat(), "letter": letter.id})
    return asked
