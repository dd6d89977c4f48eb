"""The records of a grant, from the draft of an application to the last euro."""

from vliegwiel.support.grants.models.application import (
    Application,
    BudgetRow,
    ClockEvent,
    FileSeries,
    Participant,
    Signature,
)
from vliegwiel.support.grants.models.assessment import Advice, AdviceRequest, Assessment, Assignment, Division, Seed
from vliegwiel.support.grants.models.decision import Decision, Duty, Hearing, Instalment
from vliegwiel.support.grants.models.message import FileMessage
from vliegwiel.support.grants.models.run import DecisionRun, RunRow

__all__ = [
    "Advice",
    "AdviceRequest",
    "Application",
    "Assessment",
    "Assignment",
    "BudgetRow",
    "ClockEvent",
    "Decision",
    "DecisionRun",
    "Division",
    "Duty",
    "FileMessage",
    "FileSeries",
    "Hearing",
    "Instalment",
    "Participant",
    "RunRow",
    "Seed",
    "Signature",
]
