"""Legal terms (*termijnen*): counting, suspending, extending and explaining them. Dates are legal dates in Europe/Amsterdam.

>>> from datetime import date
>>> t = Term(start=date(2026, 1, 5), weeks=8, source="wet")
>>> t = t.suspend(asked=date(2026, 1, 12), completed=date(2026, 1, 26), article="4:15")
>>> t.ends
datetime.date(2026, 3, 16)
"""

from vliegwiel.engines.terms.holidays import Equated, after_ordinary_days, generally_recognised, is_ordinary_day
from vliegwiel.engines.terms.objection import Objection, adjourn, decision_on_objection, objection_term, received_in_time
from vliegwiel.engines.terms.penalty import Penalty, Tariff, late_penalty
from vliegwiel.engines.terms.term import Event, Explanation, Term

__all__ = [
    "Equated",
    "Event",
    "Explanation",
    "Objection",
    "Penalty",
    "Tariff",
    "Term",
    "adjourn",
    "after_ordinary_days",
    "decision_on_objection",
    "generally_recognised",
    "is_ordinary_day",
    "late_penalty",
    "objection_term",
    "received_in_time",
]
