"""Where pressure stacks up (*waar stapelt het zich op*): the published index on the figures that are loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from vliegwiel.catalogue import indices
from vliegwiel.catalogue.indices import IndexDefinition, Ingredient
from vliegwiel.catalogue.reader import indicators, themes
from vliegwiel.engines.indices import (
    Composite,
    Condition,
    PlaceRule,
    PressureRule,
    Sensitivity,
    Stack,
    Typed,
    composite,
    leave_one_out,
    places,
    stacking,
    typology,
)
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.queries import ReleaseInfo
from vliegwiel.see.monitor.pressure_memory import public_points, remembered
from vliegwiel.see.monitor.pressure_told import AreaPressure, ThemeState

Floats = NDArray[np.float64]
_LEFT_OUT = {
    "no-weight": gettext_lazy("telt niet mee: het gewicht is 0"),
    "not-known": gettext_lazy("niet bekend: er is geen cijfer geladen"),
}


@dataclass(frozen=True)
class Part:
    """One indicator of the index as it is loaded here: period, in how many areas it is known, and why it does not count (if so)."""

    ingredient: Ingredient
    points: int
    period: str
    known: int
    left_out: str
    release: ReleaseInfo | None
    has_method: bool


@dataclass(frozen=True)
class Picture:
    """The index over all areas of a province and year, with what went in."""

    definition: IndexDefinition
    year: int
    province: str
    points: Mapping[str, int]
    parts: tuple[Part, ...]
    result: Composite
    stacks: tuple[Stack | None, ...]
    kinds: Typed
    places: tuple[str | None, ...]
    row_of: Mapping[str, int]
    people: Floats

    @property
    def receipt(self) -> Receipt:
        """How it was made."""
        return self.result.receipt

    @property
    def public_weights(self) -> bool:
        """Whether these are the published weights."""
        return dict(self.points) == self.definition.points

    @cached_property
    def bare_themes(self) -> frozenset[str]:
        """Themes that rest on one figure without a margin."""
        resting: dict[str, list[bool]] = {}
        for part, margin in zip(self.parts, self.result.margin_known, strict=True):
            if not part.left_out:
                resting.setdefault(part.ingredient.theme, []).append(margin)
        return frozenset(theme for theme, margins in resting.items() if margins == [False])

    @cached_property
    def known_areas(self) -> int:
        """How many areas have an index."""
        return int(self.result.with_index.sum())

    @property
    def sources(self) -> list[ReleaseInfo]:
        """The releases that took part, each once."""
        found = {part.release.id: part.release for part in self.parts if part.release and not part.left_out}
        return sorted(found.values(), key=lambda release: release.title)

    @property
    def made_up(self) -> bool:
        """Whether a made-up release took part."""
        return any(release.made_up for release in self.sources)

    def of(self, code: str) -> AreaPressure | None:
        """What it says about one area; None for a code that is not in it."""
        row = self.row_of.get(code)
        if row is None:
            return None
        result, chance = self.result, self.result.chance[row]
        certainty = self.kinds.certainty[row]
        states = tuple(self._theme(row, place, key) for place, key in enumerate(result.themes))
        return AreaPressure(
            states,
            self.stacks[row],
            _PRESSURE_NAMES.get(self.kinds.kinds[row] or "", ""),
            None if np.isnan(certainty) else float(certainty),
            _PLACE_NAMES.get(self.places[row] or "", ""),
            result.reasons[row] or "",
            int(result.low[row]),
            int(result.high[row]),
            max(self.known_areas, 1),
            None if np.isnan(chance) else float(chance),
        )

    def _theme(self, row: int, place: int, key: str) -> ThemeState:
        mark, chance = int(self.result.pressure[row, place]), self.result.theme_chance[row, place]
        known = None if np.isnan(chance) else float(chance)
        return ThemeState(themes()[key], None if mark < 0 else mark == 1, known, key in self.bare_themes)


def points_in(answers: Mapping[str, str]) -> dict[str, int]:
    """Weights as a visitor set them (`gewicht-<indicator>`), public ones where nothing was said. Raises NotValid."""
    definition = indices.vulnerability()
    found = definition.points
    problems = []
    for item in definition.indicators:
        text = answers.get(f"gewicht-{item.key}", "").strip()
        if text.isdecimal() and len(text) < 4 and int(text) <= definition.max_points:
            found[item.key] = int(text)
        elif text:
            problems.append(
                _("{name}: u vulde {text} in. Kies een heel getal van 0 tot en met {max_points}.").format(
                    name=item.name, text=text[:20], max_points=definition.max_points
                )
            )
    if problems:
        raise NotValid(_("Een gewicht klopt niet."), details=tuple(problems))
    if not any(found.values()):
        raise NotValid(_("Geef ten minste één cijfer een gewicht boven 0."))
    return found


def picture_of(year: int, province: str, points: Mapping[str, int] | None = None) -> Picture:
    """The index of a province, with the public weights unless told otherwise; remembered until areas or figures change."""
    chosen = tuple(sorted(points.items())) if points else public_points()
    return _picture(areas.stamp(), figures.stamp(), year, province, chosen)


def pressure_on(area: Area) -> AreaPressure | None:
    """What the index with the public weights says about one area; None for other levels than that of the index."""
    if area.level != indices.vulnerability().level:
        return None
    return picture_of(area.year, area.province_code).of(area.code)


def stacked(found: list[AreaPressure], at_least: int) -> int:
    """In how many of these areas at least so many themes are under pressure."""
    return sum(1 for item in found if item.stack is not None and item.stack.under >= at_least)


def sensitivity_of(year: int, province: str) -> tuple[Sensitivity, ...]:
    """What each indicator does to the places, with the public weights."""
    return _sensitivity(areas.stamp(), figures.stamp(), year, province)


@remembered(public=6, own=4)
def _picture(_areas: int, _figures: tuple[int, str], year: int, province: str, chosen: tuple[tuple[str, int], ...]) -> Picture:
    definition, points = indices.vulnerability(), dict(chosen)
    codes = areas.codes_of(Level(definition.level), year, province=province)
    values, margins, views = _values(definition, year, codes)
    people = figures.view("inwoners", year, codes).values
    result = composite(
        values,
        [item.direction for item in definition.indicators],
        [points[item.key] for item in definition.indicators],
        [item.theme for item in definition.indicators],
        kinds=[item.kind for item in definition.indicators],
        same_as=[item.same_as for item in definition.indicators],
        margins=margins,
        population=people,
        minimum_population=definition.min_inhabitants,
        names=[item.key for item in definition.indicators],
        draws=definition.draws,
        seed=definition.seed,
        spread=definition.spread,
        standardisation=definition.standardisation,
        worst=definition.worst,
        minimum_themes=definition.min_themes,
    )
    rules = [PressureRule(kind.key, kind.at_least, kind.at_most, kind.among) for kind in indices.typology().pressure]
    parts = tuple(
        Part(
            item,
            points[item.key],
            views[item.key].period if item.key in views else "",
            int((~np.isnan(values[:, place])).sum()),
            _why_left_out(result.left_out.get(item.key, "")),
            views[item.key].release if item.key in views else None,
            item.key in indicators(),
        )
        for place, item in enumerate(definition.indicators)
    )
    return Picture(
        definition,
        year,
        province,
        points,
        parts,
        result,
        tuple(stacking(result.pressure, minimum_themes=definition.min_themes)),
        typology(result.patterns, result.pressure, result.themes, rules, minimum_themes=definition.min_themes),
        _places(year, codes),
        {code: row for row, code in enumerate(codes)},
        people,
    )


@lru_cache(maxsize=4)
def _sensitivity(_areas: int, _figures: tuple[int, str], year: int, province: str) -> tuple[Sensitivity, ...]:
    found = picture_of(year, province)
    codes = tuple(found.row_of)
    values, margins, _views = _values(found.definition, year, codes)
    return leave_one_out(found.result, values, margins=margins, population=found.people)


def _values(definition: IndexDefinition, year: int, codes: tuple[str, ...]) -> tuple[Floats, Floats, dict[str, figures.View]]:
    """The indicators side by side with their standard errors; one that the catalogue does not know yet is not known anywhere."""
    views = {item.key: figures.view(item.key, year, codes) for item in definition.indicators if item.key in indicators()}
    unknown = np.full(len(codes), np.nan)
    found = [views.get(item.key) for item in definition.indicators]
    values = np.column_stack([view.values if view else unknown for view in found])
    return values, np.column_stack([view.standard_errors() if view else unknown for view in found]), views


def _places(year: int, codes: tuple[str, ...]) -> tuple[str | None, ...]:
    kinds = indices.typology().places
    needed = {bound.indicator for kind in kinds for bound in kind.conditions}
    features = {key: figures.view(key, year, codes).values for key in needed if key in indicators()}
    rules = [
        PlaceRule(kind.key, tuple(Condition(bound.indicator, bound.least, bound.below) for bound in kind.conditions))
        for kind in kinds
    ]
    return places(features, rules)


def _why_left_out(code: str) -> str:
    if code.startswith("same-as:"):
        other = code.removeprefix("same-as:")
        name = next(item.name for item in indices.vulnerability().indicators if item.key == other)
        return _("telt niet mee: dit zit al in {name}").format(name=name)
    return str(_LEFT_OUT.get(code, ""))


_PRESSURE_NAMES = {kind.key: kind.name for kind in indices.typology().pressure}
_PLACE_NAMES = {kind.key: kind.name for kind in indices.typology().places}
