"""What this room hands to shared places: a question to every decision on a grant that comes back each year, and a note beside its file."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.catalogue.letters import refusal_grounds
from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.support.direct_grants.courses import course_of, found_about, rest_for, verdict_on
from vliegwiel.support.direct_grants.models import DirectGrant, Following
from vliegwiel.support.direct_grants.queries import given_in, notice_until
from vliegwiel.support.direct_grants.rules import CONSECUTIVE, Given, continues
from vliegwiel.support.grants.public import DecisionGuard, FileNote, grant_of

_CHANGED_VIEW = "changed-view"


def _on_notice(application: str, amount: Money, articles: Sequence[str]) -> Verdict | None:
    """From three years on end a recipient gets less only after a reasonable term (Awb 4:51), under a scheme and without one, also when the
    file is decided like any other. A refusal for what the recipient did itself (4:35) rests on no changed view of the province."""
    if articles and all("4:35" in article for article in articles):
        return None
    grant = _recurring(application)
    if grant is None or grant.series is None:
        return verdict_on(application, amount)
    return continues(Given(grant.starts, grant.ends, amount), given_in(grant.series), notice_until(grant.series))


def _words(application: str, amount: Money, articles: Sequence[str]) -> str:
    """What the letter says: that it was announced and until when, or why that was not needed."""
    verdict = _on_notice(application, amount, articles)
    reason = verdict.reasons[0] if verdict else None
    if reason is None or reason.code in ("as-before", "not-weighed"):
        return ""
    found = found_about(application)
    if found is not None and reason.code == Following.OTHER:
        return _("Dit is een andere activiteit dan waarvoor u eerder subsidie kreeg. {why}").format(why=found.why)
    if found is not None and reason.code == Following.OWN:
        return _(
            "U kreeg eerder subsidie voor deze activiteit. Dit besluit komt niet doordat wij er anders over denken. {why}"
        ).format(why=found.why)
    told, until = _told(application)
    if told is None or until is None:
        return ""
    text = _(
        "U kreeg {years} jaar op rij subsidie. Op {told} vertelden wij u dat dit verandert. U had tot en met {until} de tijd."
    )
    said = text.format(years=reason.facts.get("years"), told=day(told, "full"), until=day(until, "full"))
    return f"{said} {_('Dit staat in artikel 4:51 van de Awb.')}"


def _grounds(application: str) -> Mapping[str, tuple[str, str]]:
    """Who had a grant three years on end under a scheme can be refused because the province sees it differently (Awb 4:51)."""
    course = course_of(application)
    if course is None or not course.counts:
        return {}
    ground = refusal_grounds()[_CHANGED_VIEW]
    return {_CHANGED_VIEW: (ground.article, ground.text)}


def _beyond(application: str, amount: Money) -> bool:
    """The rest of a notice term is given also where the ceiling is reached (Awb 4:51(2))."""
    return 0 < amount.cents <= rest_for(application).cents


def file_notes(application: str) -> list[FileNote]:
    """The officer is warned in time: while an application of who had three years on end waits, and while the third grant runs."""
    grant = grant_of(application)
    course = course_of(application, with_itself=not grant.pending)
    if course is None or course.years < CONSECUTIVE or course.ends is None:
        return []
    if grant.pending:
        text = _("Deze ontvanger kreeg {years} jaar op rij subsidie uit deze regeling. Minder kan alleen na een aankondiging.")
        said = text.format(years=course.years)
    elif course.until is not None:
        text = _("Aangekondigd dat het minder wordt. De redelijke termijn loopt tot en met {until}.")
        said = text.format(until=day(course.until, "full"))
    else:
        text = _("Dit is jaar {years} op rij. Wordt het hierna minder? Kondig dat ruim voor {ends} aan.")
        said = text.format(years=course.years, ends=day(course.ends, "full"))
    return [FileNote(said, f"/werk/directe-subsidies/vervolg/{grant.number}", _("Bekijk het vervolg"))]


def _recurring(application: str) -> DirectGrant | None:
    rows = DirectGrant.objects.select_related("series")
    return once(("recurring", application), lambda: rows.filter(application=application, series__isnull=False).first())


def _told(application: str) -> tuple[date | None, date | None]:
    """The day on which the newest announcement was told, and the last day of its term."""
    grant = _recurring(application)
    if grant is not None and grant.series is not None:
        notice = grant.series.notices.first()
        return (notice.told_on, notice.until) if notice else (None, None)
    course = course_of(application)
    return (course.told_on, course.until) if course else (None, None)


GUARDS = [DecisionGuard("notice-term", "Redelijke termijn (4:51)", _on_notice, _words, _grounds, _beyond)]
