"""The records of objections and of decisions that are late."""

from vliegwiel.support.objections.models.handling import (
    REVISING,
    Appeal,
    InadmissibleGround,
    ObjectionAdvice,
    ObjectionDecision,
    ObjectionHearing,
    Outcome,
    Remedy,
    SkipHearingGround,
)
from vliegwiel.support.objections.models.notice import DefaultNotice, NoPenaltyGround, PenaltyDecision, PenaltyShare
from vliegwiel.support.objections.models.objection import (
    Channel,
    Matter,
    Objection,
    ObjectionEvent,
    ObjectionEventKind,
    ObjectionSeries,
)

__all__ = [
    "REVISING",
    "Appeal",
    "Channel",
    "DefaultNotice",
    "InadmissibleGround",
    "Matter",
    "NoPenaltyGround",
    "Objection",
    "ObjectionAdvice",
    "ObjectionDecision",
    "ObjectionEvent",
    "ObjectionEventKind",
    "ObjectionHearing",
    "ObjectionSeries",
    "Outcome",
    "PenaltyDecision",
    "PenaltyShare",
    "Remedy",
    "SkipHearingGround",
]
