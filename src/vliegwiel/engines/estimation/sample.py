"""What was drawn, how, with which weights, and what was done to those since: all that an estimator may know. It never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.structure import Structure, structure_of
from vliegwiel.engines.estimation.table import Bools, Floats, Table
from vliegwiel.engines.estimation.weighting import Calibration, Replication

SAMPLES, ASSUMPTIONS = ("probability", "nonprobability"), (None, "quasi-random")
Names = str | Sequence[str]


@dataclass(frozen=True, init=False)
class Sample:
    """A sample as it lies there; `Design` says what its columns mean and asks the questions."""

    table: Table
    structure: Structure
    weights: Floats
    sample: str
    assume: str | None
    calibrations: tuple[Calibration, ...]
    replication: Replication | None
    inside: Bools | None
    conditions: tuple[str, ...]
    settings: Mapping[str, Any]
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    def __init__(
        self,
        data: Any,
        weights: str | None = None,
        strata: Names | None = None,
        clusters: Names | None = None,
        fpc: str | Sequence[str | None] | None = None,
        nested: bool = False,
        lonely_psu: str = "fail",
        sample: str = "probability",
        assume: str | None = None,
        population: str | None = None,
    ) -> None:
        table = Table.of(data)
        named = [*listed(strata), *listed(clusters), *filter(None, listed(fpc)), *([weights] if weights else [])]
        table.need([str(name) for name in named])
        if sample not in SAMPLES or assume not in ASSUMPTIONS:
            raise NotPossible(
                f"Een steekproef {sample!r} met aanname {assume!r} bestaat niet.",
                todo='Kies "probability", of "nonprobability" met assume=None of "quasi-random".',
            )
        if not table.rows:
            raise NotPossible("Er zijn geen rijen.", todo="Controleer het bestand.", code="no-rows")
        table.load([str(name) for name in named])
        structure = structure_of(
            table, strata=listed(strata), clusters=listed(clusters), fpc=listed(fpc), nested=nested, lonely_psu=lonely_psu
        )
        heavy = _weights(table, weights, structure)
        settings = {
            "weights": weights, "strata": listed(strata), "clusters": listed(clusters), "fpc": listed(fpc), "nested": nested,
            "lonely_psu": lonely_psu, "sample": sample, "assume": assume, "population": population,
        }  # fmt: skip
        values = {
            "table": table, "structure": structure, "weights": heavy, "sample": sample, "assume": assume, "calibrations": (),
            "replication": None, "inside": None, "conditions": (), "settings": settings, "diagnostics": {},
        }  # fmt: skip
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def df(self) -> int:
        """Degrees of freedom: primary clusters less strata."""
        return self.structure.df

    @property
    def rows(self) -> int:
        """Rows of the data."""
        return self.table.rows

    @property
    def margins(self) -> bool:
        """Whether margins may be given."""
        return self.sample == "probability" or self.assume is not None

    @property
    def kish(self) -> float:
        """Design effect by weighting alone: n Σw² / (Σw)² (Kish 1992)."""
        return float(len(self.weights) * (self.weights**2).sum() / self.weights.sum() ** 2)

    @property
    def note(self) -> str | None:
        """What every result must say of this kind of sample."""
        if self.sample == "probability":
            return None
        return notes.QUASI_RANDOM if self.assume else notes.NO_MARGIN

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """The design in numbers, for diagnostics and receipts."""
        way = self.replication.kind if self.replication else "linearisation"
        return {
            **self.settings, "rows": self.rows, "strata_count": self.structure.strata, "psus": self.structure.psus, "degf": self.df,
            "variance": way, "lonely_strata": self.structure.lonely_strata, "conditions": self.conditions,
            "margin": notes.DUTCH[notes.QUASI_RANDOM] if self.assume else ("none" if not self.margins else "design-based"),
        }  # fmt: skip

    def having(self, **changes: Any) -> Self:
        """The same with some things changed."""
        made = object.__new__(type(self))
        for name in self.__dataclass_fields__:
            object.__setattr__(made, name, changes.get(name, getattr(self, name)))
        return made


def listed(names: Any) -> list[Any]:
    """A single name is as good as a list of one."""
    if names is None:
        return []
    return [names] if isinstance(names, str) else list(names)


def _weights(table: Table, name: str | None, structure: Structure) -> Floats:
    if name is None:
        return _from_sizes(structure)
    weights = table.numbers(name)
    for wrong, what in ((np.isnan(weights), "ontbreekt"), (weights == 0, "is nul"), (weights < 0, "is negatief")):
        if wrong.any():
            rows = (np.flatnonzero(wrong) + 1).tolist()
            raise NotPossible(
                f"Het gewicht {name} {what} in {len(rows)} van de {table.rows} rijen.",
                where=f"Zie rij {some(rows)}.",
                todo="Geef elke respondent een gewicht boven nul, of laat de rij weg als die geen deelnemer is.",
                code="weights",
            )
    return weights


def _from_sizes(structure: Structure) -> Floats:
    """Without weights: everybody counts once, or as many as the drawing fractions say."""
    weights = np.ones(len(structure.unit))
    for stage in structure.stages:
        drawn = (1 - stage.left)[stage.stratum[stage.cluster[structure.unit]]]
        weights /= np.where(drawn > 0, drawn, 1.0)
    return weights
