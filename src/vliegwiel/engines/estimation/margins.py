"""Population margins: what they are of, and whether they fit the sample and each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.estimation.refusals import NotPossible, figure, some
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.table import Floats, Ints

#: Totals that differ by less than this share are the same number, written in binary.
_SAME = 1e-9


@dataclass(frozen=True)
class Margin:
    """Population totals per category, with what they are of: population (with age limits), date, rounding and source."""

    totals: Mapping[Any, float]
    population: str = ""
    on: str = ""
    rounding: float = 0.0
    source: str = ""


@dataclass(frozen=True)
class Fitted:
    """A margin laid on the sample: the category of each row, the wanted total per category, and their labels."""

    name: str
    code: NDArray[Any]
    totals: Floats
    labels: tuple[str, ...]


def fitted(design: Sample, margins: Mapping[Any, Any], *, rescale: bool) -> tuple[list[Fitted], dict[str, float]]:
    """Margins laid on the sample, all with the same total. What was rescaled by which factor comes with it."""
    if not margins:
        raise NotPossible("Er zijn geen marges.", todo="Geef per kolom de aantallen per categorie.", code="margins")
    _refuse_other_populations(design, margins)
    found = [_one(design, columns, margin) for columns, margin in margins.items()]
    totals = np.array([one.totals.sum() for one in found])
    scaled: dict[str, float] = {}
    if totals.max() - totals.min() > _SAME * totals.max():
        listed = some([f"{one.name} {figure(total, 10)}" for one, total in zip(found, totals, strict=True)], 8)
        if not rescale:
            raise NotPossible(
                "De marges tellen niet op tot hetzelfde totaal.",
                where=f"De totalen zijn: {listed}.",
                todo="Gebruik marges van dezelfde populatie en datum. Met rescale=True worden ze gelijkgemaakt aan de eerste.",
                code="margins-disagree",
            )
        scaled = {one.name: float(totals[0] / total) for one, total in zip(found, totals, strict=True) if total != totals[0]}
        found = [
            Fitted(one.name, one.code, one.totals * totals[0] / total, one.labels)
            for one, total in zip(found, totals, strict=True)
        ]
    return found, scaled


def _refuse_other_populations(design: Sample, margins: Mapping[Any, Any]) -> None:
    said = {str(name): margin.population for name, margin in margins.items() if isinstance(margin, Margin) and margin.population}
    target = design.settings.get("population")
    populations = set(said.values()) | ({target} if target and said else set())
    if len(populations) > 1:
        listed = some([f"{name}: {population}" for name, population in said.items()])
        raise NotPossible(
            "De marges zijn niet van dezelfde populatie als de steekproef."
            if target
            else "De marges zijn van verschillende populaties.",
            where=f"{f'De steekproef gaat over {target}; ' if target else ''}{listed}.",
            todo="Zoek marges van de doelpopulatie, of reken ze eerst om.",
            code="another-population",
        )


def _one(design: Sample, columns: Any, margin: Any) -> Fitted:
    names: Sequence[str] = [columns] if isinstance(columns, str) else list(columns)
    name = " × ".join(names)
    given: Any = margin.totals if isinstance(margin, Margin) else margin
    if not hasattr(given, "items"):
        raise NotPossible(
            f"De marge {name} is geen lijst van categorieën met aantallen.", todo='Geef bijvoorbeeld {"ja": 100, "nee": 50}.'
        )
    wanted = {_label(key): float(total) for key, total in given.items()}
    wrong = [label for label, total in wanted.items() if not (np.isfinite(total) and total >= 0)]
    if wrong:
        raise NotPossible(
            f"De marge {name} heeft geen bruikbaar aantal bij {some(wrong)}.",
            todo="Geef een getal dat niet onder nul ligt.",
            code="margins",
        )
    coded = [design.table.coded(one) for one in names]
    code: NDArray[Any] = np.zeros(design.rows if len(coded) > 1 else 0, dtype=np.int64)
    for column, one in zip(coded, names, strict=True):
        missing = column.codes < 0
        if missing.any():
            rows = (np.flatnonzero(missing) + 1).tolist()
            raise NotPossible(
                f"In de kolom {one} ontbreekt het antwoord van {len(rows)} respondenten.",
                where=f"Zie rij {some(rows)}.",
                todo="Vul het in of geef ze een eigen categorie met een aantal; wegen kan niet zonder.",
                code="margins-missing",
            )
        code = column.codes if len(coded) == 1 else code * len(column.levels) + column.codes
    cells = np.arange(len(coded[0].levels))
    if len(coded) > 1:
        cells, code = compact(code, prod(len(column.levels) for column in coded))
    labels = []
    for cell in cells.tolist():
        parts: list[str] = []
        for column in reversed(coded):
            cell, level = divmod(cell, len(column.levels))
            parts.insert(0, column.labels[level])
        labels.append(tuple(parts))
    _refuse_unequal_levels(name, labels, wanted)
    return Fitted(name, code, np.array([wanted[label] for label in labels]), tuple(" × ".join(label) for label in labels))


def _refuse_unequal_levels(name: str, labels: list[tuple[str, ...]], wanted: Mapping[tuple[str, ...], float]) -> None:
    written = {label: " × ".join(label) for label in [*labels, *wanted]}
    unknown = [written[label] for label in labels if label not in wanted]
    if unknown:
        raise NotPossible(
            f"De marge {name} heeft geen aantal voor {some(unknown)}; in de steekproef komt dat wel voor.",
            where=f"De marge kent {some([written[label] for label in wanted], 8)}.",
            todo="Voeg het aantal toe, of maak de namen van de categorieën gelijk.",
            code="margin-lacks-level",
        )
    empty = [written[label] for label, total in wanted.items() if total > 0 and label not in set(labels)]
    if empty:
        raise NotPossible(
            f"In de steekproef komt {some(empty)} van {name} niet voor; de marge heeft er wel een aantal voor.",
            where=f"De steekproef kent {some([written[label] for label in labels], 8)}.",
            todo="Voeg de categorie samen met een andere, in de marge en in de steekproef.",
            code="sample-lacks-level",
        )
    nobody = [written[label] for label in labels if wanted[label] == 0]
    if nobody:
        raise NotPossible(
            f"De marge {name} zegt dat er niemand is in {some(nobody)}; de steekproef heeft er wel respondenten.",
            todo="Controleer de marge of voeg categorieën samen.",
            code="margin-empty-level",
        )


def compact(code: Ints, size: int) -> tuple[Ints, Ints]:
    """The codes that occur, in order, and every row's place among them."""
    if size > 4 * len(code) + 1024:
        return np.unique(code, return_inverse=True)
    there = np.flatnonzero(np.bincount(code, minlength=size))
    if len(there) == size:
        return there, code
    rank = np.zeros(size, dtype=np.int64)
    rank[there] = np.arange(len(there))
    return there, rank[code]


def _label(key: Any) -> tuple[str, ...]:
    parts = key if isinstance(key, tuple | list) else (key,)
    return tuple(str(int(part)) if isinstance(part, float) and part.is_integer() else str(part) for part in parts)
