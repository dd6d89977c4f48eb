"""What the province set up and what it may cost, and the ledger of every cent."""

from vliegwiel.foundation.budgets.models.ceiling import Ceiling, CeilingVersion, Effect
from vliegwiel.foundation.budgets.models.council import CouncilDecision
from vliegwiel.foundation.budgets.models.ledger import Balance, DayTotal, Entry, EntryReason
from vliegwiel.foundation.budgets.models.programme import BudgetLine, Instrument, Programme, ProgrammeLine

__all__ = [
    "Balance",
    "BudgetLine",
    "Ceiling",
    "CeilingVersion",
    "CouncilDecision",
    "DayTotal",
    "Effect",
    "Entry",
    "EntryReason",
    "Instrument",
    "Programme",
    "ProgrammeLine",
]
