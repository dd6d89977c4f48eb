"""What the province set up and what it may cost, and the ledger of every cent."""

from vliegwiel.foundation.budgets.models.ceiling import Ceiling, CeilingVersion, Effect
from vliegwiel.foundation.budgets.models.council import CouncilAnswer, CouncilDecision, CouncilItem, ItemKind
from vliegwiel.foundation.budgets.models.ledger import Balance, DayTotal, Entry, EntryReason
from vliegwiel.foundation.budgets.models.payment import BatchState, Payment, PaymentBatch, PaymentState
from vliegwiel.foundation.budgets.models.programme import BudgetLine, Instrument, Programme, ProgrammeLine

__all__ = [
    "Balance",
    "BatchState",
    "BudgetLine",
    "Ceiling",
    "CeilingVersion",
    "CouncilAnswer",
    "CouncilDecision",
    "CouncilItem",
    "DayTotal",
    "Effect",
    "Entry",
    "EntryReason",
    "Instrument",
    "ItemKind",
    "Payment",
    "PaymentBatch",
    "PaymentState",
    "Programme",
    "ProgrammeLine",
]
