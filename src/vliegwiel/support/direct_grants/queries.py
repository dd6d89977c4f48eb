"""Reads: the grants of a province with where they stand, what recurs, what must be done by when, and what is reported."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money
from vliegwiel.support.direct_grants.courses import courses_in
from vliegwiel.support.direct_grants.models import REPORTED, DirectGrant, EffectReport, Ground, Series, YearReport
from vliegwiel.support.direct_grants.rules import CONSECUTIVE, PROVISO_TERM, Given, consecutive, counts_for
from vliegwiel.support.grants.public import GrantFacts, decisions_of_each, grants_of
from vliegwiel.support.schemes.public import effect_reports

#: How long ahead a task is shown.
_AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Row:
    """A direct grant with its file."""

    grant: DirectGrant
    file: GrantFacts


@dataclass(frozen=True)
class Todo:
    """Something the law asks by a day: what, why (article), and the page where it is done."""

    due: date
    text: str
    article: str
    path: str

    @property
    def late(self) -> bool:
        """Whether the day is past."""
        return self.due < clock.today()


def grant_named(name: str) -> DirectGrant:
    """By public id or file number; raises NotFound."""
    field = "number" if "-" in name else "public_id"
    found = DirectGrant.objects.select_related("series").filter(**{field: name}).first()
    if found is None:
        raise NotFound(_("Deze subsidie kennen we niet."), nearest=((_("Subsidies zonder regeling"), "/werk/directe-subsidies"),))
    return found


def series_named(series: str) -> Series:
    """By public id; raises NotFound."""
    found = Series.objects.filter(public_id=series).first()
    if found is None:
        raise NotFound(_("Deze jaarlijkse subsidie kennen we niet."))
    return found


def rows_of(province: str, year: int | None = None) -> list[Row]:
    """The direct grants of a province, of all years or of one, newest period first."""
    found = DirectGrant.objects.filter(province=province).select_related("series")
    if year is not None:
        found = found.filter(starts__year=year)
    grants = list(found[:500])
    files = grants_of([grant.application for grant in grants])
    return [Row(grant, files[grant.application]) for grant in grants if grant.application in files]


def years_of(province: str) -> list[int]:
    """The years in which a period begins, newest first."""
    return [day.year for day in DirectGrant.objects.filter(province=province).dates("starts", "year", order="DESC")]


def given_in(series: Series) -> list[Given]:
    """What was granted in a series, by period."""
    found = list(series.grants.all())
    return _given(found, grants_of([grant.application for grant in found]))


def _given(found: Sequence[DirectGrant], files: Mapping[str, GrantFacts]) -> list[Given]:
    return [
        Given(grant.starts, grant.ends, files[grant.application].awarded)
        for grant in found
        if grant.application in files and files[grant.application].awarded.cents
    ]


def of_recipient(province: str, name: str, kvk: str) -> QuerySet[DirectGrant]:
    """The direct grants of this recipient, newest period first: by name, and by number in the trade register also under another name."""
    same = Q(recipient__iexact=name.strip()[:120])
    return DirectGrant.objects.filter(same | Q(kvk=kvk) if kvk else same, province=province)


def on_ground(province: str, name: str, kvk: str, ground: str) -> list[Given]:
    """What the same recipient got or is to get on one ground: refused and withdrawn files do not count."""
    found = list(of_recipient(province, name, kvk).filter(ground=ground))
    files = grants_of([grant.application for grant in found])
    alive = [grant for grant in found if grant.application in files and files[grant.application].state not in _GONE]
    return [Given(grant.starts, grant.ends, grant.money) for grant in alive]


_GONE = frozenset({"refused", "withdrawn", "not_treated"})


def notice_until(series: Series) -> date | None:
    """The last day of the reasonable term of the newest notice, or None without one."""
    found = series.notices.first()
    return found.until if found else None


def todos_of(province: str) -> list[Todo]:
    """What the law asks of this province by a day, the first day first."""
    found = [*_provisos(province), *_notices(province), *_reports(province), *_effects(province)]
    return sorted(found, key=lambda item: (item.due, item.text))


def report_rows(province: str, year: int) -> list[dict[str, Any]]:
    """The grants on ground a and d that were granted in a year and are public now (Awb 4:23(4)): plain values, amounts in cents."""
    return _reported(province).get(year, [])


def _reported(province: str) -> dict[int, list[dict[str, Any]]]:
    """The same for every year, in a fixed number of questions."""
    grants = list(DirectGrant.objects.filter(province=province, ground__in=REPORTED).order_by("recipient", "pk"))
    decisions = decisions_of_each([grant.application for grant in grants])
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for grant in grants:
        for decision in decisions.get(grant.application, []):
            public = decision.register_from is not None and decision.register_from <= clock.today()
            if decision.awards and public and decision.sent_on is not None:
                found[decision.sent_on.year].append(
                    {
                        "number": grant.number,
                        "recipient": grant.recipient,
                        "title": grant.title,
                        "ground": grant.ground,
                        "why": grant.proof,
                        "starts": grant.starts.isoformat(),
                        "ends": grant.ends.isoformat(),
                        "cents": decision.awarded.cents,
                    }
                )
    return found


def total_of(rows: Sequence[dict[str, Any]]) -> Money:
    """What the rows of a report add up to."""
    return Money(sum(int(row["cents"]) for row in rows))


def _provisos(province: str) -> list[Todo]:
    waiting = DirectGrant.objects.filter(province=province, adopted_on__isnull=False, proviso_settled_on=None)
    files = grants_of([grant.application for grant in waiting])
    text = _("Beslis of u het begrotingsvoorbehoud gebruikt voor {recipient}, {title}")
    return [
        Todo(
            grant.adopted_on + PROVISO_TERM,
            text.format(recipient=grant.recipient, title=grant.title),
            _("artikel 4:34, vijfde lid, Awb"),
            f"/werk/directe-subsidies/{grant.number}",
        )
        for grant in waiting
        if grant.adopted_on is not None and grant.application in files and files[grant.application].awarded.cents
    ]


def _notices(province: str) -> list[Todo]:
    """From the third year on: whoever wants to pay less next time tells it before the period ends, also under a scheme."""
    found = []
    text = _("Wordt het minder voor {recipient}? Kondig dat voor deze dag aan: {years} jaar op rij")
    for course in courses_in(province):
        if course.ends and course.announced is None and clock.today() <= course.ends <= clock.today() + _AHEAD:
            who = _("{name} ({scheme})").format(name=course.recipient or _("inwoners"), scheme=course.scheme_title)
            path = f"/werk/directe-subsidies/vervolg/{course.grants[-1].number}"
            found.append(Todo(course.ends, text.format(recipient=who, years=course.years), _("artikel 4:51 Awb"), path))
    rows = list(Series.objects.filter(province=province, scheme="").prefetch_related("grants", "notices"))
    files = grants_of([grant.application for series in rows for grant in series.grants.all()])
    for series in rows:
        given, told = _given(list(series.grants.all()), files), next(iter(series.notices.all()), None)
        if not given or counts_for(given, told.until if told else None):
            continue
        ends = max(item.ends for item in given)
        years = consecutive(given, ends + timedelta(days=1))
        if years >= CONSECUTIVE and clock.today() <= ends <= clock.today() + _AHEAD:
            path = f"/werk/directe-subsidies/reeksen/{series.public_id}"
            found.append(Todo(ends, text.format(recipient=series.recipient, years=years), _("artikel 4:51 Awb"), path))
    return found


def _reports(province: str) -> list[Todo]:
    """Every year that is past and has no published report, when there was something to report."""
    done = set(YearReport.objects.filter(province=province).values_list("year", flat=True))
    began = [day.year for day in DirectGrant.objects.filter(province=province, ground__in=REPORTED).dates("starts", "year")]
    if not began:
        return []
    reported = _reported(province)
    years = [year for year in range(min(began), clock.today().year) if year not in done and reported.get(year)]
    text = _("Publiceer het verslag over subsidies zonder regeling van {year}")
    path = "/werk/directe-subsidies/verslagen"
    return [Todo(date(year + 1, 12, 31), text.format(year=year), _("artikel 4:23, vierde lid, Awb"), path) for year in years]


def _effects(province: str) -> list[Todo]:
    """Five years after a scheme came in force, and five years after each report on its effects."""
    found = []
    text = _("Publiceer het verslag over de werking van {title}")
    for scheme, title, first in effect_reports(province):
        latest = EffectReport.objects.filter(scheme=scheme, province=province).first()
        due = max(first, latest.published_on.replace(year=latest.published_on.year + 5, day=1)) if latest else first
        if due <= clock.today() + _AHEAD:
            path = "/werk/directe-subsidies/verslagen"
            found.append(Todo(due, text.format(title=title), _("artikel 4:24 Awb"), path))
    return found


def grounds() -> list[tuple[str, str]]:
    """The grounds as a choice."""
    return [(str(key), str(name)) for key, name in Ground.choices]
