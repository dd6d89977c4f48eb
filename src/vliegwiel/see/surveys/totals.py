"""Population totals for weighting, from the figures that are loaded: of whom, of which day, and how rounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.population_margins import PopulationMargin, population_margins
from vliegwiel.engines.estimation import Margin
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys.frames import NO_ANSWER, PLACE, Frame


@dataclass(frozen=True)
class Chosen:
    """What a person chose for one column: the population margin, and whether a margin of another population may be bridged.

    A bridge takes only the division from the margin and lays it on the target's total: it says that both are divided alike.
    """

    column: str
    margin: str
    bridged: bool = False


def totals_of(frame: Frame, chosen: list[Chosen]) -> tuple[dict[str, Margin], dict[str, Any]]:
    """The margins for the engine, and what the diagnostics say of each. Raises NotValid where figures are not loaded, or where the
    population is another one and no bridge was named."""
    if not chosen:
        raise NotValid(_("Kies ten minste één marge om op te wegen."), code="no-margins")
    every = population_margins()
    found: dict[str, Margin] = {}
    told: dict[str, Any] = {}
    first = 0.0
    for one in chosen:
        if one.column not in frame.table.column_names:
            raise NotValid(_("Deze meting heeft geen vraag {name}.").format(name=one.column), code="no-column")
        margin = every[one.margin]
        totals, release = _totals(frame, one.column, margin)
        population, scaled = margin.population, 1.0
        if margin.population != frame.wave.population:
            if not one.bridged or not first:
                raise NotValid(_other_population(frame, margin), code="another-population")
            scaled = first / sum(totals.values())
            totals = {label: total * scaled for label, total in totals.items()}
            population = frame.wave.population
        first = first or sum(totals.values())
        found[one.column] = Margin(totals, population, release["published"], 0.0, release["source"])
        told[one.column] = {
            "place": len(told),
            "margin": one.margin,
            "name": margin.name,
            "totals": totals,
            "population": margin.population,
            "bridged": one.bridged and margin.population != frame.wave.population,
            "scaled": scaled,
            **release,
        }
    return found, told


def _other_population(frame: Frame, margin: PopulationMargin) -> str:
    return _(
        "De marge {name} gaat over {of}, de meting over {target}. Kies een marge van dezelfde mensen. Of zeg dat de verdeling "
        "gelijk is, en zet eerst een marge van de goede mensen."
    ).format(name=margin.name, of=margin.population, target=frame.wave.population)


def _totals(frame: Frame, column: str, margin: PopulationMargin) -> tuple[dict[str, float], dict[str, Any]]:
    year = frame.wave.area_year
    codes = areas.codes_of(Level.MUNICIPALITY, year, province=frame.wave.survey.province)
    if margin.places:
        values, release = _summed(margin, margin.places, year, codes)
        return {code: value for code, value in values.items() if value > 0}, release
    labels = _labels(frame, column, margin)
    found: dict[str, float] = {}
    about: dict[str, Any] = {}
    for category in margin.categories:
        values, about = _summed(margin, category.terms, year, codes)
        found[labels.get(category.name, category.name)] = sum(values.values())
    return found, about


def totals_per_place(
    frame: Frame, column: str, margin: PopulationMargin, codes: tuple[str, ...]
) -> tuple[dict[str, dict[str, float]], dict[str, Any]]:
    """Per category, as the file calls it, its people per municipality ("" for a margin of places), and where they come from.

    Raises NotValid where figures are not loaded."""
    year = frame.wave.area_year
    if margin.places:
        values, about = _summed(margin, margin.places, year, codes)
        return {"": values}, about
    labels = _labels(frame, column, margin)
    found: dict[str, dict[str, float]] = {}
    about = {}
    for category in margin.categories:
        found[labels.get(category.name, category.name)], about = _summed(margin, category.terms, year, codes)
    return found, about


def _labels(frame: Frame, column: str, margin: PopulationMargin) -> dict[str, str]:
    """How the file calls each category."""
    given = set(frame.table[column].to_pylist()) - {NO_ANSWER}
    return {category.name: text for category in margin.categories for text in given if category.is_called(str(text))}


def _summed(
    margin: PopulationMargin, terms: tuple[tuple[str, int], ...], year: int, codes: tuple[str, ...]
) -> tuple[dict[str, float], dict[str, Any]]:
    totals = dict.fromkeys(codes, 0.0)
    about: dict[str, Any] = {}
    for key, sign in terms:
        view = figures.view(key, year, codes)
        missing = [code for code, status in zip(codes, view.status.tolist(), strict=True) if status]
        if view.release is None or missing or not codes:
            raise NotValid(
                _(
                    "Voor de marge {name} ontbreken cijfers van {year}: {key}. Lees ze eerst in bij Leveringen van cijfers."
                ).format(name=margin.name, year=year, key=figures.indicators()[key].name),
                code="no-figures",
            )
        for code, value in zip(codes, view.values.tolist(), strict=True):
            totals[code] += sign * value
        release = view.release
        about = {
            "source": release.source,
            "release": release.id,
            "published": release.published.isoformat(),
            "period": view.period,
        }
    return totals, about


def offered_for(columns: Mapping[str, tuple[str, list[str]]]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """For each column (name → title and answers) the margins with a category that the file has too, as key and name; none: left out."""
    every = population_margins().values()
    found = []
    for name, (title, answers) in columns.items():
        fitting = [
            one
            for one in every
            if (one.places if name == PLACE else any(category.is_called(text) for category in one.categories for text in answers))
        ]
        if fitting:
            found.append((name, title, [(one.key, f"{one.name} ({one.population})") for one in fitting]))
    return found
