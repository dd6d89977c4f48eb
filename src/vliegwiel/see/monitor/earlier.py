"""How a place was: the figures of an earlier year beside those of now, only where both are about the same land."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.foundation.design.dutch import with_unit
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.kernel.verdict import Answer, Verdict
from vliegwiel.see.areas import history
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.rules import Origins
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.carry import carried
from vliegwiel.see.figures.queries import Figure

#: Unless another year is asked, the page looks back at most so many years.
BACK = 5
_WHOLES = (Level.PROVINCE.value, Level.REGION.value, Level.VILLAGE.value)


@dataclass(frozen=True)
class Pair:
    """One indicator then and now."""

    then: Figure
    now: Figure

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.now.indicator

    @property
    def then_text(self) -> str:
        """The earlier value with its unit."""
        return with_unit(self.then.estimate.value, self.indicator)

    @property
    def now_text(self) -> str:
        """The value of now with its unit, or that there is none."""
        return with_unit(self.now.estimate.value, self.indicator) if self.now.estimate.value is not None else _("geen cijfer")


@dataclass(frozen=True)
class Earlier:
    """An earlier year of an area: the verdict of comparability, the pairs of figures, and the area of that code then."""

    area: Area
    year: int
    verdict: Verdict
    pairs: tuple[Pair, ...]
    same_code: Area | None
    other_years: tuple[int, ...]

    @property
    def why(self) -> str:
        """The evidence as a person reads it."""
        return self.verdict.reasons[0].text

    @cached_property
    def known(self) -> tuple[Pair, ...]:
        """The pairs with an earlier value."""
        return tuple(pair for pair in self.pairs if pair.then.estimate.value is not None)

    @property
    def has_carried(self) -> bool:
        """Whether any value was carried over from other borders."""
        return any(pair.then.carried for pair in self.pairs)

    @property
    def unknown(self) -> list[tuple[str, list[str]]]:
        """The indicators without an earlier value, by the reason in words."""
        found: dict[str, list[str]] = {}
        for pair in self.pairs:
            if pair.then.estimate.missing:
                found.setdefault(_sentence(pair.then.estimate.missing, self.year), []).append(pair.indicator.name)
        return list(found.items())

    @property
    def offers_other_place(self) -> bool:
        """Whether the code was another place then, which has a page of its own."""
        return self.same_code is not None and not self.known and self.verdict.answer is not Answer.YES

    @property
    def releases(self) -> list[figures.ReleaseInfo]:
        """Where the earlier figures come from, each once."""
        found = {pair.then.release.id: pair.then.release for pair in self.known if pair.then.release}
        return sorted(found.values(), key=lambda release: release.title)


def earlier_of(area: Area, now: tuple[Figure, ...], asked: int | None = None) -> Earlier | None:
    """The figures `now` beside those of an earlier year: the one asked, or the earliest that has figures in five years."""
    years = [year for year in figures.area_years() if year < area.year]
    if not years or not now:
        return None
    lives = history.lives_of(area.code)
    near = [year for year in years if year >= area.year - BACK and _has_past(area, year, lives)]
    year = asked if asked in years else (near or years[:1])[-1]
    judged = verdict_on(area, year, lives)
    if judged is None:
        return None
    verdict, origins = judged
    pairs = tuple(
        Pair(by_the_same_method(_then(figure.indicator.key, area, year, verdict, origins), figure), figure)
        for figure in now
        if figures.periods(figure.indicator.key, year)
    )
    others = tuple(other for other in near if other != year)
    return Earlier(area, year, verdict, pairs, lives.get(year), others)


def verdict_on(area: Area, year: int, lives: Mapping[int, Area] | None = None) -> tuple[Verdict, Origins] | None:
    """Whether the area may be compared with that earlier year, and what it was made from; None when nothing of it is known then.

    `lives` are the areas with its code in each year, when the caller has them already.
    """
    lives = history.lives_of(area.code) if lives is None else lives
    if area.level == Level.VILLAGE.value:
        origins = Origins(areas.members_of(area), {}, ())
        people = {code: _people(code, year, area.year) for code in origins.whole}
        return history.verdict_of_village(area, year, people), origins
    if not _has_past(area, year, lives):
        return None
    marks = {past: life.change_mark for past, life in lives.items() if year < past <= area.year}
    inhabitants = _people(area.code, year, area.year)
    return history.verdict_of(area, lives.get(year), year, marks=marks, inhabitants=inhabitants), history.origins_of(area, year)


def _has_past(area: Area, year: int, lives: Mapping[int, Area]) -> bool:
    """Whether anything is known of the area in that year: under its code, through what it was made from, or by its parts."""
    if year in lives or area.level == Level.VILLAGE.value:
        return True
    origins = history.origins_of(area, year)
    return bool(origins.whole or origins.shares)


def _then(key: str, area: Area, year: int, verdict: Verdict, origins: Origins) -> Figure:
    if verdict and area.level not in _WHOLES:
        return figures.figure(key, year, area.code)
    if verdict and not origins.links:
        return figures.summed(key, year, origins.whole)
    if origins.links:
        return carried(key, year, origins)
    found = figures.figure(key, year, area.code)
    return Figure(found.indicator, found.period, Estimate(missing=Missing.AREA_CHANGED), found.release)


def by_the_same_method(then: Figure, now: Figure) -> Figure:
    """Counts of registers may come from another yearly table; estimates of two tables are made anew each time and never compared."""
    if (
        then.indicator.kind == "register"
        or then.release is None
        or now.release is None
        or then.release.table == now.release.table
    ):
        return then
    return Figure(then.indicator, then.period, Estimate(missing=Missing.OTHER_METHOD), then.release)


def _people(code: str, old_year: int, new_year: int) -> tuple[float | None, float | None]:
    """Inhabitants of a code in both years, as the source gives them."""
    old, new = (figures.figure("inwoners", year, code).estimate.value for year in (old_year, new_year))
    return old, new


def newest_year() -> int | None:
    """The newest year of areas that has figures; without figures the newest year."""
    known = areas.years()
    return next((year for year in figures.area_years() if year in known), known[0] if known else None)


def _sentence(missing: Missing, year: int) -> str:
    if missing is Missing.NOT_YET:
        return _("De bron gaf dit nog niet in de levering van {year}.").format(year=year)
    return _("Niet te vergelijken: de grens is veranderd.") if missing is Missing.AREA_CHANGED else missing.sentence
