"""The records of a grant, from the draft of an application to the last euro."""

from vliegwiel.support.grants.models.application import (
    Application,
    BudgetRow,
    ClockEvent,
    FileSeries,
    Participant,
    Signature,
)
from vliegwiel.support.grants.models.assessment import Advice, Assessment, Assignment, Division
from vliegwiel.support.grants.models.decision import Decision, Duty, Instalment
from vliegwiel.support.grants.models.objection import Objection
from vliegwiel.support.grants.models.settlement import Recovery, Report, Settlement

__all__ = [
    "Advice",
    "Application",
    "Assessment",
    "Assignment",
    "BudgetRow",
    "ClockEvent",
    "Decision",
    "Division",
    "Duty",
    "FileSeries",
    "Instalment",
    "Objection",
    "Participant",
    "Recovery",
    "Report",
    "Settlement",
    "Signature",
]
