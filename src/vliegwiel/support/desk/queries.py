"""Reads of the desk: what waits, by promised day; what is on a file; the year of an organisation; what was answered in time."""

import functools
import operator
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.foundation.people.public import Fields, may, may_filter
from vliegwiel.foundation.people.public import Subject as Where
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk.counting import ANSWERED, CLOSED, IN_TIME, OPENED, OUTCOME, PROMISED
from vliegwiel.support.desk.lifecycle import OPEN, PENDING_ADVICE, CaseState, State
from vliegwiel.support.desk.models import (
    Advice,
    Enquiry,
    EnquiryEvent,
    EnquiryEventKind,
    FileMember,
    FileRole,
    HourEntry,
    KeptCount,
    Look,
    SupportCase,
    YearHours,
)
from vliegwiel.support.desk.terms import before, quarter_of

_PLACE = Fields(province="province", municipality="municipality")
MOST_COUNTED = 1_000
#: The heaps of the inbox, in the order in which they are shown.
HEAPS: Mapping[str, Promise] = {
    "open": _("wacht op antwoord"),
    "te-laat": _("te laat"),
    "bijna": _("vandaag of morgen"),
    "niemand": _("nog niemand"),
    "inwoner": _("wacht op de bewoner"),
    "beantwoord": _("beantwoord"),
    "trajecten": _("trajecten"),
    "opvolgen": _("navragen"),
    "klaar": _("afgerond"),
}


def visible_to(actor: Actor) -> QuerySet[Enquiry]:
    """Every file at work that this person may read: the twin of `standing.may_read` without the link of who asked."""
    everything = Enquiry.objects.all()
    mine = may_filter(actor, "do-casework", everything, _PLACE)
    if actor.kind == "system":
        return mine
    advises, looks = (_files_of(actor, role) for role in (FileRole.ADVISER, FileRole.OBSERVER))
    own = Q(organisation__in=["", actor.organisation])
    found = mine.filter(own | Q(pk__in=advises) if advises else own)
    if not looks:
        return found
    return found | may_filter(actor, "read-shared-files", everything, _PLACE).filter(pk__in=looks)


def _files_of(actor: Actor, role: FileRole) -> list[int]:
    """The files on which the actor, or their whole organisation, has this role: few, so that they are named in the question."""
    if actor.kind != "person" or not actor.organisation:
        return []
    there = FileMember.objects.filter(until=None, organisation=actor.organisation, person__in=["", actor.id], role=role)
    return list(there.values_list("enquiry", flat=True))


def asked_by(actor: Actor) -> QuerySet[Enquiry]:
    """What this person asked with their account, the newest first."""
    found = may_filter(actor, "follow-own-initiative", Enquiry.objects.all(), Fields(person="person"))
    return found.filter(person=actor.id).exclude(person="").select_related("case").order_by("-pk")


def heap_of(found: QuerySet[Enquiry], heap: str, today: date) -> QuerySet[Enquiry]:
    """One heap of the inbox, the first promised day first."""
    if heap == "klaar":
        return found.filter(state=State.CLOSED).order_by("-closed_on", "-pk")
    waiting = found.filter(state=State.RECEIVED).order_by("promised_on", "pk")
    advised = Advice.objects.filter(state__in=[state.value for state in PENDING_ADVICE], follow_up_on__lte=today)
    follow = advised.filter(case__state=CaseState.ACTIVE).values("case__enquiry")
    chosen = {
        "open": waiting,
        "te-laat": waiting.filter(promised_on__lt=today),
        "bijna": waiting.filter(promised_on__gte=today, promised_on__lte=_soon(today)),
        "niemand": found.filter(adviser="", state__in=[state.value for state in OPEN]).order_by("promised_on", "pk"),
        "inwoner": found.filter(state=State.WAITING).order_by("promised_on", "pk"),
        "beantwoord": found.filter(state=State.ANSWERED).order_by("-answered_on", "-pk"),
        "trajecten": found.filter(state=State.SUPPORTED).order_by("pk"),
        "opvolgen": found.filter(pk__in=follow).order_by("pk"),
    }
    return chosen.get(heap, waiting)


def counted(found: QuerySet[Enquiry], today: date) -> list[tuple[str, Promise, int]]:
    """How many lie on each heap."""
    return [(heap, name, heap_of(found, heap, today).order_by()[: MOST_COUNTED + 1].count()) for heap, name in HEAPS.items()]


def _soon(today: date) -> date:
    """Tomorrow, or the next working day when that is later."""
    day = today
    while before(day, 1) <= today:
        day = date.fromordinal(day.toordinal() + 1)
    return date.fromordinal(day.toordinal() - 1)


