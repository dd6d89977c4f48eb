"""Survey estimation (*steekproefschattingen*): designs, weighting, estimates with their errors, small areas, disclosure control.

>>> d = Design({"happy": [1, 0, 1, 1, 0, 1], "w": [2, 2, 2, 3, 3, 3], "town": list("AABBCC")}, weights="w", clusters="town")
>>> e = d.mean("happy")
>>> round(float(e.estimate[0]), 3), int(e.df[0]), int(e.n[0])
(0.667, 2, 6)
"""

from vliegwiel.engines.estimation.area_level import fay_herriot
from vliegwiel.engines.estimation.design import Design
from vliegwiel.engines.estimation.margins import Margin
from vliegwiel.engines.estimation.refusals import NotPossible
from vliegwiel.engines.estimation.result import Estimates
from vliegwiel.engines.estimation.small_areas import SmallAreas
from vliegwiel.engines.estimation.unit_level import unit_level

__all__ = ["Design", "Estimates", "Margin", "NotPossible", "SmallAreas", "fay_herriot", "unit_level"]
