"""Municipalities that are too small for their own answers: a model lays their answers beside figures that are loaded, and says so.

Fay and Herriot's model works on estimates per municipality with figures of that municipality; the unit-level model works on answers of
people with what is known of the people of each municipality. Both borrow strength; an area without answers of its own is *synthetic*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.population_margins import PopulationMargin, population_margins
from vliegwiel.engines.estimation import Design, fay_herriot, notes, unit_level
from vliegwiel.engines.estimation.small_areas import SmallAreas
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys.estimates import MEAN, SHARE, Row, Split, low_name
from vliegwiel.see.surveys.frames import EVERYBODY, PLACE, Frame
from vliegwiel.see.surveys.models import WaveColumn
from vliegwiel.see.surveys.totals import totals_per_place

UNIT = "unit"
METHODS = {
    "REML": gettext_lazy("Fay-Herriot, variantie met REML"),
    "ML": gettext_lazy("Fay-Herriot, variantie met ML"),
    "FH": gettext_lazy("Fay-Herriot, variantie uit momenten"),
    "HB": gettext_lazy("Fay-Herriot, gemiddeld over de variantie (hiërarchisch Bayes)"),
    UNIT: gettext_lazy("Op antwoorden van mensen (Battese, Harter en Fuller)"),
}
PROVINCE, REGION, NOTHING = "province", "region", "none"
#: From so many answers on, an estimate of a municipality itself takes part in a model. Below, it counts as without answers: a mean of
#: few people tells too much of them, and its variance is not known well enough.
FEWEST = 30
_MOST_COVARIATES = 5
#: An answer that so many give tells of everybody; so few of a kind tell of them.
_ALMOST_ALL, _FEW_OF_A_KIND = 0.9, 5


@dataclass(frozen=True)
class ModelChoice:
    """What was chosen: a score and what of it, the method, the covariates (keys of indicators; of columns for the unit level), and
    which published total the areas are made to meet."""

    item: str
    stat: str = MEAN
    method: str = "REML"
    covariates: tuple[str, ...] = ()
    benchmark: str = PROVINCE

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "covariates": list(self.covariates)}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "ModelChoice":
        """As it was kept."""
        return cls(**{**record, "covariates": tuple(record["covariates"])})


@dataclass(frozen=True)
class Covariate:
    """A figure that a model uses: its values per municipality, the period they are of, and who published them."""

    key: str
    name: str
    period: str
    source: str
    values: tuple[float, ...]

    @property
    def told(self) -> dict[str, str]:
        """What a reader must know of it."""
        return {"key": self.key, "name": self.name, "period": self.period, "source": self.source}


def covariate_of(key: str, year: int, codes: Sequence[str]) -> Covariate | None:
    """An indicator as a covariate; None when it is not known everywhere, is the same everywhere, or comes from a survey itself."""
    known = figures.indicators().get(key)
    if known is None or known.kind == "survey" or not codes:
        return None
    view = figures.view(key, year, tuple(codes))
    if view.release is None or view.status.any() or not np.ptp(view.values) > 0:
        return None
    return Covariate(key, known.name, view.period, view.release.source, tuple(float(one) for one in view.values))


def weighable(frame: Frame, margins: Mapping[str, Any]) -> dict[str, str]:
    """Columns for the unit level (name → title): those of the weighting of which the people of each municipality are known."""
    every, titles = population_margins(), {one.name: one.title for one in frame.backgrounds}
    return {name: titles[name] for name, about in margins.items() if name in titles and every[about["margin"]].categories}


def modelled(
    frame: Frame, design: Design, splits: Sequence[Split], choice: ModelChoice, margins: Mapping[str, Any], *, fewest: int = FEWEST,
    closed: frozenset[str] = frozenset(),
) -> dict[str, Any]:  # fmt: skip
    """The model with its rows, a row per municipality of the province, and what a reader needs to judge it, as plain values.

    `closed` are municipalities whose own estimate is hidden: they count as without answers. Raises NotValid for a choice that cannot be
    (NotPossible of the engine included), with what, where and what to do.
    """
    score = _score(frame, choice)
    codes = areas.codes_of(Level.MUNICIPALITY, frame.wave.area_year, province=frame.wave.survey.province)
    if not frame.wave.area or not codes:
        raise NotValid(_("Deze meting zegt niet in welke gemeente mensen wonen. Zeg dat bij de beschrijving."), code="no-area")
    column = score.name if choice.stat == MEAN else low_name(score)
    direct = _direct(frame, design, column, codes, choice.stat, max(fewest, FEWEST), closed)
    sample = {"sample": frame.wave.sample, "assume": design.assume}
    if choice.method == UNIT:
        found, used = _of_people(frame, column, choice, margins, codes, direct, sample)
    else:
        found, used = _of_areas(frame, choice, codes, direct, sample)
    sizes = sizes_of(frame, design, codes)
    benchmarks: dict[str, Any] = {}
    if choice.benchmark != NOTHING:
        found, benchmarks = _benchmarked(found, design, splits, column, choice, sizes, frame.wave.area_year)
    return {
        "choice": choice.plain(),
        "covariates": used,
        "rows": _rows(found, score, choice, codes, direct),
        "model": _about(found, direct, benchmarks),
    }


@dataclass(frozen=True)
class _Direct:
    """Estimates of municipalities themselves, in the order of their codes; NaN where they do not take part."""

    estimate: Any
    variance: Any
    n: Any
    takes_part: Any


def _score(frame: Frame, choice: ModelChoice) -> WaveColumn:
    score = next((one for one in frame.scores if one.name == choice.item), None)
    if score is None or choice.stat not in (MEAN, SHARE) or (choice.stat == SHARE and score.cut is None):
        raise NotValid(_("Kies een vraag met een cijfer, of een aandeel als de vraag een grens heeft."), code="no-score")
    if choice.method not in METHODS or choice.benchmark not in (PROVINCE, REGION, NOTHING):
        raise NotValid(_("Kies een methode, en of de gemeenten moeten optellen."), code="no-method")
    if choice.method == UNIT and choice.stat == SHARE:
        raise NotValid(
            _("Het model op antwoorden past bij een gemiddelde, niet bij een aandeel. Kies Fay-Herriot."), code="no-method"
        )
    if len(choice.covariates) > _MOST_COVARIATES:
        raise NotValid(_("Kies hoogstens {most} kenmerken.").format(most=_MOST_COVARIATES), code="too-many")
    return score


def _direct(
    frame: Frame, design: Design, column: str, codes: Sequence[str], stat: str, fewest: int, closed: frozenset[str]
) -> _Direct:
    own = design.mean(column, by=PLACE)
    place = {str(code): row for row, code in enumerate(own.domains[0])}
    values = np.asarray(frame.table[column].to_numpy(zero_copy_only=False), dtype=np.float64)
    where = np.array(frame.table[PLACE].to_pylist(), dtype=object)
    estimate, variance, n = (np.full(len(codes), np.nan) for _part in range(3))
    takes_part = np.zeros(len(codes), dtype=np.bool_)
    for row, code in enumerate(codes):
        inside = values[(where == code) & np.isfinite(values)]
        n[row] = len(inside)
        found = place.get(code)
        if found is None or len(inside) < fewest or code in closed:
            continue
        if stat == SHARE:
            few = min(inside.sum(), len(inside) - inside.sum())
            if few < _FEW_OF_A_KIND or few < (1 - _ALMOST_ALL) * len(inside):
                continue
        error = float(own.se[found])
        if np.isfinite(error) and error > 0:
            estimate[row], variance[row], takes_part[row] = own.estimate[found], error**2, True
    return _Direct(estimate, variance, n, takes_part)


def _of_areas(
    frame: Frame, choice: ModelChoice, codes: Sequence[str], direct: _Direct, sample: Mapping[str, Any]
) -> tuple[SmallAreas, list[dict[str, str]]]:
    import pandas as pd

    found = [(key, covariate_of(key, frame.wave.area_year, codes)) for key in choice.covariates]
    lacking = [key for key, one in found if one is None]
    if lacking:
        raise NotValid(
            _("{some}: dit cijfer is niet voor elke gemeente bekend, of overal gelijk. Kies een ander kenmerk.").format(
                some=", ".join(lacking)
            ),
            code="no-covariate",
        )
    used = [one for _key, one in found if one is not None]
    # in standard deviations, so that coefficients can be laid beside each other
    table = pd.DataFrame({one.name: (np.array(one.values) - np.mean(one.values)) / np.std(one.values) for one in used})
    x = table if used else None
    made = fay_herriot(direct.estimate, x, direct.variance, areas=list(codes), method=choice.method, **sample)
    return made, [one.told for one in used]


def _of_people(
    frame: Frame, column: str, choice: ModelChoice, margins: Mapping[str, Any], codes: Sequence[str], direct: _Direct,
    sample: Mapping[str, Any],
) -> tuple[SmallAreas, list[dict[str, str]]]:  # fmt: skip
    import pandas as pd

    offered, every = weighable(frame, margins), population_margins()
    wrong = [name for name in choice.covariates if name not in offered]
    if wrong or not choice.covariates:
        raise NotValid(
            _("Kies een achtergrond waarop is gewogen: {some}.").format(some=", ".join(offered.values()) or _("er is er geen")),
            code="no-covariate",
        )
    answers = np.asarray(frame.table[column].to_numpy(zero_copy_only=False), dtype=np.float64)
    where = np.array(frame.table[PLACE].to_pylist(), dtype=object)
    people = np.isfinite(answers) & np.isin(where, [code for code, ok in zip(codes, direct.takes_part, strict=True) if ok])
    x, means, used = {}, {}, []
    for name in choice.covariates:
        shares, about = _shares(frame, every[margins[name]["margin"]], name, codes)
        given = np.array(frame.table[name].to_pylist(), dtype=object)
        for label in list(shares)[1:]:  # the first category is what the others are compared with
            x[f"{offered[name]}: {label}"] = (given == label).astype(np.float64)[people]
            means[f"{offered[name]}: {label}"] = shares[label]
        used.append({"key": name, "name": offered[name], "period": str(about["period"]), "source": str(about["source"])})
    table = pd.DataFrame(means, index=list(codes))
    if not people.any():
        raise NotValid(_("Geen enkele gemeente heeft genoeg antwoorden voor een model."), code="no-answers")
    return unit_level(answers[people], pd.DataFrame(x), where[people], table, **sample), used


def _shares(
    frame: Frame, margin: PopulationMargin, name: str, codes: Sequence[str]
) -> tuple[dict[str, list[float]], dict[str, Any]]:
    """Per category, as the file calls it, its share of the people in each municipality."""
    counts, about = totals_per_place(frame, name, margin, tuple(codes))
    whole = {code: sum(one[code] for one in counts.values()) for code in codes}
    return {label: [one[code] / whole[code] for code in codes] for label, one in counts.items()}, about


def sizes_of(frame: Frame, design: Design, codes: Sequence[str]) -> Any:
    """What each municipality counts in a total: its people as the figures say, else its weights in the sample."""
    fitting = [one for one in population_margins().values() if one.places and one.population == frame.wave.population]
    for margin in fitting:
        try:
            counts, _about = totals_per_place(frame, PLACE, margin, tuple(codes))
        except NotValid:
            continue
        return np.array([counts[""][code] for code in codes])
    where = np.array(frame.table[PLACE].to_pylist(), dtype=object)
    return np.array([float(design.weights[where == code].sum()) for code in codes])


def _benchmarked(
    found: SmallAreas, design: Design, splits: Sequence[Split], column: str, choice: ModelChoice, sizes: Any, year: int
) -> tuple[SmallAreas, dict[str, Any]]:
    """Made to meet what is published of the province, or of each region when the regions share out all municipalities."""
    codes = [str(code) for code in found.domains[0]]
    if choice.benchmark == PROVINCE:
        value = float(design.mean(column, by=EVERYBODY).estimate[0])
        return found.benchmark(value * float(sizes.sum()), weights=list(sizes)), {"of": PROVINCE, "values": {"": value}}
    regions = [one for one in splits if one.level is Level.REGION]
    split = next((one for one in regions if sorted(code for code, _region in _members(one, year)) == sorted(codes)), None)
    if split is None:
        raise NotValid(
            _("De regio’s verdelen niet alle gemeenten. Laat de gemeenten optellen tot de provincie."), code="no-benchmark"
        )
    owner = dict(_members(split, year))
    means = design.mean(column, by=split.column)
    values = {
        str(area): float(value)
        for area, value in zip(means.domains[0], means.estimate, strict=True)
        if str(area) in split.members
    }
    totals = {
        area: value * sum(size for code, size in zip(codes, sizes.tolist(), strict=True) if owner[code] == area)
        for area, value in values.items()
    }
    made = found.benchmark(totals, weights=list(sizes), groups=[owner[code] for code in codes])
    return made, {"of": REGION, "values": values}


def _members(split: Split, year: int) -> list[tuple[str, str]]:
    """Every municipality of the regions with its region, also where nobody answered."""
    found = [(region, areas.area(region, year)) for region in split.members]
    return [(code, region) for region, place in found if place is not None for code in areas.members_of(place)]


def _rows(found: SmallAreas, score: WaveColumn, choice: ModelChoice, codes: Sequence[str], direct: _Direct) -> list[Row]:
    rows = []
    low, high = (0.0, 1.0) if choice.stat == SHARE else (score.low or 0.0, 10.0 if score.high is None else score.high)
    for place, code in enumerate(codes):
        own = bool(direct.takes_part[place])
        rows.append(
            {
                "item": score.name, "stat": choice.stat, "area": code, "n": int(direct.n[place]),
                "direct": _plain(direct.estimate[place]) if own else None,
                "direct_se": _plain(np.sqrt(direct.variance[place])) if own else None,
                "estimate": float(np.clip(found.estimate[place], low, high)), "se": float(found.se[place]),
                "lower": float(np.clip(found.lower[place], low, high)), "upper": float(np.clip(found.upper[place], low, high)),
                "shrinkage": float(found.shrinkage[place]) if own else 0.0, "synthetic": not own,
                "note": notes.joined(found.note[place], None if own else notes.SYNTHETIC) or "",
            }
        )  # fmt: skip
    return rows


def _about(found: SmallAreas, direct: _Direct, benchmarks: dict[str, Any]) -> dict[str, Any]:
    residuals = np.sort(found.residuals[np.isfinite(found.residuals)])
    if len(residuals) > 200:
        residuals = np.quantile(residuals, (np.arange(200) + 0.5) / 200)
    return {
        "method": found.diagnostics["method"], "areas": len(found), "sampled": int(direct.takes_part.sum()),
        "coefficients": [
            {"name": name, "value": float(value), "se": float(error)}
            for name, value, error in zip(found.names, found.coefficients, found.coefficient_se, strict=True)
        ],
        "between": float(found.sigma2_v), "within": _plain(found.sigma2_e), "residuals": [float(one) for one in residuals],
        "checks": {
            "mean": float(residuals.mean()), "deviation": float(residuals.std()), "beyond_two": float((np.abs(residuals) > 2).mean()),
        },
        "benchmark": benchmarks, "moved": found.diagnostics.get("benchmark", {}).get("largest_adjustment"),
        "receipt": found.receipt.hash,
    }  # fmt: skip


def _plain(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def to_show(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What everybody may read of a model: its estimates and how it was made, without what a municipality itself answered.

    How much an area's own answers count is told in three steps: with the exact share its own estimate could be worked out.
    """
    model = {name: value for name, value in kept["model"].items() if name not in ("residuals", "between", "within")}
    rows = [
        {
            **{name: one[name] for name in ("item", "stat", "area", "estimate", "se", "lower", "upper", "synthetic", "note")},
            "leans": "none" if one["synthetic"] else "own" if one["shrinkage"] >= 0.5 else "model",
        }
        for one in kept["rows"]
    ]
    return {"choice": kept["choice"], "covariates": kept["covariates"], "rows": rows, "model": model}
