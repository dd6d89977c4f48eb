"""What stays counted of questions and cases that are destroyed: how often, by organisation and time, and never about whom."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F, QuerySet

from vliegwiel.support.desk.models import Enquiry, EnquiryEvent, EnquiryEventKind, KeptCount, SupportCase
from vliegwiel.support.desk.terms import quarter_of

PROMISED, IN_TIME, ANSWERED, OPENED, CLOSED = "promised", "in-time", "answered", "opened", "closed"
OUTCOME = "outcome-"
#: Province, organisation (public id), its name, year, quarter (0: the whole year), what was counted.
_Key = tuple[str, str, str, int, int, str]


def keep_counted(files: QuerySet[Enquiry]) -> None:
    """Add these questions to what is counted; part of the transaction that destroys them."""
    for (province, organisation, name, year, quarter, what), count in Counter(_counted(files)).items():
        row, _made = KeptCount.objects.get_or_create(
            province=province, organisation=organisation, organisation_name=name, year=year, quarter=quarter, what=what
        )
        KeptCount.objects.filter(pk=row.pk).update(count=F("count") + count)


def _counted(files: QuerySet[Enquiry]) -> Iterable[_Key]:
    answers = EnquiryEvent.objects.filter(kind=EnquiryEventKind.ANSWERED, enquiry__in=files, until__isnull=False)
    for answer in answers.select_related("enquiry"):
        if answer.until is not None:
            when = (*quarter_of(answer.until),)
            yield (answer.enquiry.province, "", answer.organisation_name, *when, PROMISED)
            if answer.on <= answer.until:
                yield (answer.enquiry.province, "", answer.organisation_name, *when, IN_TIME)
    for file in files:
        if file.answered_on and file.organisation:
            yield (file.province, file.organisation, file.organisation_name, file.answered_on.year, 0, ANSWERED)
    for case in SupportCase.objects.filter(enquiry__in=files).exclude(enquiry__organisation="").select_related("enquiry"):
        there = (case.province, case.enquiry.organisation, case.enquiry.organisation_name)
        yield (*there, case.opened_on.year, 0, OPENED)
        if case.closed_on:
            yield (*there, case.closed_on.year, 0, CLOSED)
            yield (*there, case.closed_on.year, 0, f"{OUTCOME}{case.outcome}")
