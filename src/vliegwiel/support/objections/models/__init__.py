"""The records of objections and of decisions that are late."""

from vliegwiel.support.objections.models.handling import (
    REVISING,
    Appeal,
    InadmissibleGround,
    ObjectionAdvice,
    ObjectionDecision,
    ObjectionHearing,
    Outcome,
    SkipHearingGround,
)
from vliegwiel.support.objections.models.notice import DefaultNotice, NoPenaltyGround
from vliegwiel.support.objections.models.objection import (
    Channel,
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
    "NoPenaltyGround",
    "Objection",
    "ObjectionAdvice",
    "ObjectionDecision",
    "ObjectionEvent",
    "ObjectionEventKind",
    "ObjectionHearing",
    "ObjectionSeries",
    "Outcome",
    "SkipHearingGround",
]
