"""Regulations as dated documents (*regelingen als data*): evaluated on facts they give a verdict, reasons with articles, and a receipt.

Missing is unknown, never no. What a person must weigh is declared as discretion and never decided by the engine.
"""

from vliegwiel.engines.rulebook.cases import Case, CaseResult, in_cents, load_cases, read_cases, run_cases
from vliegwiel.engines.rulebook.conditions import facts_in, holds
from vliegwiel.engines.rulebook.evaluate import Evaluation
from vliegwiel.engines.rulebook.parts import PHASES, SchemeRules
from vliegwiel.engines.rulebook.regulation import Regulation, problems_of
from vliegwiel.engines.rulebook.simulate import Change, simulate

__all__ = [
    "PHASES",
    "Case",
    "CaseResult",
    "Change",
    "Evaluation",
    "Regulation",
    "SchemeRules",
    "facts_in",
    "holds",
    "in_cents",
    "load_cases",
    "problems_of",
    "read_cases",
    "run_cases",
    "simulate",
]