def with_case(found: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """The same with what a list shows of the case."""
    return found.select_related("case")


@dataclass(frozen=True)
class YearPosition:
    """The year of an organisation at the desk: hours agreed and worked, cases opened and closed, and what came of them by outcome."""

    organisation: str
    name: str
    agreed: int | None
    grant: str
    minutes: int
    opened: int
    closed: int
    outcomes: tuple[tuple[str, int], ...]
    answered: int

    @property
    def worked(self) -> float:
        """Hours worked."""
        return self.minutes / 60

    @property
    def left(self) -> float | None:
        """Hours left of what was agreed; negative when it is passed."""
        return None if self.agreed is None else self.agreed - self.worked


def year_of(actor: Actor, province: str, year: int) -> list[YearPosition]:
    """The year of each organisation that this person may see: all of a province, or the own one; by name."""
    all_of_them = bool(may(actor, "read-support-hours", Where(province=province)))
    entries = HourEntry.objects.filter(province=province, on__year=year)
    agreed = YearHours.objects.filter(province=province, year=year)
    files = Enquiry.objects.filter(province=province).exclude(organisation="")
    cases = SupportCase.objects.filter(province=province)
    if not all_of_them:
        entries, agreed = entries.filter(organisation=actor.organisation), agreed.filter(organisation=actor.organisation)
        files, cases = files.filter(organisation=actor.organisation), cases.filter(enquiry__organisation=actor.organisation)
    latest: dict[str, YearHours] = {}
    for row in agreed.order_by("pk"):
        latest[row.organisation] = row
    names = {row.organisation: row.organisation_name for row in latest.values()}
    minutes: dict[str, int] = {}
    for organisation, name, total in (
        entries.order_by().values_list("organisation", "organisation_name").annotate(total=Sum("minutes"))
    ):
        names[organisation], minutes[organisation] = name, minutes.get(organisation, 0) + int(total or 0)
    opened = _per_organisation(cases.filter(opened_on__year=year), "enquiry__organisation")
    closed = _per_organisation(cases.filter(closed_on__year=year), "enquiry__organisation")
    answered = _per_organisation(files.filter(answered_on__year=year), "organisation")
    outcomes: dict[str, list[tuple[str, int]]] = {}
    ended = cases.filter(closed_on__year=year).order_by().values_list("enquiry__organisation", "outcome")
    for organisation, outcome, count in ended.annotate(count=Count("pk")):
        outcomes.setdefault(organisation, []).append((outcome, count))
    for organisation, name in files.order_by().values_list("organisation", "organisation_name").distinct():
        names.setdefault(organisation, name)
    kept = KeptCount.objects.filter(province=province, year=year, quarter=0)
    for past in kept if all_of_them else kept.filter(organisation=actor.organisation):
        names.setdefault(past.organisation, past.organisation_name)
        if past.what.startswith(OUTCOME):
            outcomes.setdefault(past.organisation, []).append((past.what.removeprefix(OUTCOME), past.count))
        else:
            part = {OPENED: opened, CLOSED: closed, ANSWERED: answered}[past.what]
            part[past.organisation] = part.get(past.organisation, 0) + past.count
    return [
        YearPosition(
            organisation,
            name,
            latest[organisation].hours if organisation in latest else None,
            latest[organisation].grant if organisation in latest else "",
            minutes.get(organisation, 0),
            opened.get(organisation, 0),
            closed.get(organisation, 0),
            _summed(outcomes.get(organisation, [])),
            answered.get(organisation, 0),
        )
        for organisation, name in sorted(names.items(), key=lambda item: (item[1], item[0]))
    ]


def _summed(outcomes: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    sums: Counter[str] = Counter()
    for outcome, count in outcomes:
        sums[outcome] += count
    return tuple(sorted(sums.items()))


def _per_organisation(found: QuerySet[SupportCase] | QuerySet[Enquiry], column: str) -> dict[str, int]:
    return dict(found.order_by().values_list(column).annotate(count=Count("pk")))


@dataclass(frozen=True)
class OnTime:
    """How an organisation kept its promises in a quarter: questions whose promised day fell in it, and how many were answered by then."""

    year: int
    quarter: int
    organisation_name: str
    promised: int
    kept: int

    @property
    def share(self) -> float:
        """Per cent."""
        return 100 * self.kept / self.promised


def on_time(province: str) -> list[OnTime]:
    """Per quarter and organisation, the newest quarter first. A question that still waits counts once its day has passed; one
    that was withdrawn does not count. What is destroyed stays counted."""
    answers = EnquiryEvent.objects.filter(kind=EnquiryEventKind.ANSWERED, enquiry__province=province, until__isnull=False)
    kept = Count(Case(When(on__lte=F("until"), then=1)))
    days = answers.order_by().values_list("until", "organisation_name").annotate(promised=Count("pk"), kept=kept)
    late = Enquiry.objects.filter(province=province, state=State.RECEIVED, promised_on__lt=clock.today())
    waiting = late.order_by().values_list("promised_on", "organisation_name").annotate(promised=Count("pk"))
    sums: dict[tuple[int, int, str], list[int]] = {}
    for day, name, promised, in_time in [*days, *((day, name, count, 0) for day, name, count in waiting)]:
        if day is not None:
            part = sums.setdefault((*quarter_of(day), name), [0, 0])
            part[0] += promised
            part[1] += in_time
    for row in KeptCount.objects.filter(province=province, what__in=(PROMISED, IN_TIME)):
        sums.setdefault((row.year, row.quarter, row.organisation_name), [0, 0])[row.what == IN_TIME] += row.count
    found = [OnTime(year, quarter, name, *numbers) for (year, quarter, name), numbers in sums.items()]
    return sorted(found, key=lambda item: (-item.year, -item.quarter, item.organisation_name))


def looks_due(since: date, until: date) -> QuerySet[Look]:
    """Looks back that nobody answered, due on these days."""
    found = Look.objects.filter(answered_on=None, months__gt=0, due_on__range=(since, until))
    return found.select_related("case__enquiry").order_by("pk")


def narrowed(found: QuerySet[Enquiry], wish: Mapping[str, str], actor: Actor) -> QuerySet[Enquiry]:
    """What the filters of an address leave: theme, kind, municipality, whose, and words in the text or number."""
    columns = {"thema": "theme", "hulp": "kind", "gemeente": "municipality"}
    for name, column in columns.items():
        if wish.get(name):
            found = found.filter(**{column: wish[name]})
    if wish.get("van") == "mij":
        found = found.filter(adviser=actor.id)
    elif wish.get("van") == "organisatie":
        found = found.filter(organisation=actor.organisation)
    words = wish.get("q", "").split()[:6]
    if words:
        text = functools.reduce(operator.and_, (Q(text__icontains=word) for word in words)) & Q(flagged=False)
        found = found.filter(text | Q(number__iexact=wish["q"].strip()))
    return found
