"""Composite indices that say how uncertain they are, and what can be read from their parts.

`composite` gives ranges of places, never one score to trust; `stacking` counts themes under pressure; `typology` names kinds of
pressure and of place; `similar` finds areas that look alike; `sensitivity` shows what each indicator does. Arrays in, results out.

>>> figures = [[0.5, 42], [1.0, 38], [2.5, 35], [3.0, 31], [6.0, 25]]  # kilometres to a shop, income
>>> found = composite(figures, ["lower_is_better", "higher_is_better"], weights=[1, 1], groups=["near", "money"])
>>> list(zip(found.low.tolist(), found.high.tolist()))
[(5, 5), (4, 4), (3, 3), (2, 2), (1, 1)]
>>> str(stacking(found.pressure)[4]), float(found.chance[4])
('2 van 2 bekende thema’s', 1.0)
"""

from vliegwiel.engines.indices.composite import Composite, composite, rerun
from vliegwiel.engines.indices.sensitivity import Sensitivity, correlations, leave_one_out
from vliegwiel.engines.indices.similar import Difference, Likeness, similar
from vliegwiel.engines.indices.stacking import Stack, stacking
from vliegwiel.engines.indices.typology import Condition, PlaceRule, PressureRule, Typed, places, typology

__all__ = [
    "Composite",
    "Condition",
    "Difference",
    "Likeness",
    "PlaceRule",
    "PressureRule",
    "Sensitivity",
    "Stack",
    "Typed",
    "composite",
    "correlations",
    "leave_one_out",
    "places",
    "rerun",
    "similar",
    "stacking",
    "typology",
]
