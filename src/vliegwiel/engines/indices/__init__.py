"""Composite indices that say how uncertain they are, and what can be read from their parts.

`composite` gives ranges of places, never one score to trust; `stacking` counts themes under pressure; `typology` names kinds of
pressure and of place; `similar` finds areas that look alike; `sensitivity` shows what each indicator does. Arrays in, results out.
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
