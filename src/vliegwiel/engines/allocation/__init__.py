"""Dividing a ceiling (*verdelen van een subsidieplafond*, Awb 4:25 and 4:26): first come, tender, lottery, proportional; nested
ceilings, match funding, freed money and the waiting list. Deterministic, with a full account of why each got what."""

from vliegwiel.engines.allocation.divide import divide
from vliegwiel.engines.allocation.matching import Given, MatchRules, Request, Side, crowd_share, match
from vliegwiel.engines.allocation.model import Application, Award, Ceiling, Criterion, Division, Outcome, Rules
from vliegwiel.engines.allocation.order import lot
from vliegwiel.engines.allocation.waiting import Freed, award_freed_money

__all__ = [
    "Application",
    "Award",
    "Ceiling",
    "Criterion",
    "Division",
    "Freed",
    "Given",
    "MatchRules",
    "Outcome",
    "Request",
    "Rules",
    "Side",
    "award_freed_money",
    "crowd_share",
    "divide",
    "lot",
    "match",
]
