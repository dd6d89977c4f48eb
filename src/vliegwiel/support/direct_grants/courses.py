"""What comes back each year under a scheme (Awb 4:51): who had a grant for it three years on end, and what that asks of a decision."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.foundation.papers.public import sent_days
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.direct_grants.models import AdvanceNotice, Continuation, Following, Series
from vliegwiel.support.direct_grants.rules import (
    CONSECUTIVE,
    Given,
    by_year,
    consecutive,
    continues,
    counts_for,
    least_of,
    years_after,
)
from vliegwiel.support.grants.public import EarlierGrant, given_before, given_since, grant_of

#: So many years back is enough to know whether there were three on end.
_BACK = 6


@dataclass(frozen=True)
class Course:
    """The grants of one recipient under one scheme, per calendar year (*vervolgsubsidie*). `notice` is the newest announcement, `told_on`
    the day its letter went out: None while there is none, or while it waits for the printer."""

    province: str
    scheme: str
    scheme_title: str
    holder: str
    recipient: str
    grants: Sequence[EarlierGrant]
    given: Sequence[Given]
    notice: AdvanceNotice | None = None
    told_on: date | None = None

    @property
    def ends(self) -> date | None:
        """The last day that was paid for."""
        return max((item.ends for item in self.given), default=None)

    @property
    def years(self) -> int:
        """For how many years on end, up to that day."""
        return consecutive(self.given, self.ends + timedelta(days=1)) if self.ends else 0

    @property
    def counts(self) -> bool:
        """Whether less asks a notice."""
        return self.years >= CONSECUTIVE

    @property
    def until(self) -> date | None:
        """The last day of the notice term that still counts: of a notice that reached the recipient before that day (Awb 3:41)."""
        told = self.notice is not None and self.told_on is not None and self.told_on < self.notice.until
        return self.announced if told else None

    @property
    def announced(self) -> date | None:
        """The same, also while the letter waits for the printer."""
        return counts_for(self.given, self.notice.until if self.notice else None)

    def following(self, amount: Money) -> Given:
        """The year after it, with this amount."""
        starts = (self.ends or clock.today()) + timedelta(days=1)
        return Given(starts, years_after(starts, 1) - timedelta(days=1), amount)


def course_of(application: str, *, with_itself: bool = False) -> Course | None:
    """What came before an application (public id) under its scheme, where it follows on that without a year between; None for what rests on
    no scheme, or follows on nothing. `with_itself` counts the grant of this application too."""
    return once(("course", application, with_itself), lambda: _course_of(application, with_itself=with_itself))


def _course_of(application: str, *, with_itself: bool) -> Course | None:
    grant = grant_of(application)
    earlier = given_before(application, with_itself=with_itself) if grant.call else []
    return _course(earlier, grant.received_on.year) if earlier and grant.received_on else None


def courses_in(province: str) -> list[Course]:
    """Everyone in a province who had a grant under one scheme for three years on end and still has one this year: a fixed number of
    questions."""
    today = clock.today()
    by_holder: dict[tuple[str, str], list[EarlierGrant]] = defaultdict(list)
    for item in given_since(province, date(today.year - _BACK, 1, 1), still=date(today.year, 1, 1)):
        if item.holder:
            by_holder[item.scheme, item.holder].append(item)
    found = [course for course in (_plain(rows) for rows in by_holder.values()) if course.counts]
    notices: dict[tuple[str, str], AdvanceNotice] = {}
    for notice in AdvanceNotice.objects.filter(series__province=province).exclude(series__scheme="").select_related("series"):
        notices.setdefault((notice.series.scheme, notice.series.holder), notice)
    told = told_days(notices.values())
    return [_with(course, notices.get((course.scheme, course.holder)), told) for course in found]


def found_about(application: str) -> Continuation | None:
    """What an officer found about this application, the newest."""
    return once(("continuation", application), lambda: Continuation.objects.filter(application=application).first())


def verdict_on(application: str, amount: Money) -> Verdict | None:
    """Whether this amount may follow on three years on end (Awb 4:51); None where it does not concern the application."""
    course = course_of(application)
    if course is None or not course.counts:
        return None
    asked = grant_of(application).asked
    verdict = continues(course.following(amount), course.given, course.until, asked=asked)
    lowers = any(reason.facts.get("lowers") for reason in verdict.reasons)
    found = found_about(application) if lowers else None
    if lowers and found is None:
        text = f"Deze ontvanger kreeg {course.years} jaar op rij subsidie. Zeg eerst of dit dezelfde activiteit is."
        return Verdict.unknown(Reason("not-weighed", text, "4:51, eerste lid, Awb"))
    if found is not None and found.kind != Following.SAME:
        return Verdict.yes(Reason(found.kind, f"Minder kan zonder aankondiging: {found.why}", "4:51, eerste lid, Awb"))
    return verdict


def rest_for(application: str) -> Money:
    """What must still be given for the rest of a notice term (Awb 4:51(2)); nothing without a notice."""
    course, found = course_of(application), found_about(application)
    if course is None or course.until is None or found is None or found.kind != Following.SAME:
        return Money(0)
    new = course.following(Money(0))
    return min(least_of(new.starts, new.ends, course.given, course.until), grant_of(application).asked)


def series_for(course: Course) -> Series:
    """The record under which notices about a course are kept; made the first time, in the caller's transaction."""
    name = course.recipient or "inwoners"
    province, scheme, holder = course.province, course.scheme, course.holder
    kept = Series.objects.filter(province=province, scheme=scheme, holder=holder).first()
    return (
        kept
        or Series.objects.get_or_create(
            province=province, scheme=scheme, holder=holder, recipient=name[:120], title=course.scheme_title[:120]
        )[0]
    )


def _course(earlier: Sequence[EarlierGrant], year: int) -> Course | None:
    course = _plain(earlier)
    if course.ends is None or year > course.ends.year + 1:
        return None
    series = Series.objects.filter(province=course.province, scheme=course.scheme, holder=course.holder).first()
    notice = series.notices.first() if series else None
    return _with(course, notice, told_days([notice] if notice else []))


def told_days(notices: Iterable[AdvanceNotice]) -> dict[int, date]:
    """By key, the day on which each notice was told: that its letter went out, or as it was recorded. One that waits for the printer is
    left out."""
    found = list(notices)
    sent = sent_days(item.letter for item in found if item.letter)
    days = {item.pk: sent.get(item.letter) if item.letter else item.told_on for item in found}
    return {key: on for key, on in days.items() if on is not None}


def _plain(earlier: Sequence[EarlierGrant]) -> Course:
    last = earlier[-1]
    given = by_year((item.decided_on, item.ends, item.awarded) for item in earlier)
    return Course(last.province, last.scheme, last.scheme_title, last.holder, last.recipient, tuple(earlier), given)


def _with(course: Course, notice: AdvanceNotice | None, told: Mapping[int, date]) -> Course:
    return Course(**{**vars(course), "notice": notice, "told_on": told.get(notice.pk) if notice else None})
